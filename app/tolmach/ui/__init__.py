"""Windows and widgets. No decisions: those are made in controllers and below."""
