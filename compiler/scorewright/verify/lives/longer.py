"""Whether a text holds what the spec looks for in a way that platforms read otherwise: inside a longer word, in another case."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    return any(
        _longer(field, value, text) for field, value in seen for name, text in looked_for if name == field
    )


def _looked_for(model: Model) -> Iterator[tuple[str, str]]:
    """The words and the domains that the spec looks for, with the field."""
    for item in conditions(model):
        if isinstance(item, con.FieldTest):
            for text in _whole(item.field, item.test):
                yield item.field, text


def _whole(field: str, test: Test) -> tuple[str, ...]:
    if isinstance(test, con.Matches) and test.mode == ("is" if field == "email-domain" else "contains_word"):
        return test.texts
    if field == "email-domain" and isinstance(test, con.Is):
        return tuple(str(value) for value in test.values)
    return ()


def _texts(value: Scalar) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value if isinstance(value, tuple) else ()


def _longer(field: str, value: str, text: str) -> bool:
    """Whether a text occurs as part of a longer word (or the domain as part of a longer one)."""
    whole, part = fold(value), fold(text)
    if field == "email-domain":
        return part in whole and whole.rpartition("@")[2] != part
    if part not in whole:
        return False
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
