"""Model packs on disk: reading, checking and adding them. Everything in a pack is untrusted."""
