"""A session with a media file: decoded as a stream, fed no faster than the worker can listen."""

import queue
import threading
from collections.abc import Iterator
from contextlib import closing
from math import log10
from pathlib import Path

from tolmach.audio.media import Media, open_media
from tolmach.core.errors import AppError, AudioError, Cancelled
from tolmach.core.samples import SAMPLE_RATE
from tolmach.core.transcript import Transcript
from tolmach.protocol.messages import Event, Failed, Finished, Progress
from tolmach.protocol.plan import Plan
from tolmach.sessions.reading import AHEAD, TICK_SECONDS
from tolmach.sessions.record import record
from tolmach.worker.client import Client

LONGEST = 24 * 3600.0  # seconds
ALMOST_SILENT = 0.003  # of the loudest possible sample: −50 dB


class FileSession:
    """One file, from its first sample to its transcript; run it once.

    `transcript` and `fraction` (0..1 of the file) grow while it runs. `remarks` are known at the
    end: what of the file was not heard, and that nobody spoke.
    """

    def __init__(
        self,
        client: Client,
        plan: Plan,
        path: Path,
        track: int = 0,
        name: str = "",
        *,
        any_length: bool = False,
    ) -> None:
        """Prepare; nothing is opened yet. The client may run no other session meanwhile.

        `track` is one of the file's sound tracks, from 1; 0 for the one that is meant first.
        `name` is what the session is called, if not by its path. Unless `any_length`, a file that
        claims more than a day of sound is refused: it would be days of work.
        """
        self.id = name or str(path)
        self.transcript = Transcript(self.id)
        self.fraction = 0.0
        self.remarks: list[AudioError] = []
        self._client = client
        self._plan = plan
        self._path = path
        self._track = track
        self._any_length = any_length
        self._events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self._cancelled = threading.Event()
        self._length = 0  # samples that the file promises
        self._examined = 0
        self._finished = False

    def cancel(self) -> None:
        """Give up at once, from any thread: `run` raises Cancelled, the worker is killed."""
        self._cancelled.set()

    def run(self) -> Iterator[Event]:
        """Yield the events of this session until everything is recognised and translated.

        Raises AudioError and StorageError for the file (see `open_media`), Cancelled, and AppError
        with the worker's code when the session failed as a whole.
        """
        self._client.listener = self._events.put
        with closing(open_media(self._path, self._track)) as media:
            length = media.duration or 0.0
            if length > LONGEST and not self._any_length:
                hours = f"{length / 3600:.0f}"
                raise AudioError("file-claims-hours", name=self._path.name, hours=hours)
            self._length = round(length * SAMPLE_RATE)
            self._client.begin(self.id, self._plan)
            fed = 0
            for block in media:
                self._client.feed(self.id, block)
                fed += len(block)
                while fed - self._examined > AHEAD:
                    yield from self._next()
            self._client.end(self.id)
            self._length = fed
        while not self._finished:
            yield from self._next()
        self.fraction = 1.0
        self.remarks = self._remarks(media)

    def _remarks(self, media: Media) -> list[AudioError]:
        """Return what is to be said of the file at the end."""
        name, remarks = self._path.name, media.remarks()
        if media.tracks > 1 and not self._track:
            count, track = str(media.tracks), str(media.track)
            remarks.append(AudioError("other-tracks", name=name, count=count, track=track))
        if not self.transcript.segments:
            code = "no-speech" if media.peak > ALMOST_SILENT else "no-speech-almost-silent"
            level = f"{20 * log10(media.peak):.0f}" if media.peak else "−∞"
            remarks.append(AudioError(code, name=name, level=level.replace("-", "−")))
        return remarks

    def _next(self) -> Iterator[Event]:
        """Wait for the next event and take it in."""
        while not self._cancelled.is_set():
            try:
                event = self._events.get(timeout=TICK_SECONDS)
            except queue.Empty:
                continue
            if event.session == self.id:
                self._take(event)
                yield event
            return
        self._client.cancel()
        raise Cancelled

    def _take(self, event: Event) -> None:
        if isinstance(event, Progress):
            self._examined = event.examined
            self.fraction = min(1.0, event.settled / self._length) if self._length else 0.0
        elif isinstance(event, Finished):
            self._finished = True
        elif isinstance(event, Failed) and event.utterance < 0:
            raise AppError(event.code, **event.params)
        else:
            record(self.transcript, event)
