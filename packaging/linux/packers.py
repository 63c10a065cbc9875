"""The packages of a bundle: .tar.xz for one's home folder, .deb and .rpm for a system.

Every packer takes the bundle as it is and gives the same bytes for the same bundle: names sorted,
owned by root, the time of the commit on each file.
"""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

import elf
from steps import commit_time

from tolmach import __version__

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent
STAGING = REPOSITORY / "build" / "linux" / "staging"
HOME = "opt/tolmach"  # of the program on a system
ARCHITECTURE = "amd64"

# The Debian package of each library that is the system's own; several names for several releases.
DEBIAN = {
    "libstdc++.so.6": "libstdc++6 (>= 11)",
    "libgcc_s.so.1": "libgcc-s1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libglx0",
    "libOpenGL.so.0": "libopengl0",
    "libEGL.so.1": "libegl1",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libexpat.so.1": "libexpat1",
    "libasound.so.2": "libasound2 | libasound2t64",
}
# Opened by what may be missing: Qt takes X where Wayland's libraries are not there.
OPTIONAL = frozenset(("libwayland-client.so.0", "libwayland-cursor.so.0", "libwayland-egl.so.1"))
PART_OF_C = frozenset(
    ("ld-linux-x86-64.so.2", "libc.so.6", "libdl.so.2", "libm.so.6", "libmvec.so.1")
) | frozenset(("libpthread.so.0", "librt.so.1", "libutil.so.1", "libresolv.so.2", "libcrypt.so.1"))

SUMMARY = "Writes down what is said and translates it, offline"


def libraries(files: Iterable[elf.ElfFile]) -> list[str]:
    """Return the system's libraries that the bundle cannot do without, the C library left out."""
    needed = {name for file in files for name in file.needed}
    return sorted((needed & elf.SYSTEM) - OPTIONAL - PART_OF_C)


def c_version(files: Iterable[elf.ElfFile]) -> str:
    """Return the newest version of the C library that a file asks for, as "2.35"."""
    versions = (file.versions.get("GLIBC", ()) for file in files)
    return ".".join(map(str, max(versions)))


def pack_tar(name: str, bundle: Path, target: Path) -> None:
    """Pack what a person without rights unpacks and installs with install.sh."""
    stem = f"{name}-{__version__}"
    root = _fresh(STAGING / "tar") / stem
    shutil.copytree(bundle, root / "program", symlinks=True)
    for file in ("tolmach.desktop", "tolmach-mime.xml", "install.sh"):
        shutil.copy2(HERE / file, root)
    shutil.copy2(REPOSITORY / "resources" / "icons" / "tolmach.svg", root)
    command = [
        "tar", "--sort=name", "--owner=0", "--group=0", "--numeric-owner", "--format=gnu",
        f"--mtime=@{commit_time()}", "-C", str(root.parent), "-c", stem,
    ]  # fmt: skip
    with (target / f"{stem}-linux-x86_64.tar.xz").open("wb") as stream:
        with subprocess.Popen(command, stdout=subprocess.PIPE) as tar:
            subprocess.run(["xz", "-T0", "-6"], stdin=tar.stdout, stdout=stream, check=True)
        if tar.returncode:
            raise subprocess.CalledProcessError(tar.returncode, command)


def pack_deb(name: str, bundle: Path, target: Path) -> None:
    """Pack for Debian, Ubuntu and Astra."""
    root = _system(name, bundle)
    files = elf.scan(bundle)
    depends = [f"libc6 (>= {c_version(files)})", *(DEBIAN[item] for item in libraries(files))]
    size = sum(path.lstat().st_size for path in root.rglob("*") if path.is_file()) // 1024
    control = root / "DEBIAN" / "control"
    control.parent.mkdir()
    control.write_text(
        f"Package: {name}\n"
        f"Version: {__version__}\n"
        f"Architecture: {ARCHITECTURE}\n"
        "Maintainer: Tolmach <tolmach@localhost>\n"
        f"Installed-Size: {size}\n"
        "Section: sound\n"
        "Priority: optional\n"
        f"Depends: {', '.join(depends)}\n"
        "Recommends: libasound2-plugins, libwayland-client0, libwayland-cursor0, libwayland-egl1\n"
        f"Conflicts: {_other(name)}\n"
        f"Replaces: {_other(name)}\n"
        f"Description: {SUMMARY}\n"
        " Tolmach listens, writes down what was said and translates between Russian and the\n"
        " languages around it, on this computer alone.\n",
        encoding="utf-8",
    )
    file = target / f"{name}_{__version__}_{ARCHITECTURE}.deb"
    # xz: a dpkg too old for another kind could not even say what the package depends on.
    _run(
        "dpkg-deb", "--root-owner-group", "-Zxz", "-z3", "--threads-max=2", "--build",
        root, file,
    )  # fmt: skip


def pack_rpm(name: str, bundle: Path, target: Path) -> None:
    """Pack for RED OS, ALT and Fedora: it depends on libraries by their names, which all share."""
    root = _system(name, bundle)
    files = elf.scan(bundle)
    needs = [f"libc.so.6(GLIBC_{c_version(files)})(64bit)"]
    needs += [f"{library}()(64bit)" for library in libraries(files)]
    top = _fresh(STAGING / "rpmbuild")
    description = top / "tolmach.spec"
    description.write_text(
        f"Name: {name}\n"
        f"Version: {__version__}\n"
        "Release: 1\n"
        f"Summary: {SUMMARY}\n"
        "License: GPL-3.0-or-later\n"
        "Group: Sound\n"
        "AutoReqProv: no\n"
        f"Conflicts: {_other(name)}\n"
        + "".join(f"Requires: {need}\n" for need in needs)
        + "\n%description\n"
        "Tolmach listens, writes down what was said and translates between Russian and the\n"
        "languages around it, on this computer alone.\n\n"
        f"%files\n%defattr(-,root,root,-)\n/{HOME}\n"
        + "".join(f"/{path.relative_to(root)}\n" for path in _files(root / "usr")),
        encoding="utf-8",
    )
    _run(
        "rpmbuild", "-bb", "--target", "x86_64", "--buildroot", root, "--noclean",
        "--define", f"_topdir {top}", "--define", f"_rpmdir {target}",
        "--define", "_rpmfilename %{NAME}-%{VERSION}-%{RELEASE}.x86_64.rpm",
        "--define", "_build_id_links none", "--define", "__os_install_post %{nil}",
        "--define", "_binary_payload w3T2.xzdio", "--define", "_buildhost localhost",
        "--define", "use_source_date_epoch_as_buildtime 1",
        "--define", "clamp_mtime_to_source_date_epoch 1", "--quiet",
        description,
    )  # fmt: skip


PACKERS: dict[str, Callable[[str, Path, Path], None]] = {
    "tar": pack_tar,
    "deb": pack_deb,
    "rpm": pack_rpm,
}


def _system(name: str, bundle: Path) -> Path:
    """Lay the program out as it will lie on a system, and return that root."""
    root = _fresh(STAGING / name)
    shutil.copytree(bundle, root / HOME, symlinks=True)
    links = root / "usr" / "bin"
    links.mkdir(parents=True)
    (links / "tolmach").symlink_to(f"/{HOME}/tolmach")
    share = root / "usr" / "share"
    for source, place in (
        (HERE / "tolmach.desktop", "applications/tolmach.desktop"),
        (HERE / "tolmach-mime.xml", "mime/packages/tolmach.xml"),
        (
            REPOSITORY / "resources" / "icons" / "tolmach.svg",
            "icons/hicolor/scalable/apps/tolmach.svg",
        ),
        (bundle / "LICENCES" / "README.md", f"doc/{name}/copyright"),
    ):
        target = share / place
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    metainfo = share / "metainfo" / "tolmach.metainfo.xml"
    metainfo.parent.mkdir()
    metainfo.write_text(_metainfo(), encoding="utf-8")
    for path in root.rglob("*"):
        if not path.is_symlink():
            os.utime(path, (commit_time(), commit_time()))
    return root


def _metainfo() -> str:
    """Return what shops of programs show, with the version and the day of this commit."""
    day = datetime.fromtimestamp(commit_time(), UTC).date().isoformat()
    text = (HERE / "tolmach.metainfo.xml").read_text(encoding="utf-8")
    return text.replace("VERSION", __version__).replace("DATE", day)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_symlink() or path.is_file())


def _other(name: str) -> str:
    return "tolmach" if name == "tolmach-small" else "tolmach-small"


def _fresh(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _run(*command: str | Path) -> None:
    subprocess.run([str(word) for word in command], check=True)
