"""Plain data and rules. Standard library and numpy only: nothing here opens a device or a model."""
