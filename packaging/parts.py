"""The parts of a finished bundle: whose files lie in it, with their versions and licences.

Read from the bundle itself and from PyInstaller's record of where each file came from, not from
what happens to be installed: a file whose owner nobody knows is an error, not a blank.
"""

import ast
import re
import subprocess
import sys
import sysconfig
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution, distributions, packages_distributions
from pathlib import Path, PurePath

import inside_wheels
from PyInstaller.archive.readers import CArchiveReader

REPOSITORY = Path(__file__).resolve().parent.parent
PACKAGE, INSIDE, SYSTEM, LANGUAGE, MODEL = "pypi", "inside", "deb", "python", "model"

LICENCE_FILES = re.compile(r"(LICEN[CS]E|COPYING|NOTICE|AUTHORS)[^/]*$|/licenses/", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """Something that somebody else made and that lies in the bundle."""

    name: str
    version: str
    licence: str
    project: str  # its page, "" where none is stated
    kind: str  # pypi, inside, deb, python or model
    texts: tuple[Path, ...]  # its licences


WHISPER = Part("Whisper base", "1", "MIT", "https://github.com/openai/whisper", MODEL, ())


class UnknownOriginError(Exception):
    """A file in the bundle that belongs to no part."""


def module_names(program: Path) -> frozenset[str]:
    """Return the modules of Python code in a program that PyInstaller made."""
    archive = CArchiveReader(str(program))
    code = archive.open_embedded_archive("PYZ.pyz")
    return frozenset(archive.toc) | frozenset(code.toc)


def collected(work: Path) -> dict[str, Path]:
    """Return where each file of the bundle came from, by its path below `_internal`."""
    [entries] = ast.literal_eval((work / "COLLECT-00.toc").read_text(encoding="utf-8"))
    return {name: Path(file) for name, file, kind in entries if kind != "SYMLINK"}


def parts(program: Path, work: Path, rewritten: tuple[str, ...] = ()) -> list[Part]:
    """Return every part of a bundle, by name; raises UnknownOriginError.

    `rewritten` are the beginnings of the names, below `_internal`, of files that were made anew.
    """
    owners = {*_owners_of_modules(module_names(program))}
    files: list[tuple[str, str]] = []
    system: set[str] = set()
    python = False
    for name, file in collected(work).items():
        if not (program.parent / "_internal" / name).exists():
            continue  # taken out later
        if file.is_relative_to(REPOSITORY / "build") or name.startswith(
            ("tolmach/data/", *rewritten)
        ):
            continue  # made here
        if owner := _owner_of_file(file):
            owners.add(owner)
            files.append((name, f"{owner} {distribution(owner).version}"))
        elif file.is_relative_to(sys.base_prefix):
            python = True
        else:
            system.add(_debian_package(file))
    rows = [_of_package(distribution(owner)) for owner in owners - {"tolmach"}]
    rows += of_libraries(files)
    rows += [_of_debian(name) for name in system]
    rows += [_of_python()] if python else []
    return sorted(rows, key=lambda part: part.name.lower())


def of_libraries(files: Iterable[tuple[str, str]]) -> list[Part]:
    """Return the libraries of others inside wheels; see inside_wheels.projects."""
    return [
        Part(
            project.name, f"in {wheel}", project.licence, project.page, INSIDE,
            (project.text,) if project.text else (),
        )
        for project, wheel in inside_wheels.projects(files).items()
    ]  # fmt: skip


def _owners_of_modules(modules: Iterable[str]) -> Iterator[str]:
    packages = packages_distributions()
    for top in {name.partition(".")[0] for name in modules}:
        yield from packages.get(top, [])[:1]


def _files_of_packages() -> Mapping[Path, str]:
    owners = {}
    for package in distributions():
        for file in package.files or []:
            owners[Path(str(package.locate_file(file))).resolve()] = package.metadata["Name"]
    return owners


_OWNERS: dict[Path, str] = {}


def _owner_of_file(file: Path) -> str:
    """Return the installed package that a file belongs to, "" if none."""
    if not _OWNERS:
        _OWNERS.update(_files_of_packages())
    return _OWNERS.get(file.resolve(), "")


def _debian_package(file: Path) -> str:
    """Return the Debian package of a library of the system."""
    for path in (file, file.resolve(), Path("/usr") / file.resolve().relative_to("/")):
        answer = subprocess.run(
            ["dpkg-query", "-S", str(path)], capture_output=True, text=True, check=False
        )
        if answer.returncode == 0:
            return answer.stdout.partition(":")[0]
    raise UnknownOriginError(f"{file}: nobody knows whose it is, so it cannot be given away")


def licence_of(package: Distribution) -> str:
    """Return the licence as a package states it: expression, field, or classifier."""
    metadata = package.metadata
    classifiers = [
        line.rsplit(" :: ", 1)[-1]
        for line in metadata.get_all("Classifier") or []
        if line.startswith("License ::")
    ]
    stated = metadata.get("License-Expression") or " / ".join(classifiers)
    return stated or (metadata.get("License") or "see package").splitlines()[0]


def is_text(file: PurePath) -> bool:
    """Whether a file that is named like a licence is one, and not a program."""
    return file.suffix not in (".py", ".pyc")


def page_of(package: Distribution) -> str:
    """Return a package's page."""
    links = [line.split(", ", 1) for line in package.metadata.get_all("Project-URL") or []]
    pages = {name.lower(): page for name, page in links}
    for name in ("homepage", "repository", "source", "source code", "github", "model source"):
        if name in pages:
            return pages[name]
    return package.metadata.get("Home-page") or ""


def _of_package(package: Distribution) -> Part:
    files = [file for file in package.files or [] if LICENCE_FILES.search(str(file))]
    texts = (Path(str(package.locate_file(file))) for file in files if is_text(file))
    name, version = package.metadata["Name"], package.version
    return Part(
        name, version, licence_of(package), page_of(package), PACKAGE,
        tuple(text for text in texts if text.is_file()),
    )  # fmt: skip


def _of_debian(name: str) -> Part:
    answer = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Version}\n${Homepage}\n", name],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    version, page, *_ = answer.stdout.splitlines()
    text = Path("/usr/share/doc") / name / "copyright"
    return Part(name, version, "see its copyright file", page, SYSTEM, (text,))


def _of_python() -> Part:
    text = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    version = ".".join(map(str, sys.version_info[:3]))
    return Part("Python", version, "PSF-2.0", "https://www.python.org", LANGUAGE, (text,))


def by_kind(rows: Iterable[Part]) -> dict[str, list[Part]]:
    """Return the parts by their kind."""
    kinds = defaultdict(list)
    for part in rows:
        kinds[part.kind].append(part)
    return kinds
