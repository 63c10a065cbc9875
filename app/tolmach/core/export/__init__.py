"""Transcripts as files. A format is one decorated function in a module of this folder."""

from tolmach.core.export import json, srt, txt
from tolmach.core.export.registry import export, formats

__all__ = ["export", "formats", "json", "srt", "txt"]
