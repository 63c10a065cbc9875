"""A person's own terms and translations: glossary, memory, correction, and their store."""
