"""What a person's work leaves behind, in SQLite: terms and translation memory."""
