"""Brings resources/i18n up to date with the strings in the code: `make translations`.

Every .ts file gets a message for every string, keeps its translations and loses those of strings
that are gone; .qm files are made from them. New strings are `unfinished` until somebody
translates them; until then the interface shows them in Russian.

WORKAROUND(PySide6 6.12): lupdate overlooks Python calls that have keyword arguments and does not
know `import … as tr`, so the strings are collected here; the files are Qt's own format.
"""

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as Xml

REPOSITORY = Path(__file__).resolve().parent.parent
FOLDER = REPOSITORY / "resources" / "i18n"
MARKS = {"tr", "translate", "QT_TRANSLATE_NOOP"}

Text = tuple[str, str]  # context, Russian text


def main() -> None:
    """Update every .ts file and its .qm."""
    texts = collect(REPOSITORY / "app" / "tolmach")
    for file in sorted(FOLDER.glob("*.ts")):
        translations = finished(file)
        write(file, texts, translations)
        compile_to(file, file.with_suffix(".qm"))
        missing = [text for text in texts if not translations.get(text)]
        sys.stdout.write(f"{file.name}: {len(texts)} strings, {len(missing)} to translate\n")
        for context, text in missing:
            sys.stdout.write(f"  {context}: {text}\n")


def collect(folder: Path) -> list[Text]:
    """Return every string that is marked or in a table of sentences, sorted, each once."""
    texts: set[Text] = set()
    for file in folder.rglob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        texts.update(_texts(tree, ""))
        texts.update(_sentences(tree))
    return sorted(texts)


def finished(file: Path) -> dict[Text, str]:
    """Return the finished translations of a .ts file."""
    return {
        (context.findtext("name", ""), message.findtext("source", "")): translation.text or ""
        for context in Xml.parse(file).getroot().iter("context")  # noqa: S314 - our own file
        for message in context.iter("message")
        if (translation := message.find("translation")) is not None
        and translation.get("type") is None
    }


def write(file: Path, texts: list[Text], translations: dict[Text, str]) -> None:
    """Write a .ts file with a message for every string."""
    root = Xml.Element("TS", version="2.1", language=file.stem, sourcelanguage="ru")
    contexts: dict[str, Xml.Element] = {}
    for name, text in texts:
        if name not in contexts:
            contexts[name] = Xml.SubElement(root, "context")
            Xml.SubElement(contexts[name], "name").text = name
        message = Xml.SubElement(contexts[name], "message")
        Xml.SubElement(message, "source").text = text
        translation = Xml.SubElement(message, "translation")
        translation.text = translations.get((name, text), "")
        if not translation.text:
            translation.set("type", "unfinished")
    Xml.indent(root, "    ")
    content = Xml.tostring(root, encoding="unicode")
    file.write_text(
        f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{content}\n', encoding="utf-8"
    )


def compile_to(file: Path, target: Path) -> None:
    """Make Qt's binary form of a .ts file."""
    lrelease = shutil.which("pyside6-lrelease", path=str(Path(sys.executable).parent))
    if lrelease is None:
        raise SystemExit("pyside6-lrelease is not installed beside this Python")
    subprocess.run([lrelease, "-silent", "-nounfinished", file, "-qm", target], check=True)


def _texts(node: ast.AST, class_name: str) -> Iterator[Text]:
    if isinstance(node, ast.ClassDef):
        class_name = node.name  # the context of self.tr()
    if isinstance(node, ast.Call):
        yield from _marked(node, class_name)
    for child in ast.iter_child_nodes(node):
        yield from _texts(child, class_name)


def _sentences(module: ast.Module) -> Iterator[Text]:
    """Yield the sentences of a module that is a table of them, SENTENCES, with their CONTEXT."""
    values = {
        ast.unparse(node.targets[0] if isinstance(node, ast.Assign) else node.target): node.value
        for node in module.body
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value
    }
    if {"CONTEXT", "SENTENCES"} <= values.keys():
        context = ast.literal_eval(values["CONTEXT"])
        for text in ast.literal_eval(values["SENTENCES"]).values():
            yield context, text


def _marked(call: ast.Call, class_name: str) -> Iterator[Text]:
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    strings = [
        argument.value
        for argument in call.args[:2]
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    ]
    if name in MARKS and len(strings) == 2:
        yield strings[0], strings[1]
    elif name == "tr" and len(strings) == 1 and isinstance(call.func, ast.Attribute):
        yield class_name, strings[0]


if __name__ == "__main__":
    main()
