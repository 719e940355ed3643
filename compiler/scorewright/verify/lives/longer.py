"""Whether a text holds what the spec looks for in a way that platforms read otherwise: inside a longer word, in another case."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorewright.model import conditions as con
from scorewright.model.history import Happening
from scorewright.semantics.texts import fold, matches
from scorewright.verify.lives.asked import conditions, events

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.model.elements import Model
    from scorewright.model.history import Scalar
    from scorewright.model.value_tests import Test
    from scorewright.verify.lives.sights import View

__all__ = ["inside_longer", "other_case"]


def inside_longer(view: View) -> bool:
    """At any time."""
    looked_for = list(dict.fromkeys(_looked_for(view.model)))
    seen = {
        (field, value)
        for sight in view.sights
        for field in {field for field, _ in looked_for}
        for value in _texts(sight.fields.get("email" if field == "email-domain" else field))
    }
    return any(_longer(asked, value) for field, value in seen for name, asked in looked_for if name == field)


def _looked_for(model: Model) -> Iterator[tuple[str, _Asked]]:
    """The words, the ends and the domains that the spec looks for, with the field."""
    for item in conditions(model):
        if isinstance(item, con.FieldTest):
            for asked in _whole(item.field, item.test):
                yield item.field, asked


class _Asked(NamedTuple):
    """A text, how it is compared, and whether that is with a domain."""

    mode: str
    text: str
    domain: bool


def _whole(field: str, test: Test) -> tuple[_Asked, ...]:
    domain = field == "email-domain"
    if domain and isinstance(test, con.Is):
        return tuple(_Asked("is", str(value), domain) for value in test.values)
    if isinstance(test, con.Matches) and (domain or test.mode in {"contains_word", "ends_with"}):
        return tuple(_Asked(test.mode, text, domain) for text in test.texts)
    return ()


def _texts(value: Scalar) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value if isinstance(value, tuple) else ()


def _longer(asked: _Asked, value: str) -> bool:
    """Whether a text occurs as part of a longer word, or before the end (or in an address, but not so in its domain)."""
    whole, part = fold(value), fold(asked.text)
    if part not in whole:
        return False
    if asked.domain or asked.mode == "ends_with":
        return not matches(asked.mode, whole.rpartition("@")[2] if asked.domain else whole, part)
    starts = [at for at in range(len(whole)) if whole.startswith(part, at)]
    around = [whole[max(0, at - 1) : at + len(part) + 1] for at in starts]
    return any(not matches("contains_word", piece, part) for piece in around)


# --- another case ---------------------------------------------------------------------------------------------------


def other_case(view: View) -> bool:
    """At any time: what is looked for is there when case is ignored, and is not as it is written."""
    model = view.model
    fields = [(item.field, item.test) for item in conditions(model) if isinstance(item, con.FieldTest)]
    told = [test for event in events(model) for _, test in event.where]
    happened = [item for item in view.life.person.history if isinstance(item, Happening)]
    about = [text for item in happened for value in item.properties.values() for text in _texts(value)]
    pairs = {(text, sought) for text in about for test in told for sought in _sought(test)}
    for key, test in fields:
        values = (sight.fields.get("email" if key == "email-domain" else key) for sight in view.sights)
        pairs |= {(text, sought) for value in values for text in _texts(value) for sought in _sought(test)}
    return any(fold(sought) in fold(text) and sought not in text for text, sought in pairs)


def _sought(test: Test) -> tuple[str, ...]:
    if isinstance(test, con.Matches):
        return test.texts
    return tuple(str(value) for value in test.values) if isinstance(test, con.Is) else ()
