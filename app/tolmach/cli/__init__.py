"""Terminal commands: the same sessions as the window, without Qt."""
