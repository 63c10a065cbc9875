"""JSON for other programs.

{"format": 1, "session": "…", "segments": [
  {"utterance": 0,            number within the session; numbers may be missing
   "start": 0.35, "end": 2.1, seconds since the beginning of the recording
   "language": "ba",          BCP 47
   "confidence": 0.98,        of the language, 0..1
   "text": "…",               "" when it could not be recognised
   "target": "ru",            language of the translation, "" when there is none
   "translation": "…",
   "failure": "",             error code, "" when nothing failed
   "doubtful": false,         true when the recognizer hardly believed the text
   "trial": false}]}          true when the translation is only a trial: not to be relied on
"""

import json

from tolmach.core.transcript import Segment, Transcript
from tolmach.formats.registry import registered
from tolmach.formats.transcripts import registry


@registered(registry.WRITERS, "json")
def write(transcript: Transcript) -> str:
    """Return the transcript as an object with a list of segments."""
    segments = [_fields(segment) for segment in transcript.ordered()]
    content = {"format": 1, "session": transcript.session, "segments": segments}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _fields(segment: Segment) -> dict[str, object]:
    return {
        "utterance": segment.utterance,
        "start": round(segment.start, 3),
        "end": round(segment.end, 3),
        "text": segment.text,
        "language": segment.language,
        "confidence": round(segment.confidence, 3),
        "target": segment.target,
        "translation": segment.translation,
        "failure": segment.failure,
        "doubtful": segment.doubtful,
        "trial": segment.trial,
    }
