"""What all rules give for one class of events, and how it is paid: the row, then each asset, then the category.

Every event of a class earns the class's baseline row.  What an asset must earn beyond that stands on the asset as an
action; a scoring category gets the row's points through the asset's folder.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from scorewright_pardot.lower import bounds as room
from scorewright_pardot.lower.actions import lower_actions
from scorewright_pardot.lower.context import CannotLowerError, Told
from scorewright_pardot.lower.happened import CARRIER_KINDS, IDENTIFYING, carry
from scorewright_pardot.lower.overlaps import Place, crossing, holds, outermost
from scorewright_pardot.lower.scores import score_act

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorewright.model.elements import Rule
    from scorewright.plugin.emulation import Bound
    from scorewright_pardot.lower.context import Context
    from scorewright_pardot.objects import Act

__all__ = ["CLASSES", "EventClass", "Pot", "Settled", "dates_of_a_row", "settle"]


class EventClass(NamedTuple):
    """A class of events: its baseline rows, and whether scoring categories count it."""

    rows: tuple[str, ...]
    category: bool = False


CLASSES: dict[str, EventClass] = {
    "page": EventClass(("Page View",)),
    "form": EventClass(("Form Submission", "Form Handler Submission", "Landing Page Success"), category=True),
    "error": EventClass(("Form Error", "Form Handler Error", "Landing Page Error")),
    "open": EventClass(("Email Open",), category=True),
    "email-click": EventClass(("Tracker Link Click",), category=True),
    "redirect": EventClass(("Custom Redirect Click",), category=True),
    "file": EventClass(("File Access",), category=True),
    "registered": EventClass(("Event Registered",)),
    "attended": EventClass(("Event Checked In",)),
    "opportunity-created": EventClass(("Opportunity Created",)),
    "opportunity-won": EventClass(("Opportunity Won",)),
    "opportunity-lost": EventClass(("Opportunity Lost",)),
    "session": EventClass(("Visitor Session",)),
    "search": EventClass(("Site Search Query",)),
    "chat": EventClass(("Olark Chat",)),
}

At = tuple[str, Place, int]
"""A class of events, an asset of it, and what the class's row pays."""


class Pot:
    """What all every-time rules give for one class of events."""

    def __init__(self) -> None:
        self.anywhere: dict[str, tuple[Rule, frozenset[Place]]] = {}
        self.named: dict[Place, dict[str, Rule]] = {}
        self._of: dict[str, set[Place]] = {}
        self.out: dict[Place, dict[str, Rule]] = {}
        """What rules leave out of the patterns that they name."""

    def give_at(self, place: Place, rule: Rule) -> None:
        """Give for every event at one asset."""
        self.named.setdefault(place, {})[rule.key] = rule
        self._of.setdefault(rule.key, set()).add(place)

    def give_anywhere(self, rule: Rule, excluded: frozenset[Place] = frozenset()) -> None:
        """Give for every event of the class, but where nothing that the rule is on lets it."""
        _, before = self.anywhere.get(rule.key, (rule, excluded))
        self.anywhere[rule.key] = (rule, before & excluded)

    def leave_out(self, place: Place, rule: Rule) -> None:
        """Give nothing at a place that lies within one at which the rule gives."""
        self.out.setdefault(place, {})[rule.key] = rule

    def pays(self, rule: Rule) -> bool:
        """Whether any event of the class pays the rule."""
        return rule.key in self.anywhere or rule.key in self._of

    def pay_once(self, rule: Rule) -> None:
        """An event pays a rule once: what it gives anywhere, or at a wider place, it does not give at a narrower one again."""
        named = self._of.get(rule.key, set[Place]())
        mine = set(outermost(named))
        _, left_out = self.anywhere.get(rule.key, (rule, frozenset[Place]()))
        if crossing(named) or crossing(left_out):
            raise _paid_twice(rule)
        if rule.key in self.anywhere:
            left_out = outermost(one for one in left_out if not any(holds(each, one) for each in mine))
            self.anywhere[rule.key] = (rule, left_out)
            mine = {place for place in mine if any(holds(wide, place) for wide in left_out)}
        self._of[rule.key] = mine
        for place in named - mine:
            del self.named[place][rule.key]
            if not self.named[place]:
                del self.named[place]

    def places(self) -> tuple[Place, ...]:
        """Every named asset, also those that are only left out somewhere."""
        left_out = (place for _, excluded in self.anywhere.values() for place in sorted(excluded))
        return tuple(dict.fromkeys((*self.named, *left_out, *self.out)))

    def rules(self) -> dict[str, Rule]:
        """Every rule that gives something."""
        found = {key: rule for key, (rule, _) in self.anywhere.items()}
        for rules in self.named.values():
            found.update(rules)
        return found


class Settled:
    """What became of each event rule: its bounds and facts so far, or its refusal."""

    def __init__(self) -> None:
        self.refused: dict[str, CannotLowerError] = {}
        self.bounds: dict[str, dict[str, Told]] = {}
        self.edges: dict[str, tuple[Bound, ...]] = {}
        self.facts: dict[str, dict[str, None]] = {}
        self.folders: dict[str, dict[tuple[str, str], None]] = {}

    def refuse(self, rules: dict[str, Rule], error: CannotLowerError) -> None:
        """Refuse every one of these rules, the first reason counts."""
        for key in rules:
            self.refused.setdefault(key, error)

    def bound(self, rules: dict[str, Rule], name: str, text: str, bounds: Iterable[Bound]) -> None:
        """Bound every one of these rules; of a name said again the first words are kept."""
        bounds = room.merged(bounds)
        for key in rules if bounds else ():
            mine = self.bounds.setdefault(key, {})
            before = mine.get(name, Told(text, (), ()))
            mine[name] = before._replace(bounds=room.merged((*before.bounds, *bounds)))

    def edge(self, rules: dict[str, Rule], *bounds: Bound) -> None:
        """What every one of these rules may show where things lie close together."""
        for key in rules:
            self.edges[key] = room.merged((*self.edges.get(key, ()), *bounds))

    def rest_on(self, rules: dict[str, Rule], facts: dict[str, None]) -> None:
        """Every one of these rules rests on these facts."""
        for key in rules:
            self.facts.setdefault(key, {}).update(facts)


def settle(cx: Context, name: str, pot: Pot, settled: Settled) -> int:
    """The row of a class, and what its named assets still need; gives the row's points."""
    homes = cx.homes
    elsewhere = 0
    for rule, _ in pot.anywhere.values():
        categories, total = homes.vector(rule.points)
        elsewhere += total
        _check_anywhere(cx, rule, categories, settled)
    if not pot.anywhere and not pot.named:
        return 0
    row = elsewhere if pot.anywhere else _row_for_categories(cx, name, pot, settled)
    if row:
        cx.rest_on("baseline-rescores-everyone")
    for place in pot.places():
        try:
            _place(cx, (name, place, row), pot, settled)
        except CannotLowerError as error:
            settled.refuse(_rules_at(pot, place), error)
    if row and not pot.anywhere:
        _not_elsewhere(cx, name, pot, row, settled)
    return row


_CARRIERS = {
    "form": ("form", "form_handler", "landing_page"),
    "redirect": ("link", "ad"),
    "file": ("file",),
    "open": ("email",),
    "email-click": ("email",),
}


def _not_elsewhere(cx: Context, name: str, pot: Pot, row: int, settled: Settled) -> None:
    """Take the row back on assets that the spec names for something else: a row that is there for categories pays them too."""
    total, kinds = cx.homes.total, _CARRIERS.get(name, ())
    others = [
        (asset.kinds[0], text, asset.match)
        for asset in cx.model.assets.values()
        if not asset.builtin and asset.kinds and asset.kinds[0] in kinds
        for text in asset.texts_on("pardot")
    ]
    others = [place for place in dict.fromkeys(others) if place not in pot.named]
    if total is None or not others:
        return
    adds = cx.flag("actions-add-to-baseline")
    exact = [place for place in others if adds and place[2] == "is" and place[0] != "email"]
    when = ["crowded"] if exact and cx.flag("actions-lose-scores") else []
    when += ["past-unknown"] if any(place[0] not in IDENTIFYING for place in exact) else []
    when += ["any"] if len(exact) < len(others) else []
    text = f"{row} points too many for each {name} of an asset that is named for something else, where no action takes them back"
    cut = {total: (0, None) if row > 0 else (None, 0)}
    bounds = [bound for each in when for bound in cx.off(cut, each, feeds=False)]
    settled.bound(pot.rules(), "row-taken-back", text, bounds)
    for place in exact:
        _carry(cx, place, pot.rules(), (score_act(-row),))


def _check_anywhere(cx: Context, rule: Rule, categories: dict[str, int], settled: Settled) -> None:
    if any(categories.values()):
        error = CannotLowerError(
            "asset-needs-a-name",
            "a category counts the assets of its folders, so each asset that feeds it must be named",
            f"name the assets, or {cx.homes.instead_of_category(*categories)}",
            (*rule.path, "points"),
            ("category-row-points",),
        )
        settled.refuse({rule.key: rule}, error)
    if rule.then:
        error = CannotLowerError(
            "asset-needs-a-name",
            "an action at every event must stand on each asset, so each must be named",
            "name the assets, or put the actions into a threshold",
            (*rule.path, "then"),
        )
        settled.refuse({rule.key: rule}, error)


def _row_for_categories(cx: Context, name: str, pot: Pot, settled: Settled) -> int:
    """Without a rule for every asset of the class the row is 0, save where categories need it to pay."""
    if not CLASSES[name].category:
        return 0
    wanted: Counter[int] = Counter()
    for rules in pot.named.values():
        for value in _category_points(cx, rules).values():
            wanted[value] += 1
    if not wanted:
        return 0
    row = max(wanted.items(), key=lambda item: (item[1], item[0]))[0]
    if cx.homes.total is not None:
        text = f"{row} points in the overall score for each {name} that the spec does not name"
        more = {cx.homes.total: room.times(room.moved(row), None)}
        settled.bound(pot.rules(), "row-pays-other-assets", text, cx.off(more, "unnamed", feeds=False))
    return row


def _category_points(cx: Context, rules: dict[str, Rule]) -> dict[str, int]:
    categories: dict[str, int] = {}
    for rule in rules.values():
        for key, value in cx.homes.vector(rule.points)[0].items():
            categories[key] = categories.get(key, 0) + value
    return {key: value for key, value in categories.items() if value}


def _rules_at(pot: Pot, place: Place) -> dict[str, Rule]:
    left_out = {key: rule for key, (rule, excluded) in pot.anywhere.items() if place in excluded}
    return {**left_out, **pot.out.get(place, {}), **pot.named.get(place, {})}


def _place(cx: Context, at: At, pot: Pot, settled: Settled) -> None:
    """One asset: what it must earn beyond the row, in the overall score and in a category."""
    homes = cx.homes
    _, place, row = at
    rules = pot.named.get(place, {})
    cut = sum(homes.vector(rule.points)[1] for rule, excluded in pot.anywhere.values() if place in excluded)
    own = sum(homes.vector(rule.points)[1] for rule in rules.values())
    categories = _category_points(cx, rules)
    rest = own - cut if pot.anywhere else own - row
    rest -= sum(homes.vector(rule.points)[1] for rule in pot.out.get(place, {}).values())
    if homes.total is None:
        rest = 0
    given = categories
    if categories:
        categories = _into_folder(cx, at, categories, settled)
    for rule in rules.values():
        if rule.active is not None and (rest != own or categories != given):
            settled.refuse({rule.key: rule}, dates_of_a_row(rule))
    if rest and place[0] != "pages" and not cx.flag("actions-add-to-baseline"):
        rest = _instead_of_the_row(at, row + rest, {} if categories else given, rules)
    loses = bool(rest or categories) and place[0] != "pages" and cx.flag("actions-lose-scores")
    if rest < 0 and rest < own and loses:
        text = f"{-rest} points too many for each event whose action is lost"
        assert homes.total is not None
        more = cx.off({homes.total: (0, None)}, "crowded", feeds=False)
        settled.bound(_rules_at(pot, place), "row-taken-back", text, more)
    cx.bounds, cx.edges = {}, ()
    actions = homes.adjust(cx, categories, rest, often=None)
    for rule in rules.values():
        actions = (*actions, *lower_actions(cx, rule.then, rule))
    for name, told in cx.bounds.items():
        settled.bound(rules, name, told.words, told.bounds)
    settled.edge(rules, *cx.edges)
    if actions:
        lost = {**categories, **({homes.total: rest} if homes.total is not None else {})}
        missed = {key: room.times(room.missing(points), None) for key, points in lost.items()}
        if loses:
            settled.edge(_rules_at(pot, place), *cx.off(missed, "crowded", feeds=False))
        if place[0] not in IDENTIFYING:
            values = cx.off(missed, "past-unknown", feeds=False)
            for rule in (rules or _rules_at(pot, place)).values():
                every = (*values, *cx.acted(rule, None, 0, "past-unknown"))
                cx.lost_before_known(rule, _before_known(rest, actions), every)
        _carry(cx, place, _rules_at(pot, place), actions)


def _instead_of_the_row(at: At, whole: int, categories: dict[str, int], rules: dict[str, Rule]) -> int:
    """What an action must give where it pays instead of the row: all of it, and nothing can be left to the row."""
    _, place, row = at
    if whole and not categories:
        return whole
    reason = (
        "the category would get nothing of the row" if categories else "nothing takes the row's points back"
    )
    raise CannotLowerError(
        "category-needs-its-row" if categories else "no-event-for-it",
        f"an action that adjusts the score stands instead of the baseline row ({row} for {place[1]}), so {reason}",
        "give every asset of the kind the same worth, or score it once (limit = { times = 1 }) by a rule",
        (*next(iter(rules.values())).path, "points") if rules else (),
        ("actions-add-to-baseline",),
    )


def dates_of_a_row(rule: Rule) -> CannotLowerError:
    """The refusal of days for what a row pays."""
    return CannotLowerError(
        "rule-dates-of-a-row",
        "a baseline row pays on every day: to save another number scores everybody anew over all of their past",
        "name the assets, so that actions of the rule's own pay, which somebody switches on and off; or leave active out",
        (*rule.path, "active"),
        ("baseline-rescores-everyone",),
    )


def _before_known(rest: int, actions: tuple[Act, ...]) -> str:
    points = "1 point" if abs(rest) == 1 else f"{abs(rest)} points"
    what = f"{points} {'less' if rest > 0 else 'more'}" if rest else f"{len(actions)} actions less"
    return f"{what} for each event"


def _carry(cx: Context, place: Place, rules: dict[str, Rule], actions: tuple[Act, ...]) -> None:
    kind, _, match = place
    first = next(iter(rules.values()))
    if kind not in CARRIER_KINDS or (match != "is" and kind != "pages"):
        raise CannotLowerError(
            "asset-needs-a-name",
            "an action stands on one asset; a pattern names none",
            "name the assets one by one",
            (*first.path, "on"),
        )
    if kind == "email":
        raise _of_one_email(first)
    key = carry(cx, place, first, actions, "residual")
    cx.users[key].update(dict.fromkeys(rule.name for rule in rules.values()))


def _paid_twice(rule: Rule) -> CannotLowerError:
    return CannotLowerError(
        "asset-needs-a-name",
        "a page that two of these patterns take would be paid by both of their page actions, and none leaves out what another "
        "takes",
        "name the pages one by one, or keep one of the patterns; a page that both take is paid twice where each has a rule of its own",
        (*rule.path, "on"),
    )


def _of_one_email(rule: Rule) -> CannotLowerError:
    """One e-mail cannot be worth more than the row, each time: its clicks once, its opens not at all."""
    opened = any(event.verb == "opens" for event in rule.on)
    once = "" if opened else "score it once (limit = { times = 1 }), or "
    return CannotLowerError(
        "no-event-for-it",
        "no action runs each time that one e-mail is opened"
        if opened
        else "an e-mail's completion action runs once for each link and person, not at every event",
        f"{once}score all e-mails alike (any-email)",
        (*rule.path, "on"),
    )


def _into_folder(cx: Context, at: At, categories: dict[str, int], settled: Settled) -> dict[str, int]:
    """Put the asset into its category's folder when the row pays just that; gives what actions must still move."""
    name, place, row = at
    cx.rest_on("category-row-points")
    sees = CLASSES[name].category and place[2] == "is"
    if sees and len(categories) == 1 and next(iter(categories.values())) == row:
        settled.folders.setdefault(next(iter(categories)), {})[place[0], place[1]] = None
        return {}
    if cx.flag("completion-actions-move-categories"):
        return categories
    if sees:
        raise CannotLowerError(
            "category-needs-its-row",
            f"a category gets what the baseline row gives ({row}), in one folder; this asset should give "
            + ", ".join(f"{value} to {cx.homes.of[key].name}" for key, value in categories.items()),
            "give assets of one kind the same worth, or score them once (limit = { times = 1 }) by a rule",
            ("rules",),
            ("completion-actions-move-categories", "category-row-points"),
        )
    homes_instead = cx.homes.instead_of_category(*categories)
    raise CannotLowerError(
        "category-sees-no-such-event",
        "scoring categories count named forms, files, custom redirects and e-mails only",
        f'{homes_instead}; or let a rule score them, once or once a day: limit = {{ times = 1 }}, or with per = "1d"',
        ("rules",),
        ("category-row-points", "completion-actions-move-categories"),
    )
