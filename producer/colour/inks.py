"""What inks a colour of the layout or of a drawing is printed in."""

from __future__ import annotations

from collections.abc import Mapping

from producer.colour.profile import Inks, Profile, Rgb

BLACK: Inks = (0.0, 0.0, 0.0, 1.0)
# Colours this near are one: eight bits a channel, written with few digits.
_STEPS = 255
# Channels so near are a grey, and a grey so dark is meant as black: on newsprint a screened black
# would only eat the fine strokes.
_GREY_SPREAD, _BLACK_MOST = 12, 51


class InkTable:
    """sRGB colours to inks: by the layout's table, greys in black alone, others by the profile.

    Text never goes through a profile, which would part black and greys among four inks and blur
    small type: what the table lacks is parted into two inks and black (full under colour removal).
    """

    def __init__(
        self, table: Mapping[str, tuple[float, ...]], profile: Profile, limit: int
    ) -> None:
        """The layout's table has `#rrggbb` and inks in percent; `limit` is total ink in percent."""
        self._profile = profile
        self._limit = limit / 100
        self._known: dict[tuple[int, int, int], Inks] = {}
        for name, (c, m, y, k) in table.items():
            key = int(name[1:3], 16), int(name[3:5], 16), int(name[5:7], 16)
            self._known[key] = (c / 100, m / 100, y / 100, k / 100)
        self._made: dict[tuple[int, int, int], Inks] = {}

    def of_text(self, colour: Rgb) -> Inks:
        """The inks of a text's colour, parts 0 to 1."""
        key = _key(colour)
        return self._known.get(key) or _black_first(key)

    def of_area(self, colour: Rgb) -> Inks:
        """The inks of a rule, a tint or a drawing's colour."""
        key = _key(colour)
        if key in self._known or len(set(key)) == 1:
            return self.of_text(colour)
        if key not in self._made:
            self._made[key] = limited(self._profile.inks(colour), self._limit)
        return self._made[key]


def _key(colour: Rgb) -> tuple[int, int, int]:
    red, green, blue = (round(min(max(part, 0), 1) * _STEPS) for part in colour)
    return red, green, blue


def _black_first(key: tuple[int, int, int]) -> Inks:
    """As much black as the colour has grey; what remains has two inks at most.

    A grey, or what is nearly one, is black alone.
    """
    most = max(key)
    if most - min(key) <= _GREY_SPREAD:
        return BLACK if most <= _BLACK_MOST else (0.0, 0.0, 0.0, (_STEPS - most) / _STEPS)
    c, m, y = ((most - part) / _STEPS for part in key)
    return c, m, y, (_STEPS - most) / _STEPS


def limited(inks: Inks, limit: float) -> Inks:
    """The inks with cyan, magenta and yellow drawn back until their sum keeps the limit."""
    *colours, black = inks
    room = max(limit - black, 0)
    scale = min(1.0, room / total) if (total := sum(colours)) else 1.0
    c, m, y = (part * scale for part in colours)
    return c, m, y, black
