"""Tolmach listens, writes down what was said and translates it, on this computer alone."""

__version__ = "0.1.0"
