"""The conversation screen."""
