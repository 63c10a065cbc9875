"""Names that say nothing, found wherever a name is bound: `python -m tests.names [room]`.

A pronoun or a bare participle makes its reader look for what it stands for. Rule: the field's word
for what it is at that very place (utterance, segment, candidate, entry), never a filler.
"""

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
FOLDERS = ("app/tolmach", "tests", "models/recipes", "packaging")
SAY_NOTHING = frozenset(
    re.findall(
        r"\w+",
        """
        it one ones found said done known told wanted left now here there made given seen kept
        taken heard asked lost got gone ours theirs his hers mine this that those these thing
        things stuff what who whose whom meant shown sent held put
        """,
    )
)


def bindings(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Yield each name that is bound, and its line; those of classes in lower case."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield name, node.lineno
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name, node.lineno
            case ast.ClassDef(name=name):
                yield name.lower(), node.lineno
            case ast.arg():
                yield node.arg, node.lineno
            case ast.alias(asname=str(name)) | ast.MatchMapping(rest=str(name)):
                yield name, node.lineno
            case (
                ast.ExceptHandler(name=str(name))
                | ast.MatchAs(name=str(name))
                | ast.MatchStar(name=str(name))
            ):
                yield name, node.lineno


def nothing_said(source: str) -> list[tuple[str, int]]:
    """Return the bindings of a module that say nothing, with their lines."""
    return [
        (name, line) for name, line in bindings(ast.parse(source)) if name.strip("_") in SAY_NOTHING
    ]


def modules() -> list[Path]:
    """Return every module that we wrote."""
    return sorted(path for folder in FOLDERS for path in (REPOSITORY / folder).rglob("*.py"))


def classes_named_twice(folder: Path) -> dict[str, int]:
    """Return the names that more than one class of a folder has, with how many."""
    names = Counter(
        node.name
        for path in folder.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    )
    return {name: count for name, count in names.items() if count > 1}


def main() -> None:
    """Say where such names are, of all rooms or of those whose path begins with the argument."""
    room = sys.argv[1] if len(sys.argv) > 1 else ""
    rooms: Counter[str] = Counter()
    for module in modules():
        path = module.relative_to(REPOSITORY).as_posix()
        if not path.startswith(room):
            continue
        bad = nothing_said(module.read_text(encoding="utf-8"))
        rooms[path.rpartition("/")[0]] += len(bad)
        if room:
            sys.stdout.writelines(f"{path}:{line}: {name}\n" for name, line in bad)
    sys.stdout.writelines(f"{count:5d}  {name}\n" for name, count in rooms.most_common() if count)
    sys.stdout.write(f"{sum(rooms.values())} in all\n")
    sys.stdout.write(f"classes: {classes_named_twice(REPOSITORY / 'app')}\n")


if __name__ == "__main__":
    main()
