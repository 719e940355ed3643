"""Whole words, endings and e-mail domains: a helper field holds the text between bars, and contains does the rest."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scorewright.model.conditions import Is, Matches
from scorewright_marketo.folders import HELPERS
from scorewright_marketo.lower.bounds import by_condition
from scorewright_marketo.lower.expr import EVERYBODY, either
from scorewright_marketo.lower.operators import plain
from scorewright_marketo.lower.refusal import RefusedError
from scorewright_marketo.names import clean
from scorewright_marketo.objects import Clause, FlowStep

if TYPE_CHECKING:
    from scorewright.diagnostics.rule import KeyPath
    from scorewright.model.conditions import Test
    from scorewright_marketo.lower.context import Builder
    from scorewright_marketo.lower.expr import Expr

__all__ = ["clause", "emit_fillers", "needed"]

_SEPARATORS = (" ", ",", ".", "/", "-")
_BAR = "|"


def needed(key: str, test: Test) -> bool:
    """Whether a test has no operator of its own in Marketo."""
    if key == "email-domain":
        return isinstance(test, (Is, Matches))
    return isinstance(test, Matches) and test.mode in {"contains_word", "ends_with"}


def clause(b: Builder, key: str, test: Test, path: KeyPath, *, negated: bool) -> Expr:
    """The test on the padded text.  An empty text is ``||``, so both directions are exact."""
    label = _field(b, "email" if key == "email-domain" else key)
    texts = _texts(b, key, test, path)
    if not negated:
        return Clause(label, "contains", texts)
    negative = Clause(label, "not contains", texts)
    return (
        negative if b.fact("negative-operators-match-empty") else either(negative, Clause(label, "is empty"))
    )


def _texts(b: Builder, key: str, test: Test, path: KeyPath) -> tuple[str, ...]:
    if isinstance(test, Is):
        mode, values = "is", tuple(plain(str(value)) for value in test.values)
    elif isinstance(test, Matches):
        mode, values = test.mode, tuple(map(plain, test.texts))
    else:
        raise RefusedError(
            "condition-impossible",
            path,
            "the domain is no field in Marketo but the end of the address",
            "use is, starts_with or ends_with",
        )
    if key == "email-domain":
        ends = {"is": "@{}|", "starts_with": "@{}", "ends_with": "{}|"}
        if mode not in ends:
            raise RefusedError(
                "condition-impossible",
                path,
                "the domain is the end of the address, and no operator leaves out what stands before the @",
                "use is, starts_with or ends_with, or an own field that holds the domain",
            )
        return tuple(ends[mode].format(value) for value in values)
    if mode == "ends_with":
        return tuple(f"{value}{_BAR}" for value in values)
    return tuple(text for value in values for text in _around(b, value, path))


def _around(b: Builder, word: str, path: KeyPath) -> list[str]:
    """A word between every pair of edges: bars or separators."""
    edges = (_BAR, *(b.options.word_separators or _SEPARATORS))
    if " " in edges and not b.fact("filter-values-keep-blanks"):
        raise RefusedError(
            "condition-impossible",
            path,
            "a word ends at a blank, and Marketo cuts the blanks off a filter's values",
            "use contains, or list separators without the blank under [targets.marketo] word_separators",
            ("filter-values-keep-blanks",),
        )
    if (
        b.options.word_separators is None
        and b.element is not None
        and ("separators", b.element.key) not in b.memo
    ):
        b.memo["separators", b.element.key] = True
        b.bounded(
            "word-separators",
            "Whole words are found between blanks, commas, full stops, slashes, hyphens and the text's ends.",
            "a word beside any other sign is not found, as CEO in “CEO (acting)” before the bracket; list the signs that "
            "your data has under [targets.marketo] word_separators",
            "lead-token-in-data-value",
            bounds=by_condition(b, path, yes=False, when="odd-signs"),
        )
    return [f"{left}{word}{right}" for left in edges for right in edges]


def _field(b: Builder, key: str) -> str:
    label = b.field_label(key)
    b.rests_on("lead-token-in-data-value")
    helper = f"{b.options.helper_prefix} Words {clean(label)}"
    b.memo.setdefault(("padded", key), (label, helper, b.element))
    return b.shared_helper(
        helper, "string", f"{label} between bars, so that whole words and endings can be asked for."
    )


def emit_fillers(b: Builder) -> None:
    """For each padded field: a campaign that fills it at changes and at creation, and a batch for everybody."""
    for key in [key for key in b.memo if isinstance(key, tuple) and key[0] == "padded"]:
        label, helper, element = b.memo[key]
        b.begin(replace(element, product=None), "padded-text")
        step = FlowStep(
            "Change Data Value", (("Attribute", helper), ("New Value", "|{{lead." + label + "}}|"))
        )
        b.rests_on("lead-token-in-data-value")
        triggers = (
            Clause("Data Value Changes", "is", (label,), "Attribute"),
            Clause("Person is Created"),
        )
        name = b.campaign_name(f"Fill {helper}")
        b.campaign(
            name,
            HELPERS,
            "trigger",
            EVERYBODY,
            (step,),
            triggers=triggers,
            stage="helpers",
            role=f"fill-{key[1]}",
            why=f"Keeps {helper} like {label}.",
            population=False,
        )
        start = b.campaign_name(f"Start {helper}")
        b.campaign(
            start,
            HELPERS,
            "batch",
            EVERYBODY,
            (step,),
            stage="start",
            role=f"start-{key[1]}",
            schedule="Run once",
            why=f"Fills {helper} for everybody who is there already.",
            population=False,
        )
