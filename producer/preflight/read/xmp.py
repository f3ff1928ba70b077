"""XMP: what a file's metadata stream says, property by property."""

from __future__ import annotations

from lxml import etree

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"


def read_xmp(data: bytes) -> dict[str, str]:
    """Properties as elements or attributes have them, by `{namespace}name`.

    A list or a choice of languages gives its first item; a broken stream gives nothing.
    """
    try:
        tree = etree.fromstring(data, etree.XMLParser(resolve_entities=False))
    except etree.XMLSyntaxError:
        return {}
    found: dict[str, str] = {}
    for description in tree.iter(f"{_RDF}Description"):
        found |= {str(name): str(value) for name, value in description.attrib.items()}
        for element in description.iterchildren(etree.Element):
            item = element.find(f".//{_RDF}li")
            text = element.text if item is None else item.text
            found[str(element.tag)] = (text or "").strip()
    return found
