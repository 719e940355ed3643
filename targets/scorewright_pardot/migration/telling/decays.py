"""Decays: steps that wait for their quarantine, that are new, and values set for who is silent already."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from scorewright.plugin.emulation import Bound
from scorewright.plugin.notes import Result
from scorewright_pardot.migration.programs import acting, as_rules, is_ladder
from scorewright_pardot.migration.quarantine import quarantines
from scorewright_pardot.migration.tables import adjusts, element_of, is_closed, set_to
from scorewright_pardot.migration.telling.ground import RULES, WHEN

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from scorewright.model.elements import Step as DecayStep
    from scorewright.plugin.bundle import Emitted
    from scorewright.plugin.notes import Note
    from scorewright_pardot.migration.telling.ground import Ground

__all__ = ["decays", "most"]

_MOST_TIMES = 12
"""How often a repeated step comes in one silence, before it counts as drawn out."""


def decays(ground: Ground) -> Iterator[Note]:
    """Steps that wait for their quarantine, steps that are new, and values that are set for who is silent already."""
    late = quarantines(acting(ground.difference), ground.shortest)
    for element, days in late.items():
        times = _missed(ground, element, days)
        at_once = most(ground, element, days)
        taken = max(at_once, _each(ground, element) * times)
        yield ground.note(
            "late-in-quarantine",
            Result.BOUNDED,
            element,
            bound=f"{taken} points more for up to {days} days, and until the next silence for who is silent at the change; "
            f"{at_once} less for whom what holds gives points in a silence before the step comes late",
            bounds=(
                *_decayed(ground, element, _over_a_level(ground, element), taken, max(1, times)),
                *_met_late(ground, element, at_once),
                *_longer_silent(ground, element, times),
            ),
            facts=("edits-keep-memory",),
        )
    yield from _new_steps(ground, late)
    lower: dict[str, int] = {}
    for element, less in (*_set_again(ground, late), *_down_again(ground), *_stops_lower(ground)):
        lower[element] = min(less, lower.get(element, 0))
    for element, less in lower.items():
        yield ground.note(
            "set-again-in-silence",
            Result.BOUNDED,
            element,
            bound=f"up to {-less} points less, until the next silence, for who is silent at the change",
            bounds=_decayed(ground, element, less, 0),
        )


def _new_steps(ground: Ground, late: Collection[str]) -> Iterator[Note]:
    taken = {key: sum(map(partial(_worth, ground), steps)) for key, steps in _fresh_steps(ground)}
    for item in acting(ground.difference).added:
        if item.lowering == "decay" and item.elements and is_closed(item):
            taken[item.elements[0]] = most(ground, item.elements[0])
    for key, decay in ground.request.model.decay.items():
        again = [step for step in decay.steps if step.every is not None]
        if again and ground.since.model is not None and key not in ground.since.model.decay:
            rest = sum(_worth(ground, step) for step in decay.steps if step.every is None)
            taken[decay.name] = rest + _MOST_TIMES * sum(map(partial(_worth, ground), again))
    rules = as_rules(ground.bundle.objects)
    for element, points in taken.items():
        mine = [item for item in rules if item.lowering == "decay" and element_of(item) == element]
        if element not in late and not (mine and all(map(is_ladder, mine))):
            yield ground.note(
                "new-step-has-no-past",
                Result.BOUNDED,
                element,
                bound=f"{points} points more, until the next silence, for who has been silent for longer than the window",
                bounds=_decayed(ground, element, _over_a_level(ground, element), points),
            )


def _over_a_level(ground: Ground, element: str) -> int:
    """What a step takes from who has a point too many, and so is in its level; nothing of it otherwise."""
    found = [0]
    for decay in ground.request.model.decay.values():
        for step in decay.steps if decay.name == element else ():
            least = step.level.least
            if least is not None and step.set_to is not None:
                found.append(min(0, step.set_to.value - least + 1))
            elif least is not None:
                found.append(-_worth(ground, step))
    return min(found)


def _fresh_steps(ground: Ground) -> Iterator[tuple[str, Sequence[DecayStep]]]:
    """The steps by which a decay that goes on has more than before: also one that only makes a rule take more."""
    before = ground.since.model
    for key, decay in ground.request.model.decay.items():
        old = before.decay.get(key) if before is not None else None
        if old is not None and len(decay.steps) > len(old.steps):
            known = [(step.after, step.every) for step in old.steps]
            fresh = []
            for step in decay.steps:
                if (step.after, step.every) in known:
                    known.remove((step.after, step.every))
                else:
                    fresh.append(step)
            yield decay.name, fresh


def _worth(ground: Ground, step: DecayStep) -> int:
    """What a step takes at most."""
    if step.subtract is not None:
        return step.subtract.value
    rules = (item for item in as_rules(ground.bundle.objects) if str(step.path[1]) in item.name)
    return max((_taken(item) for item in rules), default=0)


def _set_again(ground: Ground, late: Collection[str]) -> Iterator[tuple[str, int]]:
    """A rule that sets acts on whoever is silent and above: also on those whom the old one has left there."""
    for pair in ground.difference.edits(RULES):
        element = element_of(pair.new)
        before, after = set_to(pair.old), set_to(pair.new)
        if pair.new.lowering != "decay" or element in late or before is None or after is None:
            continue
        lower = after[1] - max(before)
        if before != after and lower < 0 and not is_closed(pair.new):
            yield element, lower


def _stops_lower(ground: Ground) -> Iterator[tuple[str, int]]:
    """What a step has brought to its end was met by a rule of its own: the one that takes the whole step knows nobody of them."""
    before = ground.since.model
    for key, decay in ground.request.model.decay.items():
        old = before.decay.get(key) if before is not None else None
        if old is None or old.stop_at is None:
            continue
        if decay.stop_at is not None and decay.stop_at.value >= old.stop_at.value:
            continue
        lower = -max((_worth(ground, step) for step in decay.steps if step.set_to is None), default=0)
        if lower:
            yield decay.name, lower


def _down_again(ground: Ground) -> Iterator[tuple[str, int]]:
    """A program that brings a category down takes whoever is silent and above: also those whom the old one has left there."""
    change, before = acting(ground.difference), ground.since.model
    if before is None:
        return
    there = {element_of(item) for item in (*change.removed, *(pair.old for pair in change.changed))}
    ladders = [item for item in (*change.added, *(pair.new for pair in change.changed)) if is_ladder(item)]
    for element in dict.fromkeys(element_of(item) for item in ladders if element_of(item) in there):
        lower = min(
            (
                _lower(ground, old.steps, new.steps)
                for new in ground.request.model.decay.values()
                for old in before.decay.values()
                if new.name == element and old.name == element
            ),
            default=0,
        )
        if lower < 0:
            yield element, lower


def _lower(ground: Ground, old: Sequence[DecayStep], new: Sequence[DecayStep]) -> int:
    """How much lower the new steps set than the old ones did; what only subtracted has left anything."""
    was, now = ([step.set_to.value for step in steps if step.set_to is not None] for steps in (old, new))
    if len(was) == len(now) == len(old) == len(new):
        return min(after - earlier for earlier, after in zip(was, now, strict=True))
    if len(was) < len(old):
        return -max((_worth(ground, step) for step in new if step.set_to is not None), default=0)
    return min(now, default=0) - max(was, default=0)


def most(ground: Ground, element: str, days: int = 0) -> int:
    """What a decay takes at most from somebody in so many days: each step once a silence, or as often as it comes in them."""
    found = 0
    for decay in ground.request.model.decay.values():
        if decay.name == element:
            found = max(found, sum(_worth(ground, step) * _times(step, days) for step in decay.steps))
    return found


def _missed(ground: Ground, element: str, days: int) -> int:
    """How often a step that comes in shorter turns now has come, in one silence, more than rules have met it.

    Those of then met it in longer turns, or once, up to the change; what came since, and while its rules rest, none has met:
    and one time more, which they come to late.
    """
    before = ground.since.model
    found = 0
    for key, decay in ground.request.model.decay.items():
        old = before.decay.get(key) if before is not None else None
        for step, was in zip(decay.steps, old.steps, strict=False) if old is not None else ():
            if decay.name != element or step.every is None:
                continue
            if was.every is not None and was.every.seconds <= step.every.seconds:
                continue
            for times in range(1, _MOST_TIMES + 1):
                silent = step.after.seconds + (times - 1) * step.every.seconds
                found = max(found, 1 + times - _met(was, silent - days * 86_400))
    return found


def _met(step: DecayStep, silent: int) -> int:
    """How often a step has come after so many seconds of silence."""
    if silent < step.after.seconds:
        return 0
    return 1 if step.every is None else 1 + (silent - step.after.seconds) // step.every.seconds


def _each(ground: Ground, element: str) -> int:
    """What the steps of a decay that repeat take at once."""
    decays = (decay for decay in ground.request.model.decay.values() if decay.name == element)
    return max(
        (sum(_worth(ground, step) for step in decay.steps if step.every is not None) for decay in decays),
        default=0,
    )


def _longer_silent(ground: Ground, element: str, times: int) -> tuple[Bound, ...]:
    """Whoever has been silent for so long that the step has come more often than is counted."""
    if not times:
        return ()
    return tuple(Bound(one.gauge, 0, None, "drawn-out") for one in ground.moves(element, 0, 1))


def _met_late(ground: Ground, element: str, taken: int) -> tuple[Bound, ...]:
    """What comes without an activity, while a step is late, meets it."""
    return tuple(bound._replace(when="facts-change") for bound in ground.moves(element, -taken, 0))


def _decayed(ground: Ground, element: str, least: int, most: int, times: int = 1) -> tuple[Bound, ...]:
    """A decay's scores off by so much, and its actions done so many ``times`` more or less."""
    found = [*ground.moves(element, least, most)]
    for decay in ground.request.model.decay.values():
        if decay.name == element:
            for action in decay.then:
                key = f"mark {getattr(action, 'mark', '')}"
                found += [Bound(key, -1, 1, WHEN)] if key in ground.at else []
    done = f"done {element}."
    found += [Bound(name, -times, times, WHEN) for name in ground.at if name.startswith(done)]
    return tuple(dict.fromkeys(found))


def _times(step: DecayStep, days: int) -> int:
    """How often a step can come in so many days, silence after silence, or again and again in one."""
    seconds = days * 86_400
    again = -(-seconds // step.every.seconds) if step.every is not None else 0
    return 1 + max(again, seconds // step.after.seconds)


def _taken(item: Emitted) -> int:
    return -sum(min(0, points) for points in adjusts(item.table).values())
