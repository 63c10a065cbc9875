"""Which sentence the person looks at: tinted in both texts, told of below them.

The cursor chooses; the mouse tints what it is over at once and chooses it where it rests, so that
on its way to the buttons it chooses nothing.
"""

from typing import TypeAlias

from PySide6.QtCore import QObject

from tolmach.controllers.text.paragraphs import SentencePair
from tolmach.controllers.text.sentence_help import SentenceHelp
from tolmach.controllers.text.text import Text
from tolmach.ui.text.editor import Editor

Place: TypeAlias = tuple[int, int]  # paragraph, sentence in it


class SentenceFocus(QObject):
    """Follows cursor and mouse in the two texts."""

    def __init__(self, text: Text, help_: SentenceHelp, source: Editor, target: Editor) -> None:
        super().__init__()
        self._text = text
        self._help = help_
        self._source, self._target = source, target
        self._chosen: Place | None = None
        for editor in (source, target):
            editor.pointed.connect(lambda n, at, e=editor: self._on_cursor(e, n, at))
            editor.hovered.connect(lambda n, at, e=editor: self._tint(self._find(e, n, at)))
            editor.rested.connect(lambda n, at, e=editor: self._on_rest(e, n, at))

    @property
    def chosen(self) -> SentencePair | None:
        """The sentence that is told of."""
        return self._at(self._chosen)

    def take(self, translation: str) -> None:
        """Put a translation in the place of the chosen sentence's."""
        pair = self.chosen
        if pair and self._chosen:
            span = pair.sentence.begin, pair.sentence.until
            self._target.setFocus()
            self._target.replace_span(self._chosen[0], *span, translation)

    def refresh(self, first: int, last: int) -> None:
        """These paragraphs changed; while one waits for its translation, the old is told of."""
        for editor in (self._source, self._target):
            number, at = editor.place
            if editor.hasFocus() and first <= number < last and not self._waits(number):
                self._on_cursor(editor, number, at)
                return
        if self._chosen and self._chosen[0] in range(first, last):
            self._choose(self._chosen)

    def redraw(self) -> None:
        """Tint in the colours of the new theme."""
        self._tint(self._chosen)

    def _on_cursor(self, editor: Editor, number: int, at: int) -> None:
        place = self._find(editor, number, at)
        if editor.hasFocus() and (place or not self._waits(number)):
            self._choose(place)

    def _on_rest(self, editor: Editor, number: int, at: int) -> None:
        place = self._find(editor, number, at)
        if place:
            self._choose(place)

    def _choose(self, place: Place | None) -> None:
        if place and self._waits(place[0]):
            return
        self._chosen = place
        self._tint(place)
        self._help.show(self.chosen)

    def _waits(self, number: int) -> bool:
        paragraphs = self._text.paragraphs
        return number < len(paragraphs) and paragraphs[number].waits

    def _find(self, editor: Editor, number: int, at: int) -> Place | None:
        if not 0 <= number < len(self._text.paragraphs):
            return None
        before = None  # who has just typed a space is still at the sentence before it
        for index, pair in enumerate(self._text.paragraphs[number].sentence_pairs):
            sentence = pair.sentence
            start, end = (
                (sentence.start, sentence.end)
                if editor is self._source
                else (sentence.begin, sentence.until)
            )
            if start <= at <= end:
                return number, index
            if end < at:
                before = number, index
        return before

    def _at(self, place: Place | None) -> SentencePair | None:
        if place is None or place[0] >= len(self._text.paragraphs):
            return None
        pairs = self._text.paragraphs[place[0]].sentence_pairs
        return pairs[place[1]] if place[1] < len(pairs) else None

    def _tint(self, place: Place | None) -> None:
        place = place or self._chosen
        pair = self._at(place)
        if place and pair:
            sentence = pair.sentence
            self._source.highlight([(place[0], sentence.start, sentence.end)])
            self._target.highlight([(place[0], sentence.begin, sentence.until)])
        else:
            self._source.highlight([])
            self._target.highlight([])
