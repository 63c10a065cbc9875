"""Everything that is told to a person in sentences, by code."""
