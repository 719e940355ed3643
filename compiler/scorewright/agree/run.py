"""Signs one threshold of a spec: what it says now is read from the model, never from the old text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorewright.agree.rules import CANNOT_SIGN
from scorewright.agree.sign import CannotSignError, Signature, sign
from scorewright.checks.agreements import FAMILY, agreement_texts
from scorewright.checks.run import check_spec
from scorewright.output import OutputError, replace_file
from scorewright.source.part import AGREEMENTS
from scorewright.source.place import place

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from scorewright.diagnostics.diagnostic import Diagnostic
    from scorewright.model.elements import Model

__all__ = ["AgreeError", "Agreement", "UnknownThresholdError", "agree"]


class AgreeError(Exception):
    """Nothing was signed and nothing written; ``diagnostics`` say why."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__(diagnostics[0].message)
        self.diagnostics = diagnostics


class UnknownThresholdError(Exception):
    """The spec has no such threshold; the message names those that it has."""


class Agreement(NamedTuple):
    """What was signed, in which file, and which sides have to sign anew."""

    file: Path
    says: str
    dropped: tuple[str, ...]


def agree(spec: Path, threshold: str, *, side: str, by: str, on: date) -> Agreement:
    """Write one side's signature under what the threshold says now.  Raises the errors above."""
    model = _model(spec, on)
    says = agreement_texts(model).get(threshold)
    if says is None:
        known = ", ".join(dict.fromkeys(each.id for each in model.thresholds.values())) or "none"
        raise UnknownThresholdError(f"there is no threshold {threshold!r}; the spec has {known}")
    file = (spec if spec.is_dir() else spec.parent) / AGREEMENTS
    try:
        text = file.read_text("utf-8") if file.exists() else ""
        signed = sign(text, Signature(threshold, says, side, by, on))
        replace_file(file, signed.text.encode())
    except CannotSignError as error:
        help_ = f'write [agreements.{threshold}], and below it says = "{says}"'
        finding = CANNOT_SIGN.in_file(file.as_posix(), str(error), help=help_)
        raise AgreeError(place((finding,), None)) from None
    except OutputError as error:
        raise AgreeError((error.diagnostic,)) from None
    return Agreement(file, says, signed.dropped)


def _model(spec: Path, today: date) -> Model:
    """The model, if nothing but its agreements is wrong: what a broken spec says is not what anybody agrees to."""
    checked = check_spec(spec, today=today)
    wrong = [
        found
        for found in checked.findings
        if found.rule.severity == "error" and found.rule not in FAMILY.rules
    ]
    if checked.model is None or wrong:
        raise AgreeError(place(wrong, checked.document, checked.texts))
    return checked.model
