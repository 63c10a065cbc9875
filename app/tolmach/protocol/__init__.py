"""All that crosses the border between the processes."""
