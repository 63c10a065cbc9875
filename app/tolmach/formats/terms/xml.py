"""XML from strangers: no document type, no entities, nothing fetched, nothing that grows."""

from xml.etree.ElementTree import Element, ParseError

import defusedxml
from defusedxml import ElementTree

from tolmach.core.errors import StorageError

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def parse(data: bytes, name: str) -> Element:
    """Return the root; raises StorageError "terms-dangerous" or "terms-not-xml".

    A document type that only names itself, as TMX files do, is let through; what it would declare
    is not.
    """
    try:
        root: Element = ElementTree.fromstring(data)
    except defusedxml.DefusedXmlException as error:
        raise StorageError("terms-dangerous", name=name) from error
    except (ParseError, ValueError, LookupError) as error:
        line = str(getattr(error, "position", (1,))[0])
        raise StorageError("terms-not-xml", name=name, line=line) from error
    return root


def local(element: Element) -> str:
    """Return an element's name without its namespace; "" for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def language(tag: str) -> str:
    """Return our code for a language tag: "ru-RU" and "RU_ru" are "ru"."""
    return tag.replace("_", "-").partition("-")[0].lower()
