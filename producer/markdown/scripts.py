"""Which characters stand side by side without a space, and those that stand for another."""

from __future__ import annotations

import re

# Ideographs, kana, Bopomofo, and the punctuation and forms that stand with them; not Hangul,
# which puts spaces between words.
_CJK = (
    "\u2e80-\u2fdf\u2ff0-\u312f\u31a0-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe10-\ufe1f"
    "\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffef\U00016fe0-\U0001b2ff\U0001f200-\U0001f2ff"
    "\U00020000-\U0003ffff"
)
# Signs that Chinese shares with Latin: they belong to what stands on their other side.
_SHARED = "“”‘’—…·"
IS_CJK = re.compile(f"[{_CJK}]")
NO_SPACE = re.compile(f"[{_CJK}]\n[{_CJK}{_SHARED}]|[{_SHARED}]\n[{_CJK}]")

# Private characters, which no clean text holds, stand for what is decided later.
# A soft line break, until its neighbours, perhaps of other runs, are known:
SOFT = "\ue001"
# A verse's typed indents, since Markdown takes the space at a line's beginning:
KEPT_SPACE = "\ue000"
