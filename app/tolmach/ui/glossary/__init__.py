"""The glossary beside the text."""
