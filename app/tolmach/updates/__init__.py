"""Newer versions: asked for only when the person says so, believed only when signed."""
