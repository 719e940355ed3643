"""What a name in a person's file stands for: an id of the spec, or the name on the platform."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorewright.explain.rules import PERSON_NAME, PERSON_VALUE
from scorewright.model.vocabulary import VERBS
from scorewright.semantics.texts import fold, matches, page_matches

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scorewright.diagnostics.rule import Rule
    from scorewright.explain.person.said import Said
    from scorewright.model.elements import Asset, Model

__all__ = ["ANY", "Thing", "Wrong", "by_name", "properties", "resolve", "value_help"]


class Thing(NamedTuple):
    """What an event was done to: the id that the machine takes, and the real name where the id has several."""

    what: str
    name: str | None = None


class Wrong(NamedTuple):
    """Why a name stands for nothing."""

    rule: Rule
    message: str
    help: str


ANY: Mapping[str, str] = {}
"""Properties of something that is not known: nothing is said of them."""


def by_name(word: str, known: Mapping[str, Iterable[str]]) -> str | None:
    """The id that a word is, or the one id that goes by this name."""
    if word in known:
        return word
    wanted = fold(word)
    found = [key for key, others in known.items() if wanted in {fold(other) for other in (key, *others)}]
    return found[0] if len(found) == 1 else None


def resolve(model: Model, verb: str, said: Said) -> Thing | Wrong:
    """What stands behind a verb."""
    takes, value = VERBS[verb].takes, said.value
    if takes == "true":
        return _nothing_behind(verb, said)
    if takes == "fields":
        help_ = (
            '"sets": {"job-title": "CEO"}' if said.typed else "the event sets, with the field and its value"
        )
        return Wrong(PERSON_VALUE, "a field changes when it is set", f"write {help_}")
    if not isinstance(value, str) or not value.strip():
        return Wrong(PERSON_VALUE, f"{verb} needs the name of what it is done to", _example(model, verb))
    word = value.strip()
    if takes == "assets":
        return _asset(model, verb, word, typed=said.typed)
    return _activity(model, word) if takes == "activities" else _word(verb, word)


def _nothing_behind(verb: str, said: Said) -> Thing | Wrong:
    if said.value is True or (not said.typed and str(said.value).casefold() in {"", "true", "yes"}):
        return Thing("")
    return Wrong(
        PERSON_VALUE, f"{verb} takes nothing", "write true" if said.typed else "leave the cell empty"
    )


def _word(verb: str, word: str) -> Thing | Wrong:
    words = VERBS[verb].takes.split()
    if word in words:
        return Thing(word)
    return Wrong(PERSON_VALUE, f"{verb} cannot be {word[:40]!r}", f"write one of {', '.join(words)}")


def _activity(model: Model, word: str) -> Thing | Wrong:
    known = {each.id: (each.title, *each.names.values()) for each in model.activities.values()}
    key = by_name(word, known)
    return Thing(key) if key is not None else _nothing("activity", word, known, "")


# --- assets ---------------------------------------------------------------------------------------------------------


def _asset(model: Model, verb: str, word: str, *, typed: bool) -> Thing | Wrong:
    """An id, the name of a real asset, or the path of a page; pages need not be in the spec."""
    kinds = VERBS[verb].kinds
    fitting = {key: each for key, each in model.assets.items() if set(each.kinds) & set(kinds)}
    if word in fitting:
        return Thing(word)
    if word in model.assets:
        kind = model.assets[word].kinds[0].replace("_", " ")
        what = kind if kind == "pages" else f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"
        message = f"{word!r} is {what}, and {verb} goes with {_or(kinds)}"
        return Wrong(PERSON_VALUE, message, _example(model, verb))
    called = {key: each for key, each in fitting.items() if not each.builtin and _called(each, word)}
    builtin = {key: each for key, each in fitting.items() if each.builtin}
    if called:
        return _one_of(called, builtin, word)
    page = next((key for key, each in builtin.items() if _is_page(each, word)), None)
    if page is not None:
        return Thing(page, word)
    known = (*fitting, *(text for each in fitting.values() for text in each.texts))
    return _nothing(_or(kinds), word, known, _other(verb, next(iter(builtin), ""), word[:40], typed=typed))


def _one_of(called: Mapping[str, Asset], builtin: Mapping[str, Asset], word: str) -> Thing | Wrong:
    """What goes by a name: one asset, or several of one kind, of which the name tells more than an id."""
    if len(called) == 1:
        key, only = next(iter(called.items()))
        return Thing(key, word) if _by_its_text(only, word) else Thing(key)
    kinds = {kind for each in called.values() for kind in each.kinds}
    if len(kinds) > 1:
        ids = ", ".join(called)
        return Wrong(
            PERSON_NAME, f"{word[:60]!r} is the name of several: {ids}", "write the id of the one you mean"
        )
    return Thing(next(key for key, each in builtin.items() if kinds & set(each.kinds)), word)


def _other(verb: str, builtin: str, word: str, *, typed: bool) -> str:
    """How to say an asset that the spec does not name."""
    if not builtin:
        return ""
    how = (
        f'"{verb}": "{builtin}", "name": "{word}"'
        if typed
        else f"{builtin} under what, and the name under name"
    )
    return f"For one that the spec does not name: {how}"


def _is_page(builtin: Asset, word: str) -> bool:
    return "pages" in builtin.kinds and ("/" in word or "." in word)


def _called(asset: Asset, word: str) -> bool:
    others = [text for texts in asset.names.values() for text in texts]
    return _by_its_text(asset, word) or fold(word) in map(fold, others)


def _by_its_text(asset: Asset, word: str) -> bool:
    compare = page_matches if "pages" in asset.kinds else matches
    return any(compare(asset.match, word, text) for text in asset.texts)


def _nothing(kind: str, word: str, known: Iterable[str], help: str) -> Wrong:
    from scorewright.diagnostics.suggest import did_you_mean

    words = [*known]
    near = did_you_mean(word, words)
    listed = (
        f"there are {', '.join(words[:8])}{' …' if len(words) > 8 else ''}" if words else "the spec has none"
    )
    advice = " ".join(part for part in (near or ("" if help else listed), help) if part)
    return Wrong(PERSON_NAME, f"the spec knows no {kind} {word[:60]!r}", advice)


def _example(model: Model, verb: str) -> str:
    kinds = set(VERBS[verb].kinds)
    fitting = sorted((each.builtin, key) for key, each in model.assets.items() if set(each.kinds) & kinds)
    return f"for example {fitting[0][1]}" if fitting else ""


def _or(kinds: Iterable[str]) -> str:
    return " or ".join(kind.replace("_", " ") for kind in kinds)


# --- properties and values ------------------------------------------------------------------------------------------


def properties(model: Model, verb: str, what: str) -> Mapping[str, str]:
    """The properties that an event can have, with their types; ``ANY`` for an activity that is not known."""
    if VERBS[verb].takes == "activities":
        return model.activities[what].properties if what in model.activities else ANY
    return dict(VERBS[verb].properties)


def value_help(kind: str, *, typed: bool) -> str:
    """What to write for a type."""
    words = {
        "number": "write a whole number" + (", without quotes" if typed else ""),
        "yes_no": "write true or false" if typed else "write yes or no",
        "date": "write a date as 2026-05-01, or a time as 2026-05-01T10:00",
        "choices": 'write an array of texts: ["a", "b"]' if typed else "write the values with ; between them",
    }
    return words.get(kind, "write a text in quotes" if typed else "write a text")
