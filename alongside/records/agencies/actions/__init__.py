"""Writing agencies: admitting them, letting members in and out, carrying deliveries, bringing keys back."""
