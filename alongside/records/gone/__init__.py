"""What is gone and must stay gone, even when a backup from before is brought back."""
