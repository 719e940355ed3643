"""Lowering is a function: the same request gives the same bundle, to the byte, and nothing else changes."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from scorewright.plugin.conformance.breach import Breach
from scorewright.plugin.target import Request

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.plugin.conformance.bench import Bench

__all__ = ["repeated", "seeded", "unchanged"]

_WRITERS = ("__setitem__", "__delitem__", "clear", "pop", "popitem", "setdefault", "update", "__ior__")


class _Watched(dict[str, Any]):
    """A table that notices whoever writes to it, and writes."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.written: list[str] = []


def _watching(writer: str) -> Any:
    plain = getattr(dict, writer)

    def write(self: _Watched, *args: Any, **named: Any) -> Any:
        self.written.append(writer)
        return plain(self, *args, **named)

    return write


for _writer in _WRITERS:
    setattr(_Watched, _writer, _watching(_writer))


def unchanged(bench: Bench) -> Iterator[Breach]:
    """A target changes nothing of what it is given: not the model, not the options, not the facts."""
    do = "work on copies: other targets read the same model, and the next compile reads it again"
    for case in bench.cases:
        model, options = case.copy(), _Watched(deepcopy(dict(bench.options)))
        facts = _Watched((fact.id, fact.value) for fact in bench.target.facts())
        before = case.model, deepcopy(dict(bench.options)), dict(facts)
        try:
            bench.target.compile(Request(model, options, facts))
        except Exception:  # noqa: BLE001, S112 - that it raises is another promise's
            continue
        for name, was, is_, written in (
            ("model", before[0], model, []),
            ("options", before[1], options, options.written),
            ("facts", before[2], facts, facts.written),
        ):
            if was != is_ or written:
                yield Breach(case.name, f"request.{name} is changed by compile()", do)


def repeated(bench: Bench) -> Iterator[Breach]:
    """A target that is asked again, after it was asked other things, answers the same."""
    do = "keep nothing from one compile to the next: no counter, no cache that a model can change"
    for outcome in reversed(bench.outcomes):
        again = bench.ask(outcome.case)
        if outcome.bundle is None or again.bundle is None:
            if repr(outcome.error) != repr(again.error):
                yield Breach(outcome.case.name, "raises the one time and not the other", do)
        elif outcome.bundle != again.bundle:
            parts = [name for name in _PARTS if getattr(outcome.bundle, name) != getattr(again.bundle, name)]
            yield Breach(outcome.case.name, f"gives other {', '.join(parts)} when it is asked again", do)


_PARTS = ("target", "objects", "notes", "sheet", "quotas", "gauges")


def seeded(bench: Bench) -> Iterator[Breach]:
    """Two processes with different hash seeds write the same bytes."""
    from scorewright.plugin.conformance.again import in_two_processes

    one, two = in_two_processes(bench)
    do = "sort whatever comes from a set, and never use hash(), id() or a clock"
    for case in one:
        for name in sorted({*one[case], *two[case]}):
            texts = one[case].get(name, ""), two[case].get(name, "")
            if texts[0] != texts[1]:
                yield Breach(f"{case}, {name}", f"is not the same under two hash seeds: {_first(*texts)}", do)


def _first(one: str, other: str) -> str:
    for line, (left, right) in enumerate(zip(one.splitlines(), other.splitlines(), strict=False), 1):
        if left != right:
            return f"line {line} is {left[:80]!r} and {right[:80]!r}"
    return f"{one.count(chr(10))} and {other.count(chr(10))} lines"
