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
from parts import LANGUAGE, PACKAGE, SYSTEM, Part

from tolmach import __version__

PURL_TYPES = {PACKAGE: "pypi", SYSTEM: "deb", LANGUAGE: "generic"}


def write(file: Path, rows: Iterable[Part], seconds: int) -> None:
    """Write the list, the same bytes for the same parts; `seconds` is the time of the commit."""
    program = Component(
        name="tolmach", version=__version__, type=ComponentType.APPLICATION, bom_ref="tolmach"
    )
    bom = Bom(components=[_component(row) for row in rows])
    bom.metadata.component = program
    bom.metadata.timestamp = datetime.fromtimestamp(seconds, UTC)
    bom.serial_number = uuid5(NAMESPACE_URL, f"tolmach {__version__} {seconds}")
    bom.register_dependency(program, bom.components)
    file.write_text(JsonV1Dot6(bom).output_as_string(indent=1), encoding="utf-8")


def _component(part: Part) -> Component:
    purl = PackageURL(PURL_TYPES[part.kind], name=part.name.lower(), version=part.version)
    pages = [ExternalReference(type=ExternalReferenceType.WEBSITE, url=XsUri(part.project))]
    return Component(
        name=part.name,
        version=part.version,
        type=ComponentType.LIBRARY,
        bom_ref=str(purl),
        purl=purl,
        licenses=[LicenseFactory().make_from_string(part.licence)],
        external_references=pages if part.project else [],
    )
