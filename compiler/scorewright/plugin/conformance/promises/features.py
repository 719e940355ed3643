"""Whether the capability table is true: what it promises compiles, and what it refuses is refused in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.plugin.conformance.breach import Breach
from scorewright.plugin.notes import Result
from scorewright.plugin.usage import features_used

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.plugin.bundle import Bundle
    from scorewright.plugin.conformance.bench import Bench, Case
    from scorewright.plugin.notes import Note
    from scorewright.plugin.usage import Use

__all__ = ["feature"]


def feature(bench: Bench, name: str) -> Iterator[Breach]:
    """A feature is as the table says: lowered without a refusal, or refused with a place, a reason and a way out."""
    capability = bench.capabilities.get(name)
    shapes = bench.features[name]
    if any(not _uses(case, name) for case in shapes):
        yield Breach(name, "does not stand in the spec that you gave for it", "give a spec that uses it")
    elif capability is not None and capability.support.refused:
        for case in shapes:
            yield from _refused(bench, case, name)
    elif capability is not None:
        yield from _lowered(bench, name)


def _uses(case: Case, name: str) -> list[Use]:
    return [use for use in features_used(case.model) if use.feature == name]


# --- what the table promises ----------------------------------------------------------------------------------------


def _lowered(bench: Bench, name: str) -> Iterator[Breach]:
    """One shape of the feature that is lowered is enough; where there is none, what is said of each."""
    found: list[Breach] = []
    for case in bench.features[name]:
        breaches = list(_not_lowered(bench, case, name))
        if not breaches:
            return
        found.extend(breaches)
    yield from found


def _not_lowered(bench: Bench, case: Case, name: str) -> Iterator[Breach]:
    said = f"is said to be {bench.capabilities[name].support}"
    beside = _refused_beside(bench, case)
    if beside:
        do = f"give the kit a spec of your own that uses what your platform has: specs = {{{name!r}: …}}"
        wrong = f"{said}, and its spec also uses {', '.join(beside)}, which your table refuses"
        yield Breach(case.name, wrong, do)
        return
    bundle = bench.ask(case).bundle
    if bundle is None:
        return  # that it raises is another promise's
    do = "lower the plainest shape of the feature, or say in capabilities() that it cannot be had"
    refusals = _refusals(case, bundle, name)
    if refusals and not _hangs_on_a_fact(bench, case, name, refusals):
        for note in refusals:
            yield Breach(case.name, f"{said}, and {note.element} is refused: {note.name}: {note.message}", do)
    for quota in bundle.quotas:
        if quota.given is not None and quota.used > quota.given:
            yield Breach(
                case.name, f"{said}, and its spec needs {quota.used} {quota.name} of {quota.given}", do
            )


def _refused_beside(bench: Bench, case: Case) -> list[str]:
    used = {use.feature for use in features_used(case.model)}
    table = bench.capabilities
    return sorted(name for name in used if name in table and table[name].support.refused)


def _refusals(case: Case, bundle: Bundle, name: str) -> list[Note]:
    elements = {use.element for use in _uses(case, name)}
    return [note for note in bundle.notes if note.result is Result.REFUSED and note.element in elements]


def _hangs_on_a_fact(bench: Bench, case: Case, name: str, refusals: list[Note]) -> bool:
    """Whether another answer to an unsure fact, which the refusal rests on, lets the feature be lowered."""
    for fact in {fact for note in refusals for fact in note.facts if fact in bench.facts}:
        for value in bench.facts[fact].alternatives:
            bundle = bench.ask(case, **{fact: value}).bundle
            if bundle is not None and not _refusals(case, bundle, name):
                return True
    return False


# --- what the table refuses -----------------------------------------------------------------------------------------


def _refused(bench: Bench, case: Case, name: str) -> Iterator[Breach]:
    from scorewright.compiling.gate import refused_features

    reported = {finding.path: finding for finding in refused_features(bench.target, case.model)}
    for use in _uses(case, name):
        if use.path not in reported:
            where = ".".join(map(str, use.path))
            yield Breach(case.name, f"is not refused at {where}", "answer for it in capabilities()")
        elif not reported[use.path].help:
            do = "say in `instead` of the capability what comes nearest and works"
            yield Breach(case.name, "is refused without a way out", do)
    bundle = bench.ask(case).bundle
    if bundle is not None:
        yield from _built_all_the_same(case, bundle, name)


def _built_all_the_same(case: Case, bundle: Bundle, name: str) -> Iterator[Breach]:
    """What the table refuses has a refusal among its notes, or no note: else the table or the note is wrong."""
    for element in dict.fromkeys(use.element for use in _uses(case, name) if use.element != "model"):
        results = {note.result for note in bundle.notes if note.element == element}
        if results and Result.REFUSED not in results:
            words = " and ".join(sorted(map(str, results)))
            do = "refuse the element by a note, or leave it to the compiler and say nothing of it; or mend the table"
            yield Breach(case.name, f"is refused by the table, and {element} is noted as {words}", do)
