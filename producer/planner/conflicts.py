"""Why a story can stand nowhere on its page: the smallest set of things in its way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ortools.sat.python import cp_model

from producer.layouts import Layout
from producer.model import Wish
from producer.planner.desk import Item
from producer.planner.ground import Ground
from producer.planner.means import means_for
from producer.planner.model import PageModel
from producer.planner.shapes import ShapeMaker

# Of the solver's deterministic time, for one question whether something stands at all.
_EFFORT = 0.3
_FREE = Wish(story="any")


@dataclass(frozen=True)
class Condition:
    """One thing that must be heeded: a wish for a story, or what stands on the page already."""

    kind: str
    name: str
    told: str


def conflict(
    items: Sequence[Item], ground: Ground, layout: Layout, maker: ShapeMaker
) -> tuple[str, ...] | None:
    """The smallest set of conditions under which these stories cannot stand on a page together.

    Found by leaving out one condition after the other as long as the rest still conflict. None
    where they would have room if nothing else stood on the page, or where no condition is to blame.
    """
    conditions = [*_wishes(items), *_taken(ground)]
    if not conditions or _stand(items, conditions, ground, layout, maker):
        return None
    for condition in tuple(conditions):
        others = [each for each in conditions if each is not condition]
        if not _stand(items, others, ground, layout, maker):
            conditions = others
    return tuple(condition.told for condition in conditions) or None


def _wishes(items: Sequence[Item]) -> list[Condition]:
    """What is wanted of the stories, each as it is written in issue.yaml."""
    found = []
    for item in items:
        wish = item.wish
        if wish.columns:
            least, most = wish.columns
            told = f"{item.name}: columns: [{least}, {most}]"
            found.append(Condition("columns", item.name, told))
        if wish.picture == "required":
            found.append(Condition("picture", item.name, f"{item.name}: picture: required"))
        if wish.package:
            found.append(Condition("package", item.name, f"{item.name}: package: {wish.package}"))
    return found


def _taken(ground: Ground) -> list[Condition]:
    return [Condition("taken", f"{n}", name) for n, (name, _) in enumerate(ground.taken)]


def _stand(
    items: Sequence[Item],
    conditions: Sequence[Condition],
    ground: Ground,
    layout: Layout,
    maker: ShapeMaker,
) -> bool:
    """Whether the stories can stand on the page, nothing but these conditions heeded."""
    kept = {condition.name for condition in conditions if condition.kind == "taken"}
    bare = replace(
        ground, taken=tuple(each for n, each in enumerate(ground.taken) if f"{n}" in kept)
    )
    heeded = {(condition.kind, condition.name) for condition in conditions}
    shaped = [_shaped(item, heeded, bare, layout, maker) for item in items]
    if not all(item.shapes for item in shaped):
        return False
    page = PageModel(bare, layout, shaped)
    for spot in page.spots:
        page.cp.add(spot.is_there == 1)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = _EFFORT
    # What cannot be decided in that time is no plain conflict.
    return solver.solve(page.cp) != cp_model.INFEASIBLE


def _shaped(
    item: Item,
    heeded: set[tuple[str, str]],
    ground: Ground,
    layout: Layout,
    maker: ShapeMaker,
) -> Item:
    """The story with the shapes that it may have if only some of its wishes are heeded."""
    free = {
        key: getattr(_FREE, key)
        for key in ("columns", "picture", "package")
        if (key, item.name) not in heeded
    }
    own = replace(item, wish=item.wish.model_copy(update=free))
    means = means_for(own, ground, layout, "dense")
    return replace(own, shapes=tuple(maker.shapes(item.story, means)))


def apart(items: Sequence[Item], item: Item) -> tuple[str, ...] | None:
    """Wishes that want stories together and on several pages at once, if the item is among them."""
    for other in items:
        one, two = item.wish, other.wish
        tie = _tie(item, other)
        if tie and one.page and two.page and one.page != two.page:
            return (f"{item.name}: page: {one.page}", f"{other.name}: page: {two.page}", tie)
    return None


def _tie(item: Item, other: Item) -> str | None:
    """What binds two stories to one page."""
    if item is other:
        return None
    if item.wish.beside == other.name:
        return f"{item.name}: beside: {other.name}"
    if other.wish.beside == item.name:
        return f"{other.name}: beside: {item.name}"
    if item.wish.package and item.wish.package == other.wish.package:
        return f"package: {item.wish.package}"
    return None
