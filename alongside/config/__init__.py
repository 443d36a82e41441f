"""How is it put into service? Imported by nobody."""
