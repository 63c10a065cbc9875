"""Whisper base's encoder made to hear a short window as it hears half a minute."""
