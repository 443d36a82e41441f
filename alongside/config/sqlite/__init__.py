"""Django's SQLite backend, with a kinder way to wait for the right to write."""
