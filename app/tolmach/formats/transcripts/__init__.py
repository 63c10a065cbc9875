"""Transcripts as files. A format is one decorated function in a module of this folder."""

from tolmach.formats.transcripts import json, srt, txt
from tolmach.formats.transcripts.registry import export, formats

__all__ = ["export", "formats", "json", "srt", "txt"]
