"""Transcripts as files. A format is one decorated function in a module of this folder."""

from tolmach.formats.transcripts import json, srt, txt
from tolmach.formats.transcripts.registry import export

__all__ = ["export", "json", "srt", "txt"]
