"""What is declared and moves nothing: names that nobody uses, scores without points, marks of which one half is missing."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

from scorewright.checks import walk
from scorewright.checks.subject import Family
from scorewright.diagnostics.rule import Rule, Severity
from scorewright.model import actions as act
from scorewright.model.conditions import HasMark
from scorewright.model.conditions import walk as inside
from scorewright.model.values import Number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scorewright.checks.subject import Subject
    from scorewright.diagnostics.rule import Finding, KeyPath
    from scorewright.model.elements import Element, Model

__all__ = ["FAMILY"]

UNUSED = Rule(
    "SW400",
    "unused-name",
    Severity.WARNING,
    """What
Something is declared, and nothing uses it.
Why
Often what should use it has a number written out, or the name of something else; if not, the next reader looks for a
use that is not there.
Example
    [values]
    pricing = 10

    [rules.pricing]
    on = { visits = "pricing" }
    points = { engagement = 15 }
Use instead
    [values]
    pricing = 10

    [rules.pricing]
    on = { visits = "pricing" }
    points = { engagement = "pricing" }
""",
)

UNREAD_SEGMENT = Rule(
    "SW401",
    "unread-segment",
    Severity.ADVICE,
    """What
A segment that nothing in the model reads.
Why
It becomes a list on the platform all the same, which may be what it is for. If it should leave people out or let them
in, nothing does so.
Example
    [segments.customers]
    when = { field = "lead-source", is = "Customer" }
Use instead
    [model]
    exclude = ["customers"]

    [segments.customers]
    when = { field = "lead-source", is = "Customer" }
""",
)

NO_POINTS = Rule(
    "SW402",
    "score-without-points",
    Severity.WARNING,
    """What
A score to which no rule, tier or input gives points, and which no other score feeds.
Why
It stays where it starts, for everybody.
Example
    [scores.fit]
    kind = "fit"

    [rules.country]
    when = { field = "country", is = "France" }
    points = { engagement = 10 }
Use instead
    [scores.fit]
    kind = "fit"

    [rules.country]
    when = { field = "country", is = "France" }
    points = { fit = 10 }
""",
)

NEVER_PUT = Rule(
    "SW403",
    "mark-never-put",
    Severity.WARNING,
    """What
A mark that is read or taken off, and that nothing puts on anybody.
Why
Nobody ever bears it, so what waits for it never comes, and what it should prevent happens.
Example
    [thresholds.back]
    when.all = [
      { mark = "inactive" },
      { score = "engagement", above = 8 },
    ]
    then = [
      { notify = "owner" },
    ]
Use instead
    [decay.gone-quiet]
    score = "engagement"
    counts_as_activity = ["visits"]
    steps = [
      { after = "30d", at_least = 3, set = 3 },
    ]
    then = [
      { mark = "inactive" },
    ]

    [thresholds.back]
    when.all = [
      { mark = "inactive" },
      { score = "engagement", above = 8 },
    ]
    then = [
      { unmark = "inactive" },
      { notify = "owner" },
    ]
""",
)

NEVER_READ = Rule(
    "SW404",
    "mark-never-read",
    Severity.ADVICE,
    """What
A mark that is put on people and that nothing in the model reads.
Why
If it is there for people to see, give it the `names` that they see. If a threshold should be shut by it, `unless` is
missing.
Example
    [thresholds.mql]
    when = { score = "engagement", at_least = 100 }
    then = [
      { mark = "mql" },
      { notify = "owner" },
    ]
Use instead
    [thresholds.mql]
    when = { score = "engagement", at_least = 100 }
    unless = { mark = "mql" }
    then = [
      { mark = "mql" },
      { notify = "owner" },
    ]
""",
)

_WORDS = {
    "values": "value",
    "terms": "list of terms",
    "fields": "field",
    "activities": "activity",
    "assets": "asset",
    "marks": "mark",
    "products": "product",
    "groups": "group",
    "schedules": "schedule",
    "bands": "band",
}
"""Tables whose entries only matter when something uses them.  A grade, and a band with a field, are results."""


def unused(subject: Subject) -> Iterator[Finding]:
    """What is declared, and used by nothing."""
    used = _used(subject)
    for table, word in _WORDS.items():
        entries: Mapping[str, Element] = getattr(subject.model, table)
        for key, entry in entries.items():
            if (table, key) not in used and not _is_a_result(entry):
                message = f"the {word} {key!r} is declared and never used"
                yield UNUSED.at((table, key), message, help="use it, or delete it", on="key")
    for key in subject.model.segments:
        if ("segments", key) not in used:
            message = f"nothing in the model reads the segment {key!r}"
            help_ = "read it with { segment = … }, `eligible` or `exclude`; or keep it for the list that it becomes"
            yield UNREAD_SEGMENT.at(("segments", key), message, help=help_, on="key")


def _used(subject: Subject) -> set[tuple[str, str]]:
    """Every name that something other than itself uses, the options of targets included."""
    used = {name for user, names in subject.uses.items() for name in names if name != user}
    words = set(_texts(subject.model.options))
    used.update((table, word) for table in (*_WORDS, "segments") for word in words)
    return used


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _texts(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _texts(inner)


def _is_a_result(entry: Element) -> bool:
    return bool(getattr(entry, "builtin", False) or getattr(entry, "field", None))


# --- roles of products ----------------------------------------------------------------------------------------------


def unused_roles(subject: Subject) -> Iterator[Finding]:
    """What a product says for a role that no element with ``each = "product"`` asks for."""
    model = subject.model
    if not model.products:
        return
    numbers = _numbers_by_product(model)
    others = {name for user, names in subject.uses.items() if user[0] != "products" for name in names}
    for product in model.products.values():
        for role in product.values:
            if role not in numbers.get(product.id, ()):
                yield _unused_role(product.id, "values", role)
        for table in ("assets", "segments", "terms"):
            for role, name in getattr(product, table).items():
                if (table, name) not in others:
                    yield _unused_role(product.id, table, role)


def _unused_role(product: str, table: str, role: str) -> Finding:
    message = f"nothing asks product {product!r} for its {_WORDS.get(table, 'segment')} {role!r}"
    help_ = f'name {role!r} in an element with each = "product", or delete it'
    return UNUSED.at(("products", product, table, role), message, help=help_, on="key")


def _numbers_by_product(model: Model) -> dict[str, set[str]]:
    """The names of the numbers in each product's copies."""
    found: dict[str, set[str]] = {}
    tables: tuple[Mapping[str, Element], ...] = (
        model.scores,
        model.rules,
        model.tiers,
        model.decay,
        model.thresholds,
    )
    for element in (element for table in tables for element in table.values()):
        if element.product is not None:
            found.setdefault(element.product, set()).update(_number_names(element))
    return found


def _number_names(value: object) -> Iterator[str]:
    if isinstance(value, Number):
        if value.name is not None:
            yield value.name
    elif isinstance(value, tuple):
        for inner in value:
            yield from _number_names(inner)
    elif is_dataclass(value):
        for each in fields(value):
            yield from _number_names(getattr(value, each.name))


# --- scores and marks -----------------------------------------------------------------------------------------------


def scores_without_points(subject: Subject) -> Iterator[Finding]:
    """Scores that nothing moves."""
    model = subject.model
    moved = {score for rule in model.rules.values() for score, _ in rule.points}
    moved.update(tier.score for tier in model.tiers.values())
    moved.update(item.score for item in model.inputs.values())
    moved.update(action.score for _, action in walk.actions(model) if isinstance(action, act.Reset))
    for key in tuple(moved):
        fed = model.scores[key].feeds
        while fed is not None and fed not in moved:
            moved.add(fed)
            fed = model.scores[fed].feeds
    ids = {model.scores[key].id for key in moved}
    for score in model.scores.values():
        if score.kind != "combined" and score.id not in ids:
            message = f"nothing gives points to the score {score.id!r}"
            help_ = f"give it points in a rule, a tier or an input: points = {{ {score.id} = … }}"
            yield NO_POINTS.at(score.path, message, help=help_, on="key")


def half_marks(subject: Subject) -> Iterator[Finding]:
    """Marks that are read and never put, or put and never read."""
    put, taken, read = _marks(subject.model)
    for mark in (read | taken) - put:
        message = f"nothing puts the mark {mark!r} on anybody"
        help_ = f'put it with {{ mark = "{mark}" }} in a `then`; for what is set outside the model, ask a field or a list'
        yield NEVER_PUT.at(
            ("marks", mark), message, help=help_, on="key", related=_readers(subject.model, mark)
        )
    for mark in put - read:
        if not subject.model.marks[mark].names:
            message = f"the mark {mark!r} is put on people, and nothing in the model reads it"
            help_ = "read it, for example in `unless`; or give it the `names` that people see on the platform"
            yield NEVER_READ.at(("marks", mark), message, help=help_, on="key")


def _marks(model: Model) -> tuple[set[str], set[str], set[str]]:
    """The marks that are put, that are taken off, and that are read."""
    actions = [action for _, action in walk.actions(model)]
    put = {action.mark for action in actions if isinstance(action, act.PutMark)}
    taken = {action.mark for action in actions if isinstance(action, act.TakeMark)}
    return put, taken, {mark for _, mark in _readings(model)}


def _readings(model: Model) -> Iterable[tuple[KeyPath, str]]:
    for _, root in walk.roots(model):
        for condition in inside(root):
            if isinstance(condition, HasMark):
                yield (*condition.path, "mark"), condition.mark


def _readers(model: Model, mark: str) -> list[tuple[KeyPath, str]]:
    return [(path, "it is read here") for path, name in _readings(model) if name == mark][:1]


FAMILY = Family(
    (UNUSED, UNREAD_SEGMENT, NO_POINTS, NEVER_PUT, NEVER_READ),
    (),
    (unused, unused_roles, scores_without_points, half_marks),
)
