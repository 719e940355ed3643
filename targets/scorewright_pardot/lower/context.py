"""What one lowering run knows and collects; it never leaves the run, what leaves is frozen."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from scorewright.plugin.emulation import OF_ELEMENTS
from scorewright.plugin.notes import Note, Result
from scorewright_pardot.lower import bounds as room
from scorewright_pardot.lower.cannot import CannotLowerError
from scorewright_pardot.lower.expression import leaf
from scorewright_pardot.lower.fitting import member, part
from scorewright_pardot.lower.notes import NOTES
from scorewright_pardot.names import Names
from scorewright_pardot.objects import Made, Prerequisite, StaticList, Tag
from scorewright_pardot.options import Options

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scorewright.diagnostics.rule import KeyPath
    from scorewright.model.actions import Reset
    from scorewright.model.elements import Element, Input, Rule, Score, Tier
    from scorewright.plugin.emulation import Bound
    from scorewright.plugin.plans import PlanTable
    from scorewright.plugin.target import Request
    from scorewright_pardot.lower.cases import Block, Case
    from scorewright_pardot.lower.expression import Expression
    from scorewright_pardot.lower.scores import Homes
    from scorewright_pardot.lower.ticks import Band
    from scorewright_pardot.objects import DynamicList, Object
    from scorewright_pardot.planning.budget import Need

__all__ = ["CannotLowerError", "Context", "Due", "Told"]


_REASONS = {
    "band-label": "Writes the label of the band into its field.",
    "clamp": "Brings the score back to its bound.",
    "counter": "Counts the events, so that only the first ones are paid.",
    "decay": "Takes from the score what silence costs.",
    "decay-arm-again": "Arms the decay again after a return.",
    "give-and-take": "The points hold only as long as it is so.",
    "grade": "Keeps the criterion of the profile as the facts are.",
    "hand-raiser": "Whoever does this asks for a call, whatever the score.",
    "hit-tag": "Tells a rule that it happened.",
    "limited-award": "Pays the award, no more often than the limit says.",
    "match-once": "Pays once, and for good.",
    "residual": "Gives what the baseline row does not pay.",
    "start": "Everybody begins with these points.",
}
"""Why an object of a lowering exists, where the spec gives no reason."""


class Due(NamedTuple):
    """A case whose points are given by one rule and taken back by another: while either is due a score stands wrong.

    ``elements`` are those that it is a case of, ``moves`` its points in categories (by score key), ``total`` those in the
    overall score; ``given`` says that the points are given, or not due, and ``taken`` that they are taken back, or still due.
    """

    elements: frozenset[str]
    moves: Mapping[str, int]
    total: int
    given: Expression
    taken: Expression


class Told(NamedTuple):
    """A bound of the element in hand: in words, the facts that it rests on, and as values."""

    words: str
    facts: tuple[str, ...]
    bounds: tuple[Bound, ...]
    instead: str = ""
    """What can be written so that the bound falls away."""


class Pooled(Protocol):
    """Takes in what elements need, and emits all of it once nothing more comes."""

    def take(self, element: Rule | Tier | Input, cases: Iterable[Case]) -> str:
        """Take in an element; gives what is said of it.  Raises ``CannotLowerError``."""
        ...

    def keep(self, rule: Rule, tag: str) -> None:
        """Take in what is kept for good, by its tag.  Raises ``CannotLowerError``."""
        ...

    def emit(self) -> None:
        """Every rule, with the tags and the points that are due."""
        ...


class Context:
    """The request, and the notes and objects so far."""

    homes: Homes
    pool: Pooled
    """What facts, tiers and inputs need, until all of it is emitted."""
    blocks: Mapping[str, tuple[Block, ...]]
    """By the tier's key the cases that are held together."""

    def __init__(self, request: Request, days: Mapping[tuple[str, Band], int] | None = None) -> None:
        self.model = request.model
        self.facts = request.facts
        self.options = Options.of(request.options)
        self.names = Names(self.options.prefix)
        self.notes: list[Note] = []
        self.objects: dict[tuple[type, str], Object] = {}
        self.users: dict[tuple[type, str], dict[str, None]] = {}
        self.due: list[Due] = []
        self.parts: dict[Expression, str] = {}
        self.part_counts: dict[str, int] = {}
        self.uses: dict[str, None] = {}
        self.bounds: dict[str, Told] = {}
        self.edges: tuple[Bound, ...] = ()
        self.unseen: dict[str, Told] = {}
        """What each rule loses of what people did before they were known: one bound for the whole model."""
        self.plans: list[PlanTable] = []
        self.needs: dict[tuple[str, Band], Need] = {}
        """What brings categories down, by decay and band: they may have one budget of rules."""
        self.falling: dict[str, dict[str, None]] = {}
        """By decay the tags of those whose category is coming down to a value, and for whom its actions are done."""
        self.too_deep: set[str] = set()
        """Keys of thresholds that one rule cannot hold as they are: a list tells what is deep in them."""
        self.days = days or {}
        """The days that each gets of that budget."""

    # --- facts ----------------------------------------------------------------------------------------------------

    def flag(self, fact: str) -> bool:
        """A yes-or-no fact; noted as one that the element in hand rests on."""
        self.uses[fact] = None
        return self.facts[fact] is True

    def number(self, fact: str) -> int:
        """A fact that is a number; noted likewise."""
        self.uses[fact] = None
        return int(self.facts[fact])

    def rest_on(self, *facts: str) -> None:
        """Note facts that the element in hand rests on without asking for their value."""
        self.uses.update(dict.fromkeys(facts))

    def bounded(self, name: str, bound: str, *facts: str, bounds: Iterable[Bound], instead: str = "") -> None:
        """Say that the element in hand is lowered within a bound: in words, and as values.

        Of a name said again the first words are kept, and the bounds are widened to hold for both.  What shows in
        nothing that can be read off is no bound: a mark that is put on again, a sum that is refused as a whole.
        """
        bounds = room.merged(bounds)
        if not bounds:
            return
        before = self.bounds.get(name, Told(bound, facts, (), instead))
        self.bounds[name] = before._replace(bounds=room.merged((*before.bounds, *bounds)))

    def lost_before_known(self, element: Element, words: str, bounds: Iterable[Bound]) -> None:
        """Say what an element lacks of what people did before they were known; of one said again the first words are kept."""
        key = element.name if element.product is None else f"{element.name}@{element.product}"
        before = self.unseen.get(key, Told(words, (), ()))
        self.unseen[key] = before._replace(bounds=room.merged((*before.bounds, *bounds)))

    def edge(self, *bounds: Bound) -> None:
        """What the element in hand may show although it is exact: where no moment is quiet, or a silence was there before."""
        self.edges = room.merged((*self.edges, *bounds))

    @property
    def shown(self) -> frozenset[str]:
        """Keys of the scores that can be read off on the platform."""
        return frozenset(
            key for key, home in self.homes.of.items() if home.kind not in {"inside", "none", "sum"}
        )

    def off(
        self, origins: Mapping[str, room.Room], when: str = "any", *, feeds: bool = True
    ) -> tuple[Bound, ...]:
        """Bounds of all scores that these differences are carried to."""
        return room.scores(self.model, self.shown, origins, when, feeds=feeds)

    def acted(
        self, element: Element, least: int | None, most: int | None, when: str = "any", *, again: bool = False
    ) -> tuple[Bound, ...]:
        """Bounds of what the actions of an element show, done so much more or less often."""
        ranges = self._reset if when in {"any", *OF_ELEMENTS} else None
        return room.done(self.model, element, (least, most), when, self.shown, again=again, ranges=ranges)

    def _reset(self, action: Reset, when: str) -> tuple[Bound, ...]:
        """One reset more, or another moment of it: all of the score's range at most, and more only above that.

        The overall score may move with a category.
        """
        top, sure = self.homes.top(self, action.score)
        most = max(abs(top), top - action.to.value, abs(action.to.value))
        moved = (action.score, *self.coupled(action.score))
        found = self.off(dict.fromkeys(moved, (-most, most)), when, feeds=False)
        more = () if sure else self.off(dict.fromkeys(moved, (None, None)), "above-range", feeds=False)
        return (*found, *more)

    def coupled(self, score: str) -> tuple[str, ...]:
        """The overall score, where it may follow a rule that moves this category."""
        total = self.homes.total
        apart = (
            self.homes.of[score].kind != "category" or self.facts["category-adjust-moves-overall"] is False
        )
        return () if total is None or apart or total == score else (total,)

    def unscored(self, score: Score, category: str) -> Expression:
        """Has no score in a category: is not on the list of those who have one."""
        return member(self, part(self, leaf("category", category, "greater", -1), score), inside=False)

    def begin(self) -> None:
        """Start on an element: it rests on no fact and no bound yet."""
        self.uses = {}
        self.bounds = {}
        self.edges = ()

    # --- notes ----------------------------------------------------------------------------------------------------

    def note(
        self,
        element: Element,
        name: str,
        result: Result,
        message: str,
        *,
        bound: str = "",
        instead: str = "",
        facts: Iterable[str] = (),
        path: KeyPath = (),
        bounds: tuple[Bound, ...] = (),
    ) -> None:
        """Say something about an element."""
        assert name in NOTES, name
        self.notes.append(
            Note(
                name,
                result,
                element.name,
                path or element.path,
                message,
                bound,
                instead,
                tuple(facts),
                element.product,
                bounds,
            )
        )

    def finish(self, element: Element, name: str, message: str, always: str = "") -> None:
        """Close an element: its bounds as notes, or one exact note when there is none.

        ``always`` is said in either case; in the note of the first bound where there is one.
        """
        facts, edges = tuple(self.uses), self.edges
        for bound_name, (bound, more, values, instead) in self.bounds.items():
            every = tuple(dict.fromkeys((*more, *facts)))
            said = f"{NOTES[bound_name]}  {always[0].upper()}{always[1:]}." if always else NOTES[bound_name]
            self.note(
                element,
                bound_name,
                Result.BOUNDED,
                said,
                bound=bound,
                instead=instead,
                facts=every,
                bounds=room.merged((*edges, *values)),
            )
            edges = ()
            always = ""
        if not self.bounds:
            self.note(element, name, Result.EXACT, message, facts=facts, bounds=edges)

    def refuse(self, element: Element, error: CannotLowerError) -> None:
        """Close an element that cannot be lowered."""
        facts = tuple(dict.fromkeys((*error.facts, *self.uses)))
        self.note(
            element,
            error.name,
            Result.REFUSED,
            error.message,
            instead=error.instead,
            facts=facts,
            path=error.path,
        )

    # --- objects --------------------------------------------------------------------------------------------------

    def add(self, item: Object, name: str) -> None:
        """Add an object under its name; a second one of the name only adds the elements that need it."""
        key = (type(item), name)
        if key not in self.objects:
            self.objects[key] = item
            self.users[key] = dict.fromkeys(item.made.elements)
        else:
            self.users[key].update(dict.fromkeys(item.made.elements))

    def made(self, element: Element, lowering: str, why: str = "") -> Made:
        """The provenance of an object of the element in hand."""
        reason = why or element.why or _REASONS.get(lowering, f"It serves “{element.title}”.")
        return Made((element.name,), lowering, reason, tuple(self.uses))

    def tag(self, name: str, element: Element, why: str) -> str:
        """Add a tag and give its name back."""
        self.add(Tag(name, Made((element.name,), "tag", why)), name)
        return name

    def need(self, kind: str, name: str, element: Element, check: str = "") -> str:
        """Add something that must be there already, and give its name back; each that needs it may look at something else."""
        kind = kind.replace("_", " ")
        key = (Prerequisite, f"{kind}\0{name}")
        there = self.objects.get(key)
        made = Made((element.name,), "prerequisite", "")
        self.add(Prerequisite(kind, name, made, check), key[1])
        if isinstance(there, Prerequisite) and check not in there.check.split("; "):
            checks = "; ".join(filter(None, (there.check, check)))
            self.objects[key] = there._replace(check=checks)
        return name

    def static_list(self, name: str, element: Element, why: str) -> str:
        """Add a static list and give its name back."""
        self.add(StaticList(name, Made((element.name,), "static-list", why)), name)
        return name

    def dynamic_list(self, item: DynamicList) -> str:
        """Add a dynamic list and give its name back."""
        self.add(item, item.name)
        return item.name

    @property
    def repeat(self) -> int:
        """Days before a rule that disarms itself is eligible to repeat: as few as the platform and the options allow."""
        self.rest_on("clock-sweep-days", "repeat-counts-elapsed-days")
        return max(self.options.repeat_days, self.number("repeat-least-days"))
