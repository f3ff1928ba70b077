"""New names for a changed face: its licence reserves the old ones."""

from __future__ import annotations

from fontTools.ttLib import TTFont

# Name ids of the OpenType specification, table `name`.
_COPYRIGHT, _VERSION, _LICENCE, _LICENCE_URL = 0, 5, 13, 14
KEPT_NAMES = (_COPYRIGHT, _LICENCE, _LICENCE_URL)
_WINDOWS_ENGLISH = (3, 1, 0x409)
# OS/2 fsSelection and head macStyle bits.
_FS_ITALIC, _FS_BOLD, _FS_REGULAR = 1 << 0, 1 << 5, 1 << 6
_MAC_BOLD = 1 << 0


def rename(font: TTFont, family: str, style: str, weight: int) -> None:
    """Give a face its family, style and weight, and a PostScript name that only it has.

    The copyright and licence entries stay, as the licence asks; nothing else of the old
    names does.
    """
    postscript = f"{family.replace(' ', '')}-{style}"
    _rewrite_names(font, family, style, postscript)
    _set_weight(font, weight)
    if "CFF " in font:
        _rename_cff(font, family, style, postscript)


def _rewrite_names(font: TTFont, family: str, style: str, postscript: str) -> None:
    table = font["name"]
    kept = {id: table.getDebugName(id) for id in KEPT_NAMES}
    # The older pair of names knows but Regular and Bold in one family.
    is_basic = style in ("Regular", "Bold")
    names: dict[int, str | None] = {
        **kept,
        1: family if is_basic else f"{family} {style}",
        2: style if is_basic else "Regular",
        3: f"{_revision(font)};{postscript}",
        4: f"{family} {style}",
        _VERSION: f"Version {_revision(font)}",
        6: postscript,
        16: family,
        17: style,
    }
    table.names = []
    for id, text in names.items():
        if text:
            table.setName(text, id, *_WINDOWS_ENGLISH)


def _revision(font: TTFont) -> str:
    return f"{font['head'].fontRevision:.3f}"


def _set_weight(font: TTFont, weight: int) -> None:
    os2, head = font["OS/2"], font["head"]
    os2.usWeightClass = weight
    os2.achVendID = "NONE"
    bits = os2.fsSelection & ~(_FS_ITALIC | _FS_BOLD | _FS_REGULAR)
    is_bold = weight == 700
    os2.fsSelection = bits | (_FS_BOLD if is_bold else _FS_REGULAR)
    head.macStyle = _MAC_BOLD if is_bold else 0


def _rename_cff(font: TTFont, family: str, style: str, postscript: str) -> None:
    cff = font["CFF "].cff
    cff.fontNames[0] = postscript
    top = cff.topDictIndex[0]
    top.FullName, top.FamilyName, top.Weight = f"{family} {style}", family, style
    # The names of a CID font's parts hold the old name too.
    for index, part in enumerate(getattr(top, "FDArray", ())):
        part.FontName = f"{postscript}-{index}"
