"""`tolmach glossary` and `tolmach memory` as a person uses them."""

import json
from pathlib import Path

import pytest

from tolmach.cli.main import main
from tolmach.core import paths
from tolmach.history.terms import term_store
from tolmach.terms.memory import MemoryEntry


@pytest.fixture
def filled(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (
        ["--from", "ba", "--to", "русский", "Өфө", "Уфа"],
        ["--from", "ce", "--to", "ru", "мотт", "язык", "--form", "меттан", "--project", "сайт"],
        ["--from", "ru", "--to", "ba", "Толмач", "--note", "имя"],
    ):
        assert main(["glossary", "add", *arguments]) == 0
    capsys.readouterr()


@pytest.mark.usefixtures("filled")
def test_terms_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["glossary", "list"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "ba → ru  Өфө = Уфа",
        "ce → ru  мотт | меттан = язык  [сайт]",
        "ru → ba  Толмач = Толмач  имя",
    ]
    assert main(["glossary", "list", "--from", "ba", "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["source"] for line in lines] == [["Өфө"], ["Толмач"]]
    assert main(["glossary", "list", "--project", "сайт"]) == 0
    assert capsys.readouterr().out.count("\n") == 1


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("kind", ["tbx", "csv", "tsv"])
def test_terms_travel(kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / f"мой глоссарий.{kind}"
    assert main(["glossary", "export", str(file)]) == 0
    before = term_store(paths.terms_file()).terms()
    assert main(["glossary", "remove", "Уфа"]) == 0
    assert main(["glossary", "import", str(file)]) == 0
    assert "Терминов в файле: 3, из них новых: 1" in capsys.readouterr().out
    assert set(term_store(paths.terms_file()).terms()) == set(before)
    assert main(["glossary", "import", str(file), "--project", "книга"]) == 0
    assert main(["glossary", "list", "--project", "книга"]) == 0
    assert capsys.readouterr().out.count("[книга]") == 3


@pytest.mark.parametrize(
    ("data", "remark"),
    [
        ("sep=;\r\nru;ba\r\nвода;һыу\r\nхлеб;икмәк\r\n".encode(), ""),
        (
            "sep=;\nru;ba\nвода;һыу\nхлеб;икмәк и пр\xff\n".encode().replace(b"\xc3\xbf", b"\xff"),
            "4",
        ),
        ("ru;uk\nвода;вода\nхлеб;хліб и ещё хлеб\n".encode("koi8-u"), "KOI8-R"),
    ],
)
def test_what_the_bytes_of_a_table_were_is_said(
    data: bytes, remark: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "слова.csv"
    file.write_bytes(data)
    assert main(["glossary", "import", str(file)]) == bool(remark)
    first, *rest = capsys.readouterr().out.splitlines()
    assert first == "Терминов в файле: 2, из них новых: 2"
    assert len(rest) == bool(remark)
    assert remark in "".join(rest)
    assert term_store(paths.terms_file()).terms()[0].source == ("вода",)


@pytest.mark.parametrize("kind", ["tmx", "csv", "tsv"])
def test_memory_travels(kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    entries = [
        MemoryEntry("ru", "ba", "Да.", "Эйе.", "correction", "2026-11-23T22:26:00Z"),
        MemoryEntry("ba", "ru", "Юҡ.", "Нет.", "correction", "2026-11-23T22:27:00Z", "сайт"),
    ]
    term_store(paths.terms_file()).remember(entries)
    file = tmp_path / f"память.{kind}"
    assert main(["memory", "export", str(file), "--from", "ru", "--to", "ba"]) == 0
    paths.terms_file().unlink()
    assert main(["memory", "import", str(file)]) == 0
    assert "Переводов в файле: 1, из них новых: 1" in capsys.readouterr().out
    assert term_store(paths.terms_file()).memory() == entries[:1]


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["remove", "нет"], 2, "Термина «нет» в глоссарии нет."),
        (["add", "--from", "ru", "--to", "ru", "да", "нет"], 2, "У термина должны быть"),
        (["add", "--from", "ru", "--to", "ba", " "], 2, "У термина должны быть"),
        (["import", "нет.tbx"], 1, "Файла «нет.tbx» нет."),
        (["export", "x.pdf"], 2, "Формата «pdf» программа не знает."),
        (["export", "нет/x.csv"], 1, "В папку «нет» не удаётся записать."),
    ],
)
def test_what_cannot_be_is_a_sentence(
    arguments: list[str], code: int, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["glossary", *arguments]) == code
    assert sentence in capsys.readouterr().err
