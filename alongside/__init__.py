"""Alongside: ways out for workers and survivors of trafficking, with their dangers, nothing kept."""
