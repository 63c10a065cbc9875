"""Whose the libraries inside wheels are: each that we bring is known, and a new one is an error."""

from importlib.metadata import distributions

import pytest

from tests.packaging.tools import tool

inside_wheels = tool("inside_wheels")
parts = tool("parts")
notices = tool("notices")

WINDOWS = (
    "av.libs/avcodec-62-984de33114b7fa384296817dec999c9d.dll",
    "av.libs/libgcc_s_seh-1-4c0a762e4178b574f72d1ef1f8bb5fc9.dll",
    "av.libs/libiconv-2-6ce5f4ff92ada49d6f23a8e413455502.dll",
    "av.libs/libopencore-amrnb-0-b8933128305cd084d40426d0d2c0d9ef.dll",
    "av.libs/libstdc++-6-2d5c346d47ad531ef9f5185db0e8cef3.dll",
    "av.libs/libx264-165-f3a909470ddc2d85ed21eda3d0fb7954.dll",
    "av.libs/zlib1-79e0c4f9db71cb511398c504b832d395.dll",
    "ctranslate2/ctranslate2.dll",
    "ctranslate2/libiomp5md.dll",
    "numpy.libs/msvcp140-a4c2229bdc2a2a630acdc095b4d86008.dll",
)


def test_every_library_here_is_known() -> None:
    files = [
        (str(file), package.metadata["Name"])
        for package in distributions()
        for file in package.files or []
        if package.metadata["Name"]
        in ("av", "cryptography", "ctranslate2", "numpy", "sentencepiece")
    ]
    names = {project.name for project in inside_wheels.projects(files)}
    assert {"FFmpeg", "OpenBLAS", "OpenSSL", "Opus"} <= names


def test_names_of_windows_are_read() -> None:
    projects = inside_wheels.projects((path, "a 1") for path in WINDOWS)
    assert {project.name for project in projects} == {
        "FFmpeg", "GCC", "libiconv", "opencore-amr", "OpenMP", "x264", "zlib"
    }  # fmt: skip


@pytest.mark.parametrize(
    "path", ["av.libs/libstranger-0a1b2c3d.so.1", "av.libs/libstranger.dll", "av.libs/a b"]
)
def test_a_stranger_ends_the_build(path: str) -> None:
    with pytest.raises(inside_wheels.UnknownLibraryError, match="whose is it"):
        inside_wheels.projects([(path, "av 1")])


@pytest.mark.parametrize("project", inside_wheels.PROJECTS, ids=lambda project: project.name)
def test_each_has_a_text(project: object) -> None:
    (part,) = parts.of_libraries(
        [(f"a.libs/lib{project.libraries[0]}-0a1b2c3d.so.1", "a 1")]  # type: ignore[attr-defined]
    )
    general = any(word in part.licence for word in notices.GENERAL)
    assert notices._general_text(part) or part.texts or general
