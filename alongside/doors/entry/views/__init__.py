"""The pages of the door. A view reads the visit, makes one call, and answers."""
