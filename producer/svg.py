"""SVG files from outside: well-formed, of known size, and without anything that reaches out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

# A drawing is small; a larger file is a photograph in disguise or an attack.
_BYTES_LIMIT = 20_000_000

_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]+)?)\s*(px|pt|pc|mm|cm|in|q)?\s*", re.I)
_PX = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
_PX["q"] = 96 / 101.6

_FORBIDDEN = frozenset(("script", "foreignobject", "iframe", "audio", "video", "handler"))
_LINKS = frozenset(("href", "src"))
_CSS_URL = re.compile(r"url\(\s*['\"]?\s*([^'\")]*)|(@import)", re.I)
_DATA_IMAGE = re.compile(r"data:image/(?!svg)", re.I)


class SvgError(Exception):
    """A drawing that is refused: the message's id, and what is wrong with it."""

    def __init__(self, id: str, what: str) -> None:
        self.id = id
        self.what = what
        super().__init__(id, what)


def read_svg(data: bytes) -> tuple[float, float, tuple[str, ...]]:
    """Width and height in px, and the `data:` URLs of the pictures that the drawing embeds.

    Raises:
        SvgError: if the file is no SVG, has no size, or names anything outside itself.
    """
    root = _parse(data)
    embedded = []
    for what in _outside(root):
        if not _DATA_IMAGE.match(what):
            raise SvgError("picture.svg-unsafe", what[:60])
        embedded.append(what)
    width, height = _size(root)
    return width, height, tuple(embedded)


def _parse(data: bytes) -> etree._Element:
    """The root element, with no entity replaced and nothing fetched."""
    if len(data) > _BYTES_LIMIT:
        raise SvgError("picture.svg-broken", f"{len(data) // 1_000_000} MB")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise SvgError("picture.svg-broken", str(error)) from error
    if etree.QName(root).localname != "svg":
        raise SvgError("picture.svg-broken", f"<{etree.QName(root).localname}>")
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(True for _ in dtd.iterentities()):
        raise SvgError("picture.svg-unsafe", "<!ENTITY>")
    return root


def _outside(root: etree._Element) -> Iterator[str]:
    """Everything that runs, or that points to something other than a part of the drawing."""
    for node in root.getroottree().iter():
        if isinstance(node, etree._ProcessingInstruction):
            yield f"<?{node.target}?>"
        elif isinstance(node, etree._Entity):
            yield f"&{node.name};"
        elif isinstance(node, etree._Comment):
            continue
        else:
            yield from _outside_of_element(node)


def _outside_of_element(node: etree._Element) -> Iterator[str]:
    tag = etree.QName(node).localname
    if tag.lower() in _FORBIDDEN:
        yield f"<{tag}>"
    if tag == "style":
        yield from _css_urls("".join(map(str, node.itertext())))
    for name, value in node.attrib.items():
        local = etree.QName(name).localname.lower()
        if local.startswith("on"):
            yield f"{local}=…"
        elif local in _LINKS and not str(value).strip().startswith("#"):
            yield str(value).strip()
        else:
            yield from _css_urls(str(value))


def _css_urls(text: str) -> Iterator[str]:
    """The addresses in a piece of CSS that are not those of parts of the drawing."""
    plain = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    if "\\" in plain:  # escapes could spell url() in other letters
        yield plain.strip()
    for found in _CSS_URL.finditer(plain):
        address = (found[1] or found[2] or "").strip()
        if not address.startswith("#"):
            yield address or "url()"


def _size(root: etree._Element) -> tuple[float, float]:
    """From the view box, which scales, else from width and height."""
    box = re.split(r"[\s,]+", str(root.get("viewBox", "")).strip())
    if len(box) == 4 and (sizes := [_LENGTH.fullmatch(part) for part in box[2:]]) and all(sizes):
        width, height = (float(size[1]) for size in sizes if size)
    else:
        width, height = _px(root.get("width")), _px(root.get("height"))
    if not (width > 0 and height > 0):
        raise SvgError("picture.svg-size", f"{width:g} × {height:g}")
    return width, height


def _px(length: str | None) -> float:
    """A CSS length in px; 0 for none and for percentages."""
    found = _LENGTH.fullmatch(length or "")
    return float(found[1]) * _PX[(found[2] or "px").lower()] if found else 0.0
