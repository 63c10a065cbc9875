"""Documents for the tests, made here, and what the tests do with them."""

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace

from tolmach.formats.documents.document import Document, Unit

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMESPACES = (
    f'xmlns:w="{W}" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def docx(
    body: str, others: Mapping[str, str] | None = None, extra: Mapping[str, bytes] | None = None
) -> bytes:
    """Return a document; `others`: "header1", "footnotes" … -> what is in their root."""
    others = others or {}
    roots = {"header": "hdr", "footer": "ftr", "footnotes": "footnotes", "endnotes": "endnotes"}
    kinds = {name: name.rstrip("0123456789") for name in others}
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_KIND}.{kind}+xml"/>'
        for name, kind in {"document": "document.main", **kinds}.items()
    )
    relations = "".join(
        f'<Relationship Id="r{name}" Type="{_OFFICE}/{kind}" Target="{name}.xml"/>'
        for name, kind in kinds.items()
    )
    document = f"<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>"
    files = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'{relations}<Relationship Id="link" Type="{_OFFICE}/hyperlink" '
        'Target="http://пример.рф/" TargetMode="External"/></Relationships>',
        "word/document.xml": document,
    }
    for name, inner in others.items():
        root = roots[kinds[name]]
        files[f"word/{name}.xml"] = f"<w:{root} {_NAMESPACES}>{inner}</w:{root}>"
    return packed({name: text.encode() for name, text in files.items()} | dict(extra or {}))


def packed(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files.items():
            package.writestr(name, data)
    return out.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def part(data: bytes, name: str = "word/document.xml") -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name).decode()


def run(text: str, properties: str = "") -> str:
    inner = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inner}<w:t xml:space="preserve">{text}</w:t></w:r>'


def texts(document: Document) -> list[str]:
    return [unit.text for unit in document.units]


def changed(document: Document, change: Callable[[str], str], language: str = "") -> bytes:
    """Write a document with every text changed; texts must keep their length."""
    return document.written(
        [replace(unit, text=change(unit.text)) for unit in document.units], language
    )


def upper(document: Document, language: str = "") -> bytes:
    return changed(document, str.upper, language)


def styled(unit: Unit) -> list[str]:
    return [unit.text[style.start : style.end] for style in unit.styles]
