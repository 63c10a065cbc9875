"""What to think of a recognition or a translation: doubts, calibration, error rates."""
