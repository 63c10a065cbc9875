"""The text screen."""
