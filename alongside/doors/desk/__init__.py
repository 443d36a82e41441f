"""The door of caseworkers and lawyers: their agency's desk, on a host name of its own."""
