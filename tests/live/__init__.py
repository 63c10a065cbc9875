"""What `make bench-live` is made of: conversations in real time, the peers, the measures."""
