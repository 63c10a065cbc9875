"""The languages: their letters, scripts, spelling, sentences, numbers and endings."""
