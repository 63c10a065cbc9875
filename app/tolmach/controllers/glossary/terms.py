"""Glossary and translation memory for the window: looked up and written on one background thread.

Rule: nothing here waits. What is asked for arrives as a signal, for the languages it was asked for.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from tolmach.controllers.background import Background, Job
from tolmach.controllers.notices import Notices
from tolmach.controllers.preferences import Preferences
from tolmach.core import files
from tolmach.core.settings import Settings
from tolmach.formats.terms import entries_from, entries_to, remarks_of, terms_from, terms_to
from tolmach.history.terms import current_terms, term_store
from tolmach.terms.correction import CORRECTION
from tolmach.terms.glossary import Glossary, Term, TermMatch
from tolmach.terms.memory import MemoryEntry

KEPT = 20_000  # lines whose terms are remembered


class Terms(QObject):
    """What the person taught the program, for the two languages and the project of the moment."""

    changed = Signal()  # other terms hold now: what was looked up is no longer true
    hits_found = Signal(object)  # the lines that were looked up
    suggested = Signal(str, object, object)  # sentence, hits of the memory, of the glossary
    touched = Signal(object)  # Glossary of the terms that were added or removed, None for any
    listed = Signal(object, object)  # terms of the pair, all projects there are
    exchanged = Signal(str, object)  # what was done, and how many: "imported", "exported"
    remembered = Signal(str, str)  # a sentence and its translation are on the disk
    _looked_up = Signal(object, object)
    _missed = Signal(object)  # lines that could not be looked up

    def __init__(
        self, path: Path, preferences: Preferences, notices: Notices, work: Background
    ) -> None:
        """`path` is that of the store, which need not exist; notices tell what went wrong."""
        super().__init__()
        self._preferences = preferences
        self._notices = notices
        self._store = term_store(path)
        self._current = current_terms(path)
        self._work = work
        self._hits: dict[str, Sequence[TermMatch]] = {}
        self._under_way: set[str] = set()
        self._looked_up.connect(self._take_hits)
        self._missed.connect(self._under_way.difference_update)
        self.changed.connect(self._forget)
        preferences.changed.connect(self._on_preferences)

    def hits(self, line: str) -> Sequence[TermMatch]:
        """Return the terms of a line of the source, () while nobody looked them up."""
        return self._hits.get(line, ())

    def look_up(self, lines: Sequence[str]) -> None:
        """Find the terms of lines that are in view; `hits_found` tells that they are known."""
        new_lines = [
            line for line in lines if line not in self._hits and line not in self._under_way
        ]
        if new_lines:
            self._under_way.update(new_lines)
            key = self._key()

            def job() -> None:
                glossary = self._current.glossary(*key)
                self._looked_up.emit(key, {line: glossary.hits(line) for line in new_lines})

            def fail(code: str, params: dict[str, str]) -> None:
                self._missed.emit(new_lines)
                self._notices.arrived.emit(code, params)

            self._work.submit(job, fail)

    def suggest(self, sentence: str) -> None:
        """Find what the memory and the glossary know of a sentence."""
        key = self._key()

        def job() -> None:
            memory = self._current.memory(*key).find(sentence)
            self.suggested.emit(sentence, memory, self._current.glossary(*key).hits(sentence))

        self._submit(job)

    def list_all(self) -> None:
        """Read the terms of the pair; `listed` brings them."""
        source, target, project = self._key()

        def job() -> None:
            every = self._store.terms()
            projects = dict.fromkeys(term.project for term in every if term.project)
            self.listed.emit(Glossary(every, source, target, project).terms, list(projects))

        self._submit(job)

    def keep(self, term: Term, instead_of: Term | None = None) -> None:
        """Keep a term, in the place of another one perhaps."""

        def write() -> None:
            if instead_of is not None:
                self._store.remove_terms([instead_of, instead_of.turned()])
            self._store.add_terms([term])

        self._write(write, touched=tuple(filter(None, (term, instead_of))))

    def remove(self, term: Term) -> None:
        """Forget a term, whichever way round it was added."""
        self._write(lambda: self._store.remove_terms([term, term.turned()]), touched=(term,))

    def remember(self, source: str, target: str) -> None:
        """Keep a sentence as the person translates it."""
        first, second, project = self._key()
        date = datetime.now(UTC).strftime("%Y-%m-%d")
        entry = MemoryEntry(first, second, source, target, CORRECTION, date, project)

        def write() -> None:
            self._store.remember([entry])
            self.remembered.emit(source, target)

        self._write(write, touched=())

    def bring_in(self, path: Path) -> None:
        """Add the terms of a file, or the translations of a memory's."""
        project = self._key()[2]

        def write() -> int:
            data = files.read(path)
            for remark in remarks_of(data, path.name):
                self._notices.arrived.emit(remark.code, remark.params)
            if path.suffix.lower() == ".tmx":
                entries = entries_from(data, path.name, project)
                self._store.remember(entries)
                return len(entries)
            terms = terms_from(data, path.name, project)
            self._store.add_terms(terms)
            return len(terms)

        self._write(write, "imported")

    def take_out(self, path: Path) -> None:
        """Write the terms of the pair into a file; into a TMX file, its translations."""
        source, target, project = self._key()

        def job() -> None:
            if path.suffix.lower() == ".tmx":
                entries = [
                    entry
                    for entry in self._store.memory()
                    if (entry.source_language, entry.target_language) == (source, target)
                    and entry.project in ("", project)
                ]
                count, data = len(entries), entries_to(entries, path.name)
            else:
                terms = Glossary(self._store.terms(), source, target, project).terms
                count, data = len(terms), terms_to(terms, path.name)
            files.write(path, data)
            self.exchanged.emit("exported", count)

        self._submit(job)

    def _key(self) -> tuple[str, str, str]:
        settings = self._preferences.settings
        return settings.text_source, settings.text_target, settings.project

    def _submit(self, job: Job) -> None:
        self._work.submit(job, self._notices.arrived.emit)

    def _write(
        self,
        write: Callable[[], object],
        exchange: str = "",
        touched: Sequence[Term] | None = None,
    ) -> None:
        """Write and tell; `touched` are the terms in question, None if it may be any."""
        source, target, project = self._key()

        def job() -> None:
            count = write()
            self.changed.emit()
            if touched is None:
                self.touched.emit(None)
            elif touched:
                self.touched.emit(Glossary(touched, source, target, project))
            if exchange:
                self.exchanged.emit(exchange, count)

        self._submit(job)

    def _take_hits(
        self, key: tuple[str, str, str], matches: dict[str, Sequence[TermMatch]]
    ) -> None:
        self._under_way.difference_update(matches)
        if key != self._key():
            return
        if len(self._hits) > KEPT:
            self._hits.clear()
        self._hits.update(matches)
        self.hits_found.emit(list(matches))

    def _forget(self) -> None:
        self._hits.clear()
        self._under_way.clear()

    def _on_preferences(self, before: Settings) -> None:
        if self._key() != (before.text_source, before.text_target, before.project):
            self.changed.emit()
