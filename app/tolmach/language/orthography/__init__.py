"""The right letters of a language."""
