"""What the inference process does."""
