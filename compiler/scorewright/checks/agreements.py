"""``agreements.toml``: what marketing and sales have agreed for each threshold, held to what the model says."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from scorewright.checks.subject import Family
from scorewright.diagnostics.rule import Rule, Severity
from scorewright.model import actions as act
from scorewright.model.phrases import phrase, phrase_event

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scorewright.checks.subject import Subject
    from scorewright.diagnostics.rule import Finding
    from scorewright.model.elements import Model, Threshold

__all__ = ["FAMILY", "SIDES", "agreement_texts", "hands_over", "says", "signed_on"]

NO_AGREEMENT = Rule(
    "SW510",
    "threshold-without-agreement",
    Severity.WARNING,
    """What
A threshold that hands people over, and nothing in `agreements.toml` that marketing and sales have agreed to it.
Why
The threshold is where marketing's prospect becomes the sales team's; neither side moves it alone. The agreement lies
in a file of its own, so that the owners of that file on both sides must approve a change to it.
Example
    [thresholds.mql]
    when = { score = "engagement", at_least = 100 }
    then = [
      { assign = "crm-rule" },
    ]
Use instead
Write the agreement into `agreements.toml` beside the spec, with the text that the message shows:
    [thresholds.mql]
    when = { score = "engagement", at_least = 100 }
    then = [
      { assign = "crm-rule" },
    ]

    # agreements.toml
    [agreements.mql]
    says = "engagement at least 100"
    marketing = { by = "Head of marketing", on = 2026-03-01 }
    sales = { by = "Head of sales", on = 2026-03-01 }
""",
)

SAYS_OTHERWISE = Rule(
    "SW511",
    "agreement-says-otherwise",
    Severity.ERROR,
    """What
The text of an agreement is not what the model says now.
Why
A number was changed, perhaps far away in `[values]`, and with it what both sides have signed. The text holds numbers
and no names, so that such a change shows in the file that both must approve.
Example
    [thresholds.mql]
    when = { score = "engagement", at_least = 100 }
    then = [
      { assign = "crm-rule" },
    ]

    # agreements.toml, from the time when it was 90
    [agreements.mql]
    says = "engagement at least 90"
    marketing = { by = "Head of marketing", on = 2025-03-01 }
    sales = { by = "Head of sales", on = 2025-03-01 }
Use instead
Ask both sides, then write the new text and the new dates; or take the change back:
    [thresholds.mql]
    when = { score = "engagement", at_least = 100 }
    then = [
      { assign = "crm-rule" },
    ]

    # agreements.toml
    [agreements.mql]
    says = "engagement at least 100"
    marketing = { by = "Head of marketing", on = 2026-03-01 }
    sales = { by = "Head of sales", on = 2026-03-01 }
""",
)

NOT_SIGNED = Rule(
    "SW512",
    "agreement-not-signed",
    Severity.WARNING,
    """What
An agreement that one side has not signed.
Why
What one side wants is a proposal.
Example
    [thresholds.mql]
    when = { score = "engagement", at_least = 100 }
    then = [
      { assign = "crm-rule" },
    ]

    # agreements.toml
    [agreements.mql]
    says = "engagement at least 100"
    marketing = { by = "Head of marketing", on = 2026-03-01 }
Use instead
    [thresholds.mql]
    when = { score = "engagement", at_least = 100 }
    then = [
      { assign = "crm-rule" },
    ]

    # agreements.toml
    [agreements.mql]
    says = "engagement at least 100"
    marketing = { by = "Head of marketing", on = 2026-03-01 }
    sales = { by = "Head of sales", on = 2026-03-01 }
""",
)

OF_NOTHING = Rule(
    "SW513",
    "agreement-of-no-threshold",
    Severity.ERROR,
    """What
An agreement for a threshold that the model does not have.
Why
The threshold was renamed or deleted, and nobody has agreed to what stands in its place.
Example
    [thresholds.mql]
    when = { score = "engagement", at_least = 100 }
    then = [
      { assign = "crm-rule" },
    ]

    # agreements.toml
    [agreements.mlq]
    says = "engagement at least 100"
    marketing = { by = "Head of marketing", on = 2026-03-01 }
    sales = { by = "Head of sales", on = 2026-03-01 }
Use instead
    [thresholds.mql]
    when = { score = "engagement", at_least = 100 }
    then = [
      { assign = "crm-rule" },
    ]

    # agreements.toml
    [agreements.mql]
    says = "engagement at least 100"
    marketing = { by = "Head of marketing", on = 2026-03-01 }
    sales = { by = "Head of sales", on = 2026-03-01 }
""",
)

MALFORMED = Rule(
    "SW514",
    "malformed-agreement",
    Severity.ERROR,
    """What
Something in `agreements.toml` that does not belong there, or that has the wrong form.
Why
A misspelt key is a signature that nobody gave. The file holds `language` and one table for each threshold: `says`
(text), `marketing` and `sales` (each `by`, a text, and `on`, a date without quotes).
Example
    [thresholds.mql]
    when = { score = "engagement", at_least = 100 }
    then = [
      { assign = "crm-rule" },
    ]

    # agreements.toml
    [agreements.mql]
    says = "engagement at least 100"
    marketing = "Head of marketing"
    sales = { by = "Head of sales", on = 2026-03-01 }
Use instead
    [thresholds.mql]
    when = { score = "engagement", at_least = 100 }
    then = [
      { assign = "crm-rule" },
    ]

    # agreements.toml
    [agreements.mql]
    says = "engagement at least 100"
    marketing = { by = "Head of marketing", on = 2026-03-01 }
    sales = { by = "Head of sales", on = 2026-03-01 }
""",
)

SIDES = ("marketing", "sales")
"""Who signs."""


# --- the canonical text ---------------------------------------------------------------------------------------------


def says(model: Model, threshold: Threshold) -> str:
    """The canonical text of one threshold (of one product's copy): one line, every named value as its number.

    The parts stand in the order ``when``, ``or_on``, ``required_fields``, ``unless``, with semicolons between them:
    ``person at least 100 and not behavior is 0; or submits demo; needs email, company; unless marked mql``.
    """
    parts = [phrase(threshold.when, model)]
    parts.extend(f"or {phrase_event(event, model)}" for event in threshold.or_on)
    if threshold.required_fields:
        parts.append(f"needs {', '.join(threshold.required_fields)}")
    if threshold.unless is not None:
        parts.append(f"unless {phrase(threshold.unless, model)}")
    return "; ".join(parts)


def agreement_texts(model: Model) -> dict[str, str]:
    """What ``agreements.toml`` has to say for each threshold, by id; a threshold with a copy for each product is one."""
    copies: dict[str, list[Threshold]] = {}
    for threshold in model.thresholds.values():
        copies.setdefault(threshold.id, []).append(threshold)
    return {key: " | ".join(_of_product(model, each) for each in found) for key, found in copies.items()}


def _of_product(model: Model, threshold: Threshold) -> str:
    text = says(model, threshold)
    return text if threshold.product is None else f"for {threshold.product}: {text}"


def hands_over(threshold: Threshold) -> bool:
    """Whether a threshold gives people to sales: it assigns, notifies, makes a task, fills a campaign or says MQL.

    A notice to a colleague beside a reset is housekeeping: a score out of hand, which nobody is handed.
    """
    resets = any(isinstance(action, act.Reset) for action in threshold.then)
    return any(_hands_over(action, resets) for action in threshold.then)


def _hands_over(action: act.Action, resets: bool) -> bool:
    if isinstance(action, act.Notify):
        return not resets or action.to in {"owner", "opportunity-owner"}
    return isinstance(action, (act.Assign, act.CreateTask, act.AddToCampaign)) or (
        isinstance(action, act.SetLifecycle) and action.stage == "mql"
    )


def signed_on(agreements: Mapping[str, Any]) -> Iterator[dt.date]:
    """The date of every signature that has one."""
    tables = agreements.get("agreements")
    for entry in tables.values() if isinstance(tables, dict) else ():
        for side in SIDES:
            signature = entry.get(side) if isinstance(entry, dict) else None
            day = signature.get("on") if isinstance(signature, dict) else None
            if isinstance(day, dt.date) and _is_date(day):
                yield day


# --- the form of the file -------------------------------------------------------------------------------------------


def well_formed(subject: Subject) -> Iterator[Finding]:
    """The file holds ``language`` and ``agreements``, and each agreement what an agreement has."""
    for key in subject.agreements:
        if key not in {"language", "agreements"}:
            message = f"{key!r} does not belong in agreements.toml"
            yield MALFORMED.at(
                ("agreements", key), message, help="it holds [agreements.<threshold>] tables only"
            )
    tables = subject.agreements.get("agreements", {})
    if not isinstance(tables, dict):
        yield MALFORMED.at(("agreements",), "agreements is a table", help="write [agreements.<threshold>]")
        return
    for key, entry in tables.items():
        yield from _entry(("agreements", key), entry)


def _entry(path: tuple[str, ...], entry: object) -> Iterator[Finding]:
    if not isinstance(entry, dict):
        help_ = f"write [agreements.{path[1]}] and says = … below it"
        yield MALFORMED.at(path, "an agreement is a table", help=help_)
        return
    for key in entry:
        if key not in {"says", *SIDES}:
            message = f"an agreement has no {key!r}"
            yield MALFORMED.at((*path, key), message, help="it has says, marketing and sales", on="key")
    if not isinstance(entry.get("says"), str):
        message = "says is a text" if "says" in entry else "the agreement does not say what was agreed"
        yield MALFORMED.at((*path, "says"), message, help='add says = "…"')
    for side in SIDES:
        if side in entry:
            yield from _signature((*path, side), entry[side])


def _signature(path: tuple[str, ...], raw: object) -> Iterator[Finding]:
    help_ = f'write {path[-1]} = {{ by = "…", on = 2026-03-01 }}'
    if not isinstance(raw, dict):
        yield MALFORMED.at(path, "a signature says who signed and when", help=help_)
        return
    for key in raw:
        if key not in {"by", "on"}:
            yield MALFORMED.at((*path, key), f"a signature has no {key!r}", help=help_, on="key")
    if not (isinstance(raw.get("by"), str) and raw["by"].strip()):
        yield MALFORMED.at((*path, "by"), "by is a text: the role or the name of who signed", help=help_)
    if not _is_date(raw.get("on")):
        yield MALFORMED.at((*path, "on"), "on is a date without quotes and without a time", help=help_)


def _is_date(value: object) -> bool:
    return isinstance(value, dt.date) and not isinstance(value, dt.datetime)


# --- the agreements against the model -------------------------------------------------------------------------------


def agreed(subject: Subject) -> Iterator[Finding]:
    """Each threshold that hands over has its agreement, signed by both, and each agreement says what the model says."""
    texts = agreement_texts(subject.model)
    entries = _entries(subject)
    copied = {each.id for each in subject.model.thresholds.values() if each.product is not None}
    for threshold in subject.model.thresholds.values():
        key = threshold.id
        if key not in entries and hands_over(threshold):
            message = f"marketing and sales have not agreed to {key!r}"
            help_ = f'add [agreements.{key}] to agreements.toml, with says = "{texts[key]}"'
            yield NO_AGREEMENT.at(("thresholds", key), message, help=help_, on="key")
    for key, entry in entries.items():
        if key in texts:
            yield from _signed(key, entry)
            if subject.whole or key not in copied:  # a product left out is missing from the text
                yield from _compare(key, entry, texts[key])
        elif ("thresholds", key) not in subject.uses:
            yield _nothing(key, texts)


def _compare(key: str, entry: Mapping[str, Any], text: str) -> Iterator[Finding]:
    written = entry.get("says")
    if isinstance(written, str) and written != text:
        message = f'the agreement says "{written}", and the model says "{text}"'
        help_ = f'if both sides agree, write says = "{text}" and the new dates; if not, take the change back'
        related = [(("thresholds", key), "the threshold stands here")]
        yield SAYS_OTHERWISE.at(("agreements", key, "says"), message, help=help_, related=related)


def _signed(key: str, entry: Mapping[str, Any]) -> Iterator[Finding]:
    missing = [side for side in SIDES if side not in entry]
    if missing:
        message = f"{' and '.join(missing)} {'have' if len(missing) > 1 else 'has'} not signed {key!r}"
        help_ = f'add {missing[0]} = {{ by = "…", on = … }} with the day of the agreement'
        yield NOT_SIGNED.at(("agreements", key), message, help=help_, on="key")


def _nothing(key: str, known: Iterable[str]) -> Finding:
    from scorewright.diagnostics.suggest import closest

    near = closest(key, known)
    help_ = f"did you mean {near!r}?" if near else "delete it, or write the threshold"
    return OF_NOTHING.at(("agreements", key), f"there is no threshold {key!r}", help=help_, on="key")


def _entries(subject: Subject) -> dict[str, Mapping[str, Any]]:
    """The agreements that have the form of one; the others have been reported."""
    tables = subject.agreements.get("agreements", {})
    entries = tables.items() if isinstance(tables, dict) else ()
    return {key: entry for key, entry in entries if isinstance(entry, dict)}


FAMILY = Family((NO_AGREEMENT, SAYS_OTHERWISE, NOT_SIGNED, OF_NOTHING, MALFORMED), (well_formed, agreed))
