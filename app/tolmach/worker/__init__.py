"""The border between the application process and the inference process."""
