"""Assets by what they are called: two ids may not be one asset in the model and two on a platform, or the other way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.checks.subject import Family
from scorewright.diagnostics.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.checks.subject import Subject
    from scorewright.diagnostics.rule import Finding
    from scorewright.model.elements import Model

__all__ = ["FAMILY"]

ONE_OR_TWO = Rule(
    "SW309",
    "one-asset-or-two",
    Severity.ERROR,
    """What
Two assets that are one on a platform, by their `names`, and two in the model; or one in the model and two there. And
something asks for one of them without the other.
Why
On the platform, whoever submits the one form has submitted the other: both rules pay there, where the model means one.
Most often the line with `names` was copied.
Example
    [assets]
    demo = { form = "Demo request", names = { marketo = "WEB Contact" } }
    contact = { form = "Contact us", names = { marketo = "WEB Contact" } }

    [rules.demo]
    on = { submits = "demo" }
    points = { engagement = 50 }
Use instead
    [assets]
    demo = { form = "Demo request", names = { marketo = "WEB Demo" } }
    contact = { form = "Contact us", names = { marketo = "WEB Contact" } }

    [rules.demo]
    on = { submits = "demo" }
    points = { engagement = 50 }
""",
)


def one_or_two(subject: Subject) -> Iterator[Finding]:
    """Pairs that a platform does not tell apart as the model does; each asset is named once a platform."""
    model = subject.model
    targets = sorted({target for asset in model.assets.values() for target in asset.names})
    meant = _shared(model, "")
    for target in targets:
        there = _shared(model, target)
        for pair in sorted({*meant} ^ {*there}):
            if _told_apart(subject, pair):
                name = there.get(pair) or meant[pair]
                yield _finding(model, pair, name, target, one=pair in there)


def _shared(model: Model, target: str) -> dict[tuple[str, str], str]:
    """Pairs of ids with a name that both have; on no platform, the names of the model."""
    first: dict[tuple[str, str], str] = {}
    found = {}
    for key, asset in model.assets.items():
        for text in () if asset.builtin or asset.match != "is" else asset.texts_on(target):
            other = first.setdefault((asset.kinds[0], text.casefold().rstrip("/")), key)
            if other != key:
                found[other, key] = text
    return found


def _told_apart(subject: Subject, pair: tuple[str, str]) -> bool:
    """Whether an element uses the one and not the other; what happens in an example happens to one of them anyhow."""
    first, second = (("assets", key) for key in pair)
    return any(
        (first in names) != (second in names)
        for (table, _), names in subject.uses.items()
        if table != "examples"
    )


def _finding(model: Model, pair: tuple[str, str], name: str, target: str, *, one: bool) -> Finding:
    first, second = (model.assets[key] for key in pair)
    there, here = ("one", "two") if one else ("two", "one")
    message = f"{pair[0]!r} and {pair[1]!r} are {there} on {target}, and {here} in the model: {name!r}"
    path = next((item.path for item in (second, first) if target in item.names), second.path)
    return ONE_OR_TWO.at(
        (*path, "names", target),
        message,
        help=f"give each a name of its own under names.{target}, or ask for both wherever one is asked for"
        if one
        else f"give both one name under names.{target}, or each a name of its own in the model",
        related=[((first if path == second.path else second).path, "the other asset")],
    )


FAMILY = Family((ONE_OR_TWO,), (one_or_two,))
