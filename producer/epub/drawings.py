"""SVG drawings made fit for every reader: nothing foreign in them, their text as outlines.

A drawing in a book is an `<img>`: it sees none of the book's fonts, and e-ink readers have few
of their own. So its text is turned into outlines (转曲) with the project's faces, as print shops
ask of drawings; what the drawing says is in its alternative text.
"""

from __future__ import annotations

from lxml import etree

from producer.epub.outlines import Outliner, UnknownText
from producer.errors import Findings, Place
from producer.fonts.library import FontLibrary

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_KNOWN = (None, XLINK, _XML)


def read_drawing(
    data: bytes, fonts: FontLibrary, place: Place, findings: Findings, changes: list[str]
) -> bytes:
    """The drawing's bytes for the book; `load` has seen that it is well-formed and harmless."""
    root = etree.fromstring(data, etree.XMLParser(remove_comments=True, remove_pis=True))
    _drop_foreign(root)
    _give_view_box(root)
    texts = list(root.iter(f"{{{SVG}}}text"))
    if texts:
        try:
            Outliner(root, fonts).replace(texts)
            changes.append(f"<text> × {len(texts)} → <path>")
        except UnknownText as error:
            findings.add("epub.drawing-text", place, "warning", what=str(error))
    etree.cleanup_namespaces(root)
    # The root's own tree would bring a document type along.
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True, with_tail=False))


def _drop_foreign(root: etree._Element) -> None:
    """Editors' own elements and attributes say nothing to readers, and validators balk at some."""
    for node in list(root.iter(etree.Element)):
        for name in list(node.attrib):
            if etree.QName(name).namespace not in _KNOWN:
                del node.attrib[name]
        foreign = etree.QName(node).namespace != SVG or etree.QName(node).localname == "metadata"
        if foreign and node.getparent() is not None:
            _remove(node)


def _remove(node: etree._Element) -> None:
    parent = node.getparent()
    if parent is not None:
        node.tail = None
        parent.remove(node)


def _give_view_box(root: etree._Element) -> None:
    """Without a view box a drawing is cut, not scaled, when its box is smaller."""
    if root.get("viewBox") is None:
        sizes = [str(root.get(side, "")).removesuffix("px") for side in ("width", "height")]
        if all(size.replace(".", "", 1).isdigit() for size in sizes):
            root.set("viewBox", f"0 0 {sizes[0]} {sizes[1]}")
