"""Tests of a field as criteria: texts in boxes of 255 characters, numbers as integers, dates in days."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from scorewright.model import conditions as con
from scorewright_pardot.labels import FIELD_TYPES, field_label, field_what, is_default
from scorewright_pardot.lower import bounds as room
from scorewright_pardot.lower.context import CannotLowerError
from scorewright_pardot.lower.expression import both, either, leaf
from scorewright_pardot.lower.fitting import member, part

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from scorewright.model.elements import Element, Field
    from scorewright.plugin.emulation import Bound
    from scorewright_pardot.lower.bounds import Turn
    from scorewright_pardot.lower.context import Context
    from scorewright_pardot.lower.expression import Expression

__all__ = ["boxes", "field_test"]


_FAR = 36_500
"""Days ahead within which every date to come lies: a hundred years."""
_ALWAYS_KNOWN = frozenset({"created"})
"""Built-in fields that everybody has, also whoever has no address."""


def field_test(
    cx: Context, test: con.FieldTest, element: Element, *, holds: bool, known: frozenset[str]
) -> Expression:
    """A field's test, or its negation; an unknown value passes no test but ``known = false``."""
    field = cx.model.fields[test.field]
    if not is_default(field):
        cx.need(f"{field.of} field", field_label(field), element, f"type {FIELD_TYPES[field.type]}")
    always = is_default(field) and field.id in _ALWAYS_KNOWN
    if isinstance(test.test, con.Known):
        wanted = test.test.known == holds
        if always:
            return both() if wanted else either()
        if field.of == "account" and not wanted:
            return _not_among(cx, _leaf(field, "empty-not"), element)
        return _leaf(field, "empty-not" if wanted else "empty")
    positive = _positive(cx, field, test, element)
    if holds:
        return positive
    if field.of == "account":
        return _not_among(cx, positive, element)
    empty = (
        ()
        if always or test.field in known or _negatives_match_empty(cx, test.test)
        else (_leaf(field, "empty"),)
    )
    return either(_negative(cx, field, test, element), *empty)


def _negatives_match_empty(cx: Context, test: con.Test) -> bool:
    """Whether the negative operators already match people whose field is empty (text and choice operators only)."""
    return isinstance(test, (con.Is, con.Matches)) and cx.flag("negatives-match-empty-fields")


def _not_among(cx: Context, tree: Expression, element: Element) -> Expression:
    cx.rest_on("negatives-skip-missing-records")
    return member(cx, part(cx, tree, element), inside=False)


def _leaf(field: Field, operator: str, value: str | int = "") -> Expression:
    if is_default(field) and field.id == "created":
        return leaf("time", "created", operator, value)
    return leaf(field_what(field), field_label(field), operator, value)


def _positive(cx: Context, field: Field, test: con.FieldTest, element: Element) -> Expression:
    match test.test:
        case con.Is(wanted):
            return _matching(cx, field, test, element, mode="is", texts=_words(field, wanted), holds=True)
        case con.Matches(mode, texts):
            return _matching(cx, field, test, element, mode=mode, texts=texts, holds=True)
        case con.Range(bounds):
            return _range(field, bounds.least, bounds.most)
        case con.Age() | con.Day():
            return _date(cx, field, test, holds=True)
        case _:
            raise _no_criterion(test)


def _negative(cx: Context, field: Field, test: con.FieldTest, element: Element) -> Expression:
    match test.test:
        case con.Is(wanted):
            return _matching(cx, field, test, element, mode="is", texts=_words(field, wanted), holds=False)
        case con.Matches(mode, texts):
            return _matching(cx, field, test, element, mode=mode, texts=texts, holds=False)
        case con.Range(bounds):
            below = () if bounds.least is None else (_leaf(field, "less", bounds.least),)
            above = () if bounds.most is None else (_leaf(field, "greater", bounds.most),)
            return either(*below, *above)
        case con.Age() if test.test.mode == "within_next":
            return _not_among(cx, _date(cx, field, test, holds=True), element)
        case con.Age() | con.Day():
            return _date(cx, field, test, holds=False)
        case _:
            raise _no_criterion(test)


def _no_criterion(test: con.FieldTest) -> CannotLowerError:
    return CannotLowerError(
        "no-criterion-for-it", "no operator of a field asks this", "write another test", test.path
    )


def _range(field: Field, least: int | None, most: int | None) -> Expression:
    lower = () if least is None else (_leaf(field, "greater", least - 1),)
    upper = () if most is None else (_leaf(field, "less", most + 1),)
    return both(*lower, *upper)


def _words(field: Field, wanted: Iterable[str | int | bool]) -> tuple[str, ...]:
    if field.type == "yes_no":
        return tuple("Yes" if value else "No" for value in wanted)
    return tuple(str(value) for value in wanted)


# --- texts ----------------------------------------------------------------------------------------------------------


def _matching(
    cx: Context,
    field: Field,
    test: con.FieldTest,
    element: Element,
    *,
    mode: str,
    texts: tuple[str, ...],
    holds: bool,
) -> Expression:
    if not cx.flag("text-ignores-case"):
        bound = "missed where a text is written in another letter case than in the spec"
        cx.bounded(
            "case-is-compared",
            bound,
            bounds=room.otherwise(cx.model, element, _asks_a_text, cx.shown, "other-case"),
        )
    if field.id == "email-domain" and is_default(field):
        if mode not in {"is", "starts_with"}:
            return _anywhere(cx, field, test, element, texts=texts, holds=holds)
        if mode == "is":
            bound = "right but for domains that begin with one of these and go on (free.example, free.example.net)"
            cx.bounded("domain-by-its-beginning", bound, bounds=_otherwise(cx, element, _whole_domain))
        return _texts(cx, field, "contains", tuple(f"@{text}" for text in texts), test, holds=holds)
    if mode == "ends_with":
        return _anywhere(cx, field, test, element, texts=texts, holds=holds)
    if mode == "starts_with":
        return _beginnings(cx, field, test, element, texts=texts, holds=holds)
    if mode == "contains_word":
        return _words_contained(cx, field, texts, test, element, holds=holds)
    return _texts(cx, field, mode, texts, test, holds=holds)


def _anywhere(
    cx: Context, field: Field, test: con.FieldTest, element: Element, *, texts: tuple[str, ...], holds: bool
) -> Expression:
    """How a text ends, or what a domain holds: no operator asks it, so it is looked for anywhere in the field."""
    where = (
        "the address holds them elsewhere" if field.id == "email-domain" else "the text goes on after them"
    )
    bound = f"right but where {where} ({', '.join(texts[:3])}{', …' if len(texts) > 3 else ''})"
    cx.bounded("ends-by-containing", bound, bounds=_otherwise(cx, element, _in_a_longer_text))
    return _texts(cx, field, "contains", texts, test, holds=holds)


def _beginnings(
    cx: Context, field: Field, test: con.FieldTest, element: Element, *, texts: tuple[str, ...], holds: bool
) -> Expression:
    """How a text begins; there is no negative operator, so the others are those outside a list."""
    if not cx.flag("text-starts-with"):
        raise CannotLowerError(
            "no-criterion-for-it",
            "no operator asks how a text begins",
            "use contains, or a field computed outside",
            test.path,
            ("text-starts-with",),
        )
    found = _texts(cx, field, "starts", texts, test, holds=True)
    return found if holds else member(cx, part(cx, found, element), inside=False)


def _words_contained(
    cx: Context, field: Field, texts: tuple[str, ...], test: con.FieldTest, element: Element, *, holds: bool
) -> Expression:
    """What contains a word, without the declared longer words that contain it; each such word stands by itself."""
    collisions = dict(cx.options.collisions)
    plain = tuple(text for text in texts if not collisions.get(text))
    trees = [_texts(cx, field, "contains", plain, test, holds=holds)] if plain else []
    for word in texts:
        if collisions.get(word):
            found = _texts(cx, field, "contains", (word,), test, holds=holds)
            other = _texts(cx, field, "contains", collisions[word], test, holds=not holds)
            trees.append(both(found, other) if holds else either(found, other))
    named = "; ".join(f"{word}: not {', '.join(collisions[word])}" for word in texts if collisions.get(word))
    cx.bounded(
        "whole-words-by-containing",
        "right but for texts that contain one of the words inside a longer word"
        + (f" ({named})" if named else " (name them in [targets.pardot] collisions)"),
        "text-ignores-case",
        bounds=_otherwise(cx, element, partial(_whole_word, collisions)),
    )
    return either(*trees) if holds else both(*trees)


def _whole_word(collisions: Mapping[str, tuple[str, ...]], test: room.Asked) -> Turn:
    """A longer word matches as well; beside a declared longer word the word itself no longer does."""
    if (
        not isinstance(test, con.FieldTest)
        or not isinstance(test.test, con.Matches)
        or test.test.mode != "contains_word"
    ):
        return 0, 0
    return (-1 if any(collisions.get(text) for text in test.test.texts) else 0), 1


def _in_a_longer_text(test: room.Asked) -> Turn:
    """What holds the text elsewhere matches as well."""
    if not isinstance(test, con.FieldTest) or not isinstance(test.test, con.Matches):
        return 0, 0
    mode, domain = test.test.mode, test.field == "email-domain"
    longer = mode in {"ends_with", "contains", "contains_word"} if domain else mode == "ends_with"
    return (0, 1) if longer else (0, 0)


def _asks_a_text(test: room.Asked) -> Turn:
    """A text in another case is not found; nor is a search for it."""
    if isinstance(test, con.Happened):
        return (-1, 0) if test.event.where else (0, 0)
    return (-1, 0) if isinstance(test.test, (con.Is, con.Matches)) else (0, 0)


def _whole_domain(test: room.Asked) -> Turn:
    """A longer domain matches as well."""
    if not isinstance(test, con.FieldTest):
        return 0, 0
    whole = isinstance(test.test, con.Is) or (isinstance(test.test, con.Matches) and test.test.mode == "is")
    return (0, 1) if whole and test.field == "email-domain" else (0, 0)


def _otherwise(cx: Context, element: Element, tests: Callable[[room.Asked], Turn]) -> tuple[Bound, ...]:
    """What it does to an element that a test of a text turns out otherwise."""
    return room.otherwise(cx.model, element, tests, cx.shown, "inside-longer")


def _texts(
    cx: Context, field: Field, operator: str, texts: tuple[str, ...], test: con.FieldTest, *, holds: bool
) -> Expression:
    """Positive boxes side by side under any, negative ones under all: ';' reads as or, and as and."""
    cx.rest_on("value-box-semicolon")
    cx.flag("text-ignores-case")
    room = cx.number("value-box-characters")
    name = operator if holds else {"is": "is-not", "contains": "contains-not"}[operator]
    filled = boxes(texts, room)
    if filled is None:
        longest = max(texts, key=len)
        raise CannotLowerError(
            "text-too-long",
            f"a text of {len(longest)} characters does not fit into a value box of {room}",
            "shorten it, or look for a part of it with contains",
            test.path,
            ("value-box-characters",),
        )
    join = either if holds else both
    return join(*(_leaf(field, name, box) for box in filled))


def boxes(texts: Iterable[str], room: int) -> tuple[str, ...] | None:
    """Texts joined by ``;`` into as few value boxes as their order allows; ``None`` when one text fits into none."""
    filled: list[str] = []
    for text in texts:
        quoted = f'"{text}"' if ";" in text else text
        if len(quoted) > room:
            return None
        if filled and len(filled[-1]) + 1 + len(quoted) <= room:
            filled[-1] += f";{quoted}"
        else:
            filled.append(quoted)
    return tuple(filled)


# --- dates ----------------------------------------------------------------------------------------------------------


def _date(cx: Context, field: Field, test: con.FieldTest, *, holds: bool) -> Expression:
    if not cx.flag("dates-compare-in-days"):
        raise CannotLowerError(
            "no-criterion-for-it",
            "date fields cannot be compared",
            "use a yes/no field computed outside",
            test.path,
        )
    if isinstance(test.test, con.Day):
        return _day(field, test.test, holds=holds)
    assert isinstance(test.test, con.Age)
    cx.rest_on("clock-sweep-days")
    days = test.test.duration.days
    if days is None:
        raise CannotLowerError(
            "no-criterion-for-it",
            "dates are compared in whole days",
            "write a whole number of days",
            test.path,
        )
    more = days - 1 if cx.flag("days-greater-than-is-strict") else days
    fewer = days if cx.flag("days-less-than-is-strict") else days - 1
    young, old = _leaf(field, "days-less", fewer), _leaf(field, "days-greater", more)
    if test.test.mode == "within_next":
        return _leaf(field, "days-ahead-less", days)
    found = young if (test.test.mode == "within_last") == holds else old
    if holds or (is_default(field) and field.id == "created"):
        return found
    return either(
        found, _leaf(field, "days-ahead-less", _FAR)
    )  # what is still to come lies neither near nor far back


def _day(field: Field, day: con.Day, *, holds: bool) -> Expression:
    if holds:
        first = (
            ()
            if day.first is None
            else (either(_leaf(field, "after", day.first), _leaf(field, "is", day.first)),)
        )
        before = () if day.before is None else (_leaf(field, "before", day.before),)
        return both(*first, *before)
    earlier = () if day.first is None else (_leaf(field, "before", day.first),)
    late = () if day.before is None else (_leaf(field, "after", day.before), _leaf(field, "is", day.before))
    return either(*earlier, *late)
