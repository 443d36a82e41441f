"""How is something locked, opened, handed on? The only importer of cryptography."""
