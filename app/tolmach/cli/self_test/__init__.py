"""`tolmach self-test`: whether this installation works, tried without a network."""
