"""Which cases of a tier are held by one pair of rules: those of one worth together, or apart where another shares them.

Cases of one worth need one tag and one pair of rules, not one each.  Elements that ask the same share a pair too.  The
two can contradict each other, so the whole model is looked at: whatever leaves the fewest rules is taken.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from scorewright.model import conditions as con

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from scorewright.model.elements import Tier
    from scorewright.model.values import Number
    from scorewright_pardot.lower.expression import Expression

__all__ = [
    "OTHERWISE",
    "UNKNOWN",
    "Block",
    "Case",
    "Choice",
    "asks_for_none",
    "can_be_one",
    "choice_of",
    "choose",
    "fact_of",
    "left_out",
    "test_of",
]

OTHERWISE, UNKNOWN = -1, -2
"""Places of those who are in no case: their field is known, or it is not."""

Block = tuple[int, ...]
"""Places of cases that are held by one pair of rules."""

Sign = tuple[object, ...]
"""What a block asks: equal where one pair of rules holds both."""

_MOST_CASES = 7
"""Of more cases of one worth only all together, and each alone, are looked at."""
_MOST_WAYS = 4_096
_COST = {"take": 2, "set": 1}
"""Rules for each block: one that gives and one that takes back, or one that sets."""


class Case(NamedTuple):
    """One case: a short name for tags, when it is so, when it is not, and its points by score key."""

    slug: str
    holds: Expression
    fails: Expression
    points: tuple[tuple[str, Number], ...]
    beside: bool = False
    """Others of the element may be so at the same time."""


class Choice(NamedTuple):
    """One element's ways: for each worth the ways to part its cases, fewest blocks first, and what every block asks."""

    kind: str
    ways: tuple[tuple[tuple[Block, ...], ...], ...]
    signs: Mapping[Block, Sign]


# --- what a block asks ----------------------------------------------------------------------------------------------


def test_of(tier: Tier, place: int) -> con.Condition:
    """The test of a case, as a condition of its own."""
    case = tier.cases[place]
    if tier.field is not None and case.test is not None:
        return con.FieldTest(tier.field, case.test, path=tier.path)
    assert case.when is not None
    return case.when


def left_out(tier: Tier, block: Block) -> tuple[con.Condition, ...]:
    """The tests that must fail beside those of the block: of cases above it, or of all others where it is for the rest."""
    tests = [test_of(tier, place) for place in range(len(tier.cases))]
    if OTHERWISE in block or UNKNOWN in block:
        return tuple(test for place, test in enumerate(tests) if place not in block)
    first = min(block)
    return tuple(
        tests[above] for above in range(first) if not all(_apart(tests[above], tests[at]) for at in block)
    )


def _apart(one: con.Condition, other: con.Condition) -> bool:
    """Whether two whole texts can never both be the field's, so that neither needs to leave the other out."""
    found = []
    for test in (one, other):
        inner = test.test if isinstance(test, con.FieldTest) else None
        if isinstance(inner, con.Is):
            found.append({str(value).casefold() for value in inner.values})
        elif isinstance(inner, con.Matches) and inner.mode == "is":
            found.append({text.casefold() for text in inner.texts})
    return len(found) == 2 and not found[0] & found[1]


def can_be_one(tier: Tier, block: Block) -> bool:
    """Whether one question tells a block from all the others."""
    inner = sorted(place for place in block if place >= 0)
    if UNKNOWN in block and OTHERWISE not in block:
        return block == (UNKNOWN,)
    tests = [test_of(tier, place) for place in range(len(tier.cases))]
    rest = OTHERWISE in block
    for other in range(len(tests)):
        before = [place for place in inner if place < other]
        after = [place for place in inner if place > other]
        if other in block or not before:
            continue  # what lies above all of them is left out as it is
        if not all(_apart(tests[other], tests[place]) for place in (before if rest else after)):
            return False
    return True


def _sign(tier: Tier, block: Block) -> Sign:
    if not can_be_one(tier, block):
        return ("some", frozenset(_sign(tier, (place,)) for place in block))
    beside = frozenset(left_out(tier, block))
    if OTHERWISE in block:
        return ("rest", tier.field, UNKNOWN in block, beside)
    if UNKNOWN in block:
        return ("unknown", tier.field, frozenset(test for test in beside if asks_for_none(test)))
    return ("any", frozenset(test_of(tier, place) for place in block), beside)


def fact_of(kind: str, when: con.Condition | None) -> Choice:
    """A fact: it holds or it does not, and there is nothing to choose."""
    members = when.members if isinstance(when, con.AnyOf) else (when,)
    return Choice(kind, ((((0,),),),), {(0,): ("any", frozenset(members), frozenset())})


def choice_of(tier: Tier, kind: str, worth_of: Callable[[int], int] = int) -> Choice:
    """A tier's ways; ``worth_of`` says what points come to.  Where one rule is enough for each, whatever is not one question is any of several."""
    worth: dict[int, list[int]] = {}
    for place, case in enumerate(tier.cases):
        worth.setdefault(worth_of(case.points.value), []).append(place)
    worth.setdefault(worth_of(tier.otherwise.value), []).append(OTHERWISE)
    if tier.field is not None:
        worth.setdefault(worth_of(0 if tier.unknown is None else tier.unknown.value), []).append(UNKNOWN)
    alone = any(asks_for_none(test_of(tier, place)) for place in range(len(tier.cases)))
    ways: list[tuple[tuple[Block, ...], ...]] = []
    signs: dict[Block, Sign] = {}
    for points, places in worth.items():
        if kind == "take" and not points:
            continue
        found = [
            parts
            for parts in _parted(tuple(places))
            if all(
                len(block) == 1 or (not alone and (kind == "set" or can_be_one(tier, block)))
                for block in parts
            )
        ]
        ways.append(tuple(sorted(found, key=len)))
        signs.update({block: _sign(tier, block) for parts in found for block in parts})
    return Choice(kind, tuple(ways), signs)


def asks_for_none(test: con.Condition) -> bool:
    """Whether a case of its own is for those of whom the field is unknown."""
    return isinstance(test, con.FieldTest) and test.test == con.Known(known=False)


def _parted(places: Block) -> Iterator[tuple[Block, ...]]:
    """Every way to part some cases into blocks."""
    if len(places) > _MOST_CASES:
        yield (places,)
        yield tuple((place,) for place in places)
        return
    if not places:
        yield ()
        return
    first, others = places[0], places[1:]
    for parts in _parted(others):
        yield ((first,), *parts)
        for at, part in enumerate(parts):
            yield (*parts[:at], (first, *part), *parts[at + 1 :])


# --- what leaves the fewest rules -----------------------------------------------------------------------------------


def choose(choices: Mapping[str, Choice]) -> dict[str, tuple[Block, ...]]:
    """For each element its blocks, so that all together need the fewest rules.

    Elements that can share nothing are chosen for apart.  All ways are tried where they are few; else each worth in
    turn takes what is best beside the others, until nothing gets better.
    """
    chosen: dict[str, tuple[Block, ...]] = {}
    for group in _together(choices):
        chosen.update(_best({key: choices[key] for key in group}))
    return chosen


def _together(choices: Mapping[str, Choice]) -> list[list[str]]:
    """Elements that could share a pair of rules, directly or through others."""
    groups: list[tuple[set[object], list[str]]] = []
    for key, choice in choices.items():
        asked: set[object] = {(choice.kind, sign) for sign in choice.signs.values()}
        keys = [key]
        apart = []
        for signs, names in groups:
            if signs & asked:
                asked |= signs
                keys = [*names, *keys]
            else:
                apart.append((signs, names))
        groups = [*apart, (asked, keys)]
    return [keys for _, keys in groups]


def _best(choices: Mapping[str, Choice]) -> dict[str, tuple[Block, ...]]:
    slots = [(key, ways) for key, choice in choices.items() for ways in choice.ways]
    count = 1
    for _, ways in slots:
        count *= len(ways)
    every = [ways for _, ways in slots]
    picked = (
        min(product(*every), key=lambda parts: _rules(choices, slots, parts))
        if count <= _MOST_WAYS
        else _by_turns(choices, slots)
    )
    found: dict[str, tuple[Block, ...]] = dict.fromkeys(choices, ())
    for (key, _), parts in zip(slots, picked, strict=True):
        found[key] = (*found[key], *parts)
    return found


_Slots = list[tuple[str, tuple[tuple[Block, ...], ...]]]


def _rules(
    choices: Mapping[str, Choice], slots: _Slots, picked: Sequence[tuple[Block, ...]]
) -> tuple[int, int]:
    """The rules that are needed, and the blocks: of two ways with as many rules the plainer one."""
    asked = {
        (choices[key].kind, choices[key].signs[block])
        for (key, _), parts in zip(slots, picked, strict=True)
        for block in parts
    }
    return sum(_COST[kind] for kind, _ in asked), sum(map(len, picked))


def _by_turns(choices: Mapping[str, Choice], slots: _Slots) -> Sequence[tuple[Block, ...]]:
    """From all together and from each alone, one worth after another, as long as something gets better."""
    starts = [[ways[0] for _, ways in slots], [ways[-1] for _, ways in slots]]
    ends = [_improved(choices, slots, start) for start in starts]
    return min(ends, key=lambda picked: _rules(choices, slots, picked))


def _improved(
    choices: Mapping[str, Choice], slots: _Slots, picked: list[tuple[Block, ...]]
) -> list[tuple[Block, ...]]:
    while True:
        before = _rules(choices, slots, picked)
        for at, (_, ways) in enumerate(slots):
            tried = [[*picked[:at], parts, *picked[at + 1 :]] for parts in ways]
            picked = min(tried, key=lambda some: _rules(choices, slots, some))
        if _rules(choices, slots, picked) >= before:
            return picked
