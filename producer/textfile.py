"""Text files as editors save them: encoding, line ends, and characters that cannot be set."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from producer.errors import Findings, Place

# Encodings that editors' programs write instead of UTF-8, likeliest first.
_LIKELY_ENCODINGS = ("gb18030", "big5", "shift_jis", "cp1252")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")

# C0 and C1 controls but tab and newline, invisible spaces and direction marks, line separators,
# noncharacters: nothing that a reader of a printed page could see.
_CONTROLS = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ufffe\uffff]"
)
_PRIVATE = "[\ue000-\uf8ff\U000f0000-\U0010ffff]"
_UNFIT = re.compile(f"(?P<control>{_CONTROLS})|(?P<private>{_PRIVATE})|(?P<lost>\ufffd)")
_IDS = {"control": "text.control", "private": "text.private-use", "lost": "text.replacement"}


def read_text(path: Path, file: str, findings: Findings) -> str | None:
    """A file's text, its lines ending in a newline alone, without unfit characters, or None.

    Args:
        path: The file on disk.
        file: Its name for messages.
        findings: Takes the problems; each unfit character is told with its line.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        findings.add("file.missing", Place(file))
        return None
    except OSError as error:
        findings.add("file.unreadable", Place(file), reason=error.strerror or str(error))
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        likely = _likely_encoding(data)
        findings.add("file.encoding", Place(file, line), byte=error.start, likely=likely)
        return None
    return clean(text, file, findings)


def clean(text: str, file: str, findings: Findings) -> str:
    """The text without its byte order mark and unfit characters, each of which is told."""
    if text.startswith("\ufeff"):
        findings.add("text.bom", Place(file, 1), level="note")
        text = text[1:]
    text = text.replace("\r\n", "\n")
    for found in _UNFIT.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        code = f"U+{ord(found[0]):04X}"
        name = unicodedata.name(found[0], "-")
        findings.add(_IDS[str(found.lastgroup)], Place(file, line), code=code, name=name)
    return _UNFIT.sub("", text)


def _likely_encoding(data: bytes) -> str:
    """The encoding that the file was probably saved in, or a dash."""
    if data.startswith(_UTF16_MARKS):
        return "UTF-16"
    for encoding in _LIKELY_ENCODINGS:
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding.upper()
    return "-"
