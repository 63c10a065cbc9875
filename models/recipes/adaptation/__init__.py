"""Whisper base adapted to Tatar and Bashkir by low-rank changes: a trial."""
