"""Runs the argostranslate library itself on a package folder; a process of its own.

    python argos_oracle.py FOLDER < texts.json > translations.json

It splits sentences by ours: its splitters are models that it would download. What it cannot
import here (stanza, minisbd: torch and downloads) is replaced by empty modules.
"""

import json
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

from tolmach.language.sentences import sentences


def main() -> None:
    """Translate the texts of standard input."""
    minisbd = ModuleType("minisbd")
    minisbd.SBDetect = lambda *_, **__: SimpleNamespace(sentences=sentences)  # type: ignore[attr-defined]
    minisbd.models = SimpleNamespace(list_models=lambda: ["en"])  # type: ignore[attr-defined]
    sys.modules |= {"stanza": ModuleType("stanza"), "minisbd": minisbd}

    from argostranslate.package import Package
    from argostranslate.translate import Language, PackageTranslation

    package = Package(Path(sys.argv[1]))
    source = Language(package.from_code, package.from_name)
    target = Language(package.to_code, package.to_name)
    translation = PackageTranslation(source, target, package)
    texts = json.loads(sys.stdin.buffer.read())
    translated = [translation.translate(text) for text in texts]
    sys.stdout.buffer.write(json.dumps(translated).encode())


if __name__ == "__main__":
    main()
