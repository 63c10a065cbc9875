"""QtCore objects and item models between sessions and windows. No widgets here."""
