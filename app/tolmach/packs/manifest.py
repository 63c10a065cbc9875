"""pack.json: read and checked field by field, and written.

A manifest may come from anybody. Whatever it holds, reading ends in a Pack whose every field has
its type and range, or in a PackError; fields this version does not know are left alone.
"""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, get_args

from tolmach.core import files
from tolmach.core.errors import PackError
from tolmach.core.pack import Kind, Option, Pack, PackFile, Pair, Quality
from tolmach.packs import names

NAME = "pack.json"
FORMAT = 1
LARGEST = 4_000_000  # bytes of a manifest; 40,000 pairs of a 200-language model take 600 kB
MOST_FILES = 64
KINDS: tuple[Kind, ...] = get_args(Kind)

IDENTIFIER = r"[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9_-])?"
LANGUAGE = r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}"
_SHA256 = r"[0-9a-f]{64}"
_SCRIPT = r"[A-Z][a-z]{3}"
_OPTION = r"[a-z][a-z0-9_]{0,63}"
# What engines read of the options, from and to: 100,000 hypotheses took all memory, and no token a
# second lost every word.
_RANGES: dict[str, tuple[float, float]] = {
    "beam": (1, 16),
    "beam_size": (1, 16),
    "max_tokens": (8, 500),
    "max_seconds": (1, 30),
    "tokens_per_second": (5, 100),
    "previous_tokens": (0, 223),
    "window_seconds": (1, 30),
    "home_share": (0, 1),
}
_CHOICES = {"context": ("full", "dynamic"), "legacy": (False, True)}
_LARGEST_NUMBER = 2**53  # integers up to here are exact in every JSON reader
_LONGEST_TEXT = 4000

Item = TypeVar("Item")


def read(folder: Path) -> Pack:
    """Return the pack described by `folder`/pack.json.

    Raises PackError: "manifest-missing", "manifest-unreadable", "manifest-format" for a format
    this version does not know, "manifest-field" with the field's name, or a "name-…" code for an
    unsafe file name. Files themselves are not looked at.
    """
    path = folder / NAME
    try:
        if path.exists() and not path.is_file():  # a channel would be waited for forever
            raise PackError("manifest-unreadable", path=str(folder))
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise PackError("manifest-missing", path=str(folder)) from error
    except OSError as error:
        raise PackError("manifest-unreadable", path=str(folder)) from error
    try:
        raw = json.loads(content) if len(content) <= LARGEST else None
    except (ValueError, RecursionError) as error:
        raise PackError("manifest-unreadable", path=str(folder)) from error
    if not isinstance(raw, dict):
        raise PackError("manifest-unreadable", path=str(folder))
    return parse(raw, folder)


def is_of_newer_version(folder: Path) -> bool:
    """Whether a newer version of the program wrote the manifest: then nothing may replace it."""
    try:
        read(folder)
    except PackError as error:
        number = error.params.get("format", "")
        return error.code == "manifest-format" and number.isdecimal() and int(number) > FORMAT
    return False


def parse(raw: dict[str, Any], folder: Path) -> Pack:
    """Return the pack of a decoded manifest; raises PackError as `read` does."""
    number = raw.get("format")
    if number != FORMAT or isinstance(number, bool):
        text = str(number) if isinstance(number, int | str) else "?"
        raise PackError("manifest-format", format=names.readable(text))
    kind = _kind(raw.get("kind"), "kind")
    title = _mapping(raw.get("title"), "title", LANGUAGE, _text)
    languages = _mapping(raw.get("languages", {}), "languages", LANGUAGE, _token)
    pairs = _list(raw.get("pairs", []), "pairs", _pair)
    _demand({"ru", "en"} <= set(title), "title")
    _demand(bool(languages) or kind != "recognizer", "languages")
    _demand(bool(pairs) or kind != "translator", "pairs")
    return Pack(
        id=identifier(raw.get("id"), "id"),
        version=identifier(raw.get("version"), "version"),
        kind=kind,
        engine=identifier(raw.get("engine"), "engine"),
        folder=folder,
        title=title,
        languages=languages,
        pairs=pairs,
        files=_files(raw.get("files"), "files"),
        memory_mb=_integer(raw.get("memory_mb", 0), "memory_mb"),
        licence=_optional_text(raw.get("licence", ""), "licence"),
        attribution=_optional_text(raw.get("attribution", ""), "attribution"),
        options=_mapping(raw.get("options", {}), "options", _OPTION, _option),
        quality=_list(raw.get("quality", []), "quality", _quality),
        scripts=_mapping(raw.get("scripts", {}), "scripts", LANGUAGE, _script),
    )


def write(pack: Pack) -> None:
    """Write the pack's manifest into its folder, whole or not at all, on disk when this returns.

    Raises PackError, as `read` does, for a pack that could not be read back, and OSError.
    """
    raw = plain(pack)
    parse(raw, pack.folder)
    content = json.dumps(raw, ensure_ascii=False, indent=1) + "\n"
    files.write_whole(pack.folder / NAME, content.encode())


def plain(pack: Pack) -> dict[str, Any]:
    """Return the pack as the manifest that `parse` reads."""
    return {
        "format": FORMAT,
        "id": pack.id,
        "version": pack.version,
        "kind": pack.kind,
        "engine": pack.engine,
        "title": dict(pack.title),
        "languages": {code: {"token": token} for code, token in pack.languages.items()},
        "scripts": dict(pack.scripts),
        "pairs": [list(pair) for pair in pack.pairs],
        "files": [{"path": f.path, "size": f.size, "sha256": f.sha256} for f in pack.files],
        "memory_mb": pack.memory_mb,
        "licence": pack.licence,
        "attribution": pack.attribution,
        "options": dict(pack.options),
        "quality": [_plain_quality(quality) for quality in pack.quality],
    }


def identifier(value: object, field: str) -> str:
    """Return an id, version or engine name, safe as part of a folder's name on every system."""
    text = _matching(value, field, IDENTIFIER)
    names.check(text)
    return text


def _plain_quality(quality: Quality) -> dict[str, object]:
    source, arrow, target = quality.subject.partition(">")
    subject = {"pair": [source, target]} if arrow else {"language": source}
    return {**subject, "metric": quality.metric, "value": quality.value, "on": quality.on}


# Each reader below returns the value in its type or raises "manifest-field" with the field's name.


def _wrong(field: str) -> PackError:
    return PackError("manifest-field", field=field)


def _demand(holds: bool, field: str) -> None:
    if not holds:
        raise _wrong(field)


def _string(value: object, field: str) -> str:
    if not isinstance(value, str):
        raise _wrong(field)
    return value


def _optional_text(value: object, field: str) -> str:
    text = _string(value, field)
    _demand(len(text) <= _LONGEST_TEXT and names.visible(text.replace("\n", " ")), field)
    return text


def _text(value: object, field: str) -> str:
    text = _optional_text(value, field)
    _demand(bool(text.strip()), field)
    return text


def _matching(value: object, field: str, pattern: str) -> str:
    text = _string(value, field)
    _demand(re.fullmatch(pattern, text) is not None, field)
    return text


def _kind(value: object, field: str) -> Kind:
    for kind in KINDS:
        if value == kind:
            return kind
    raise _wrong(field)


def _integer(value: object, field: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _LARGEST_NUMBER:
        raise _wrong(field)
    return value


def _number(value: object, field: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _wrong(field)
    _demand(abs(value) <= _LARGEST_NUMBER, field)  # no NaN passes either
    return float(value)


def _option(value: object, field: str) -> Option:
    name = field.rpartition(".")[2]
    if name in _RANGES:
        low, high = _RANGES[name]
        _demand(low <= _number(value, field) <= high, field)
    if name in _CHOICES:
        _demand(value in _CHOICES[name], field)
    if isinstance(value, str):
        return _optional_text(value, field)
    if isinstance(value, bool):
        return value
    number = _number(value, field)
    return int(value) if isinstance(value, int) else number


def _object(value: object, field: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _wrong(field)
    return value


def _mapping(
    value: object, field: str, key: str, read_item: Callable[[object, str], Item]
) -> dict[str, Item]:
    return {
        _matching(name, field, key): read_item(item, f"{field}.{name}")
        for name, item in _object(value, field).items()
    }


def _list(value: object, field: str, read_item: Callable[[object, str], Item]) -> tuple[Item, ...]:
    if not isinstance(value, list):
        raise _wrong(field)
    return tuple(read_item(item, f"{field}[{index}]") for index, item in enumerate(value))


def _token(value: object, field: str) -> str:
    return _text(_object(value, field).get("token"), f"{field}.token")


def _script(value: object, field: str) -> str:
    return _matching(value, field, _SCRIPT)


def _code(value: object, field: str) -> str:
    return _matching(value, field, LANGUAGE)


def _pair(value: object, field: str) -> Pair:
    codes = _list(value, field, _code)
    _demand(len(codes) == 2 and codes[0] != codes[1], field)
    return codes[0], codes[1]


def _files(value: object, field: str) -> tuple[PackFile, ...]:
    listed = _list(value, field, _file)
    _demand(0 < len(listed) <= MOST_FILES, field)
    names.check_all([NAME, *(file.path for file in listed)])
    return listed


def _file(value: object, field: str) -> PackFile:
    raw = _object(value, field)
    return PackFile(
        path=_string(raw.get("path"), f"{field}.path"),
        size=_integer(raw.get("size"), f"{field}.size"),
        sha256=_matching(raw.get("sha256"), f"{field}.sha256", _SHA256),
    )


def _quality(value: object, field: str) -> Quality:
    raw = _object(value, field)
    _demand(("language" in raw) != ("pair" in raw), field)
    if "pair" in raw:
        subject = ">".join(_pair(raw["pair"], f"{field}.pair"))
    else:
        subject = _code(raw["language"], f"{field}.language")
    return Quality(
        subject=subject,
        metric=_text(raw.get("metric"), f"{field}.metric"),
        value=_number(raw.get("value"), f"{field}.value"),
        on=_text(raw.get("on"), f"{field}.on"),
    )
