"""Which characters the faces can paint; what they cannot is told with its story and place."""

from __future__ import annotations

from producer.compose.classes import Class, class_of
from producer.errors import Findings, Place
from producer.fonts.library import FontLibrary


class Coverage:
    """Watches every text that is set, in galleys and in HTML alike.

    The renderer would take any font of the machine for a character that a face lacks.
    """

    def __init__(self, fonts: FontLibrary, findings: Findings) -> None:
        self.fonts = fonts
        self.findings = findings
        self.rare: set[str] = set()
        self._borrowed: set[str] = set()

    def check(self, text: str, face: str, place: Place, where: str) -> None:
        """Tell the characters that no face has; remember what is borrowed from other faces.

        What a face of another script paints is not rare: it is as it should be.
        """
        if self.fonts.paints(face, text):
            return
        for character in dict.fromkeys(text):
            key = self.fonts.face_for(face, character)
            if key is None:
                if class_of(character) not in (Class.SPACE, Class.ZERO_WIDTH):
                    self._tell(character, place, where)
            elif key != face:
                self._borrowed.add(key)
                if self.fonts.is_whole(key):
                    self.rare.add(character)

    def tell_rare(self) -> None:
        """Rare characters are printed from the whole faces: one note for all."""
        if self.rare:
            characters = "".join(sorted(self.rare))
            self.findings.add("character.rare", level="note", characters=characters)

    @property
    def faces(self) -> frozenset[str]:
        """The whole faces and the faces of other scripts that are needed."""
        return frozenset(self._borrowed)

    def _tell(self, character: str, place: Place, where: str) -> None:
        code = f"U+{ord(character):04X}"
        self.findings.add("character.missing", place, character=character, code=code, story=where)
