"""A person's documents: what of them is translated, and the same document written again."""
