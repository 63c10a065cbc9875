"""The only room that touches inference libraries. Loaded in the worker process alone."""
