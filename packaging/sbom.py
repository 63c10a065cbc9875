"""The parts list of a bundle in CycloneDX, for those who must know what runs on their computers."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.factory.license import LicenseFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from parts import INSIDE, LANGUAGE, MODEL, PACKAGE, SYSTEM, Part

from tolmach import __version__

PURL_TYPES = {
    PACKAGE: "pypi",
    INSIDE: "generic",
    SYSTEM: "deb",
    LANGUAGE: "generic",
    MODEL: "generic",
}


def write(file: Path, rows: Iterable[Part], seconds: int) -> None:
    """Write the list, the same bytes for the same parts; `seconds` is the time of the commit."""
    program = Component(
        name="tolmach", version=__version__, type=ComponentType.APPLICATION, bom_ref="tolmach"
    )
    components = [_component(row) for row in rows]
    names = " ".join(sorted(component.bom_ref.value or "" for component in components))
    bom = Bom(components=components)
    bom.metadata.component = program
    bom.metadata.timestamp = datetime.fromtimestamp(seconds, UTC)
    bom.serial_number = uuid5(NAMESPACE_URL, f"tolmach {__version__} {seconds} {names}")
    bom.register_dependency(program, bom.components)
    file.unlink(missing_ok=True)  # it may be one file with that of a bundle without Whisper
    file.write_text(JsonV1Dot6(bom).output_as_string(indent=1), encoding="utf-8")


def _component(part: Part) -> Component:
    purl = PackageURL(PURL_TYPES[part.kind], name=part.name.lower(), version=part.version)
    pages = [ExternalReference(type=ExternalReferenceType.WEBSITE, url=XsUri(part.project))]
    return Component(
        name=part.name,
        version=part.version,
        type=ComponentType.MACHINE_LEARNING_MODEL if part.kind == MODEL else ComponentType.LIBRARY,
        bom_ref=str(purl),
        purl=purl,
        licenses=[LicenseFactory().make_from_string(part.licence)],
        external_references=pages if part.project else [],
    )
