"""What do we remember, and who opened it? Django apps without HTTP."""
