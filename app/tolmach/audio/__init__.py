"""Sound coming in: the microphone and media files, always as 16 kHz mono float32."""
