"""numpy from its own sources, without OpenBLAS: 25 MB less for products that take milliseconds.

The wheel brings OpenBLAS for every processor since 2004. This program multiplies no matrix larger
than a spectrum (engines/log_mel.py); numpy's own loops do that, and its own LAPACK the rest. The
version is that of requirements.txt, a test compares them.
"""

import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
SOURCE = (
    "numpy==2.4.6 --hash=sha256:f3a3570c4a2a16746ac2c31a7c7c7b0c186b95ce902e33db6f28094ed7387dda"
)
TOOLS = HERE / "numpy-tools.txt"
OPTIONS = (
    "setup-args=-Dallow-noblas=true",
    "setup-args=-Dblas=none",
    "setup-args=-Dlapack=none",
    "setup-args=-Dcpu-dispatch=X86_V3",  # AVX2; without it, code for processors of servers
    "install-args=--tags=runtime,python-runtime",
)


def build(scratch: Path) -> Path:
    """Return a folder to import numpy from; built there unless it is; raises CalledProcessError.

    Takes three minutes on two cores, a C++ compiler and Python's headers.
    """
    folder, record = scratch / "numpy", scratch / "numpy.txt"
    recipe = "\n".join((SOURCE, TOOLS.read_text(encoding="utf-8"), *OPTIONS, sys.version))
    if not record.is_file() or record.read_text(encoding="utf-8") != recipe:
        shutil.rmtree(folder, ignore_errors=True)
        _install(folder)
        record.write_text(recipe, encoding="utf-8")
    return folder


def _install(folder: Path) -> None:
    """Build with a pip of our own: Debian 12's cannot tell a build its settings."""
    tools = folder.with_name("tools")
    pip = tools / "bin" / "python", "-m", "pip", "--disable-pip-version-check"
    venv.create(tools, clear=True, with_pip=True)
    _run(*pip, "install", "--quiet", "--upgrade", "pip")
    # It takes hashes from a file alone, and settings of what a file names from that file.
    settings = " ".join(f'--config-settings "{option}"' for option in OPTIONS)
    source = folder.with_suffix(".source.txt")
    source.write_text(f"{SOURCE} {settings}\n", encoding="utf-8")
    _run(
        *pip, "install", "--quiet", "--no-deps", "--require-hashes", "--no-binary", "numpy",
        "--no-cache-dir", "--target", folder, "--requirement", source,
    )  # fmt: skip
    source.unlink()
    report = folder / "numpy" / "__config__.py"  # it names the path of this Python
    text = report.read_text(encoding="utf-8")
    report.write_text(re.sub(r'"path": r"[^"]*"', '"path": "python3"', text), encoding="utf-8")


def _run(*command: str | Path) -> None:
    constraint = {"PIP_CONSTRAINT": TOOLS.as_uri()}  # a path may have spaces
    subprocess.run(list(map(str, command)), check=True, env={**os.environ, **constraint})
