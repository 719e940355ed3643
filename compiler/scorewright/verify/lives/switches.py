"""Lives in which a condition is false, true, false and true again, each member of it deciding once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.semantics.parts import question
from scorewright.verify.lives.life import Aimed
from scorewright.verify.lives.story import Story
from scorewright.verify.lives.wants import both, unknown, ways

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.model import conditions as con
    from scorewright.model.elements import Grade, Model
    from scorewright.verify.lives.scene import Scene
    from scorewright.verify.lives.wants import Want

__all__ = ["nearest", "switched", "switches"]


def switches(stage: Scene) -> Iterator[Aimed]:
    """Segments, facts, tier cases and criteria, on and off."""
    for name, part, condition in _standing(stage.model):
        yield from switched(stage, name, condition, part)
    for grade in stage.model.grades.values():
        yield _graded(stage, grade)
        yield from _regraded(stage, grade)


def _standing(model: Model) -> Iterator[tuple[str, str, con.Condition]]:
    for segment in model.segments.values():
        yield f"segments.{segment.key}", "", segment.when
    for rule in model.rules.values():
        if not rule.on and rule.when is not None:
            yield f"rules.{rule.key}", "", rule.when
    for tier in model.tiers.values():
        for number, case in enumerate(tier.cases):
            asked = question(tier, case)
            if asked is not None and (tier.field is None or tier.field == "created"):
                yield f"tiers.{tier.key}", f"case {number + 1}, ", asked
    for grade in model.grades.values():
        for criterion in grade.criteria:
            yield f"grades.{grade.key}", f"{criterion.id}, ", criterion.when


def _graded(stage: Scene, grade: Grade) -> Aimed:
    """One criterion after the other matches, and then one after the other does not: through many sums of thirds."""
    story = Story(stage)
    for so in (True, False):
        for criterion in grade.criteria:
            for want in ways(stage.model, criterion.when, so=so)[:1]:
                story.become(want)
                story.rest()
    return Aimed(1, story.life(f"grades.{grade.key}: one after the other, on and off", f"grades.{grade.key}"))


def _regraded(stage: Scene, grade: Grade) -> Iterator[Aimed]:
    """While the others match: each criterion comes and goes, known and unknown, twice over."""
    for criterion in grade.criteria:
        story = Story(stage)
        for other in grade.criteria:
            for want in ways(stage.model, other.when)[: other is not criterion]:
                story.become(want)
                story.rest()
        true, false = (ways(stage.model, criterion.when, so=so)[:1] for so in (True, False))
        for want in (*true, unknown(stage.model, criterion.when), *false) * 2:
            story.become(want)
            story.rest()
        title = f"grades.{grade.key}: {criterion.id} comes and goes while the others match"
        yield Aimed(2, story.life(title, f"grades.{grade.key}"))


def switched(
    stage: Scene, name: str, condition: con.Condition, part: str = "", effort: int = 1
) -> Iterator[Aimed]:
    """A life for each way in which a condition holds, and one for each way in which it does not."""
    true, false = ways(stage.model, condition), ways(stage.model, condition, so=False)
    for number, want in enumerate(true):
        off = nearest(want, false)
        life = _story(stage, [off, want, off, want, off, want] if off is not None else [want])
        yield Aimed(
            min(effort + 2 * number, 9), life.life(f"{name}: {part}way {number + 1} on and off", name)
        )
    for number, want in enumerate(false[1:]):
        on = nearest(want, true)
        if on is not None:
            life = _story(stage, [on, want, on])
            yield Aimed(
                min(effort + 1 + number, 10),
                life.life(f"{name}: {part}way {number + 2} off and on", name),
            )


def nearest(want: Want, others: list[Want]) -> Want | None:
    """The opposite that shares most with a way."""
    return max(
        others,
        key=lambda other: len(set(want.tests + want.facts) & set(other.tests + other.facts)),
        default=None,
    )


def _story(stage: Scene, wants: list[Want]) -> Story:
    story = Story(stage)
    for want in wants:
        inside = next((joined for one in stage.population if (joined := both(want, one)) is not None), want)
        story.become(inside)
        story.rest()
    return story
