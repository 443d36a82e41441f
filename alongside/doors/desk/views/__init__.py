"""The pages of the door. A view reads the request, makes one call, and answers."""
