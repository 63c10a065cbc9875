"""Libraries that others made and that come inside the wheels of Python packages.

A wheel's metadata names its own licence alone. What `auditwheel` and `delvewheel` put into the
folder NAME.libs, and a few files beside it, have licences of their own: this is the one list of
them. Rule: a library that is not on it ends the build.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath

DEBIAN_TEXTS = Path("/usr/share/doc")


@dataclass(frozen=True, slots=True)
class Project:
    """Who made some of the libraries."""

    name: str
    licence: str  # SPDX
    page: str
    libraries: tuple[str, ...]  # their names without "lib", version and hash
    text: Path | None = None  # the licence, where no general text says it


GCC = "GPL-3.0-or-later WITH GCC-exception-3.1"
PROJECTS = (
    Project(
        "FFmpeg", "GPL-3.0-or-later", "https://ffmpeg.org",
        ("avcodec", "avdevice", "avfilter", "avformat", "avutil", "swresample", "swscale"),
    ),
    Project("x264", "GPL-2.0-or-later", "https://www.videolan.org/developers/x264.html", ("x264",)),
    Project("x265", "GPL-2.0-or-later", "https://www.x265.org", ("x265",)),
    Project(
        "SVT-AV1", "BSD-3-Clause-Clear", "https://gitlab.com/AOMediaCodec/SVT-AV1", ("SvtAv1Enc",)
    ),
    Project("dav1d", "BSD-2-Clause", "https://code.videolan.org/videolan/dav1d", ("dav1d",)),
    Project("libvpx", "BSD-3-Clause", "https://www.webmproject.org", ("vpx",)),
    Project(
        "libwebp", "BSD-3-Clause", "https://developers.google.com/speed/webp",
        ("sharpyuv", "webp", "webpmux"),
    ),
    Project("LAME", "LGPL-2.0-or-later", "https://lame.sourceforge.io", ("mp3lame",)),
    Project("Opus", "BSD-3-Clause", "https://opus-codec.org", ("opus",)),
    Project(
        "opencore-amr", "Apache-2.0", "https://sourceforge.net/projects/opencore-amr",
        ("opencore-amrnb", "opencore-amrwb"),
    ),
    Project("libvpl", "MIT", "https://github.com/intel/libvpl", ("vpl",)),
    Project("GnuTLS", "LGPL-2.1-or-later", "https://gnutls.org", ("gnutls",)),
    Project(
        "Nettle", "LGPL-3.0-or-later OR GPL-2.0-or-later", "https://www.lysator.liu.se/~nisse/nettle",
        ("hogweed", "nettle"),
    ),
    Project("GMP", "LGPL-3.0-or-later OR GPL-2.0-or-later", "https://gmplib.org", ("gmp",)),
    Project(
        "libunistring", "LGPL-3.0-or-later OR GPL-2.0-or-later",
        "https://www.gnu.org/software/libunistring", ("unistring",),
    ),
    Project("alsa-lib", "LGPL-2.1-or-later", "https://www.alsa-project.org", ("asound",)),
    Project("libdrm", "MIT", "https://dri.freedesktop.org", ("drm",)),
    Project(
        "libxcb", "MIT", "https://xcb.freedesktop.org",
        ("Xau", "xcb", "xcb-shape", "xcb-shm", "xcb-xfixes"),
    ),
    Project("OpenBLAS", "BSD-3-Clause", "https://www.openblas.net", ("scipy_openblas64_",)),
    Project("GCC", GCC, "https://gcc.gnu.org", ("gcc_s_seh", "gfortran", "gomp", "stdc++")),
    Project("libquadmath", "LGPL-2.1-or-later", "https://gcc.gnu.org", ("quadmath",)),
    Project("winpthreads", "MIT", "https://www.mingw-w64.org", ("winpthread",)),
    Project("libiconv", "LGPL-2.1-or-later", "https://www.gnu.org/software/libiconv", ("iconv",)),
    Project(
        "zlib", "Zlib", "https://zlib.net", ("zlib1",), DEBIAN_TEXTS / "zlib1g" / "copyright"
    ),
    Project(
        "ICU", "Unicode-3.0", "https://icu.unicode.org", ("icudata", "icui18n", "icuuc"),
        DEBIAN_TEXTS / "icu-devtools" / "copyright",
    ),
    Project("OpenMP", "Apache-2.0 WITH LLVM-exception", "https://openmp.llvm.org", ("iomp5md",)),
    Project("PortAudio", "MIT", "https://www.portaudio.com", ("portaudio64bit",)),
    Project("OpenSSL", "Apache-2.0", "https://www.openssl.org", ("_rust.abi3", "_rust")),
)  # fmt: skip
MICROSOFT = ("msvcp140", "vcomp140", "vcruntime140", "vcruntime140_1")  # a part of its own

_BY_LIBRARY = {library: project for project in PROJECTS for library in project.libraries}
# libx265-f5385bb8.so.216, avcodec-62-984de33114b7fa384296817dec999c9d.dll, libiomp5md.dll
_NAME = re.compile(
    r"(?:lib)?(?P<name>[\w+.-]+?)(?:-\d{1,3})?(?:-[0-9a-f]{8,})*(?:\.so[.\d]*|\.dll|\.pyd)"
)
# Beside the folders *.libs: libraries that lie in the package itself.
_BESIDE = re.compile(
    r"libicu\w+\.so.*|libiomp5md\.dll|libportaudio64bit\.dll|_rust(\.abi3)?\.(so|pyd)"
)


class UnknownLibraryError(Exception):
    """A library inside a wheel that nobody has looked up."""


def projects(files: Iterable[tuple[str, str]]) -> Mapping[Project, str]:
    """Return the projects inside wheels, each with its wheel: that is the only version it tells.

    `files` are (path in the bundle, wheel with its version). Raises UnknownLibraryError.
    """
    wheels: dict[Project, str] = {}
    for path, wheel in files:
        file = PurePath(path)
        if file.parent.suffix != ".libs" and not _BESIDE.fullmatch(file.name):
            continue
        parsed = _NAME.fullmatch(file.name)
        name = parsed["name"] if parsed else file.name
        if name in MICROSOFT or f"{name}.libs" == file.parent.name:
            continue  # the wheel's own
        if not parsed or name not in _BY_LIBRARY:
            raise UnknownLibraryError(f"{path}: whose is it? packaging/inside_wheels.py asks")
        wheels[_BY_LIBRARY[name]] = wheel
    return wheels
