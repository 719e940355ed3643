"""``python -m tests.verify.changed``: change specs in ways that nobody has listed, and prove the way from one to the other."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import traceback
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

from scorewright.checks.run import check_spec
from scorewright.plugin.notes import Result
from scorewright.plugin.registry import load
from scorewright.source.load import load as load_files
from tests.making.change import change
from tests.making.choose import Choose
from tests.making.spec import Made, make_spec
from tests.marketo.migration import passing as on_marketo
from tests.marketo.migration.rows import ROWS
from tests.pardot.making import HEAD, SPECS
from tests.pardot.migration import passing as on_pardot
from tests.verify.made import lowered
from tests.verify.shipped import TARGETS

__all__ = ["BASES", "CHANGES", "Changed", "changed", "row"]

CHANGES = {"marketo": on_marketo.Change, "pardot": on_pardot.Change}
_TODAY = date(2026, 1, 1)
_TRIES = 60
"""How many changes are thought of until one is sound."""


class Changed(NamedTuple):
    """What came of one change: a word, what the change was, and what there is to read."""

    word: str
    said: str
    text: str = ""
    wide: int = 0
    """How many bounds of it have an end without a number."""


# --- what is changed --------------------------------------------------------------------------------------------------


def _row(number: int) -> Made:
    return row([*ROWS][number % len(ROWS)], newer=number // len(ROWS) % 2 == 0)


def row(name: str, *, newer: bool) -> Made:
    """One of the specs of a pair that the tests of migrations name."""
    old, new, *head = ROWS[name]
    text = new if newer else old
    return _read({"model.toml": f"language = 1\n{head[0] if head else HEAD}\n{text}"})


def _shipped(number: int) -> Made:
    folders = sorted(path.parent for path in SPECS.glob("*/model.toml"))
    return _loaded(folders[number % len(folders)])


@cache
def _loaded(folder: Path) -> Made:
    document = load_files(folder).document
    assert document is not None
    data = {
        key: value for key, value in document.data.items() if key not in {"include", "examples", "accept"}
    }
    files = {
        entry["file"]: document.texts[key] for key, entry in data.get("terms", {}).items() if "file" in entry
    }
    return Made(data, files)


def _read(files: dict[str, str]) -> Made:
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            (Path(folder) / name).write_text(text, "utf-8")
        return _loaded(Path(folder))


def _made(number: int) -> Made:
    made = make_spec(Choose.seeded(number))
    return Made(
        {key: value for key, value in made.data.items() if key not in {"include", "examples"}}, made.lists
    )


BASES = {"rows": _row, "made": _made, "shipped": _shipped}
"""Where the specs come from that are changed."""


def model_of(made: Made):
    """The model of a sound spec; ``None`` for another."""
    with tempfile.TemporaryDirectory() as folder:
        checked = check_spec(made.write(Path(folder)), today=_TODAY)
    return checked.model if checked.ok else None


def _other(made: Made, choose: Choose, most: int):
    """A sound spec that differs by a change or more, and what these were."""
    wanted, data, said, model = choose.integer(1, most), made.data, [], None
    for _ in range(_TRIES):
        fresh, words = change(choose, data)
        found = model_of(Made(fresh, made.lists)) if words and fresh != data else None
        if found is not None:
            data, model = fresh, found
            said.append(words)
        if len(said) == wanted:
            break
    return model, said


# --- what comes of it -------------------------------------------------------------------------------------------------


def changed(
    seed: int, name: str, base: str | Made = "rows", most: int = 2, stride: int = 13, effort: int = 1
) -> Changed:
    """Change one spec, of a sort or a spec in hand, and prove the way there and its end."""
    target, choose = load(name), Choose.seeded(seed)
    made = BASES[base](seed) if isinstance(base, str) else base
    old = model_of(made)
    if old is None:
        return Changed("unsound", "")
    new, said = _other(made, choose, most)
    words = "; ".join(said)
    if new is None:
        return Changed("unchanged", "")
    try:
        pair = [lowered(target, model) for model in (old, new)]
        if any(bundle is None for _, bundle in pair):
            return Changed("refused as a spec", words)
        return _come_of(CHANGES[name].of(*(model for model, _ in pair)), words, stride, effort)
    except Exception:  # noqa: BLE001 - whatever it is, it is what we look for
        return Changed("RAISES", words, traceback.format_exc())


def _come_of(one, words, stride, effort) -> Changed:
    notes = one.migration.notes
    refused = [note for note in notes if note.result is Result.REFUSED]
    if refused:
        dumb = [note for note in refused if not note.instead]
        names = ", ".join(sorted({note.name for note in refused}))
        return Changed("REFUSED DUMBLY" if dumb else "refused", words, names)
    if one.left() != one.wanted():
        return Changed("LEFT OTHERWISE", words, _differing(one.left(), one.wanted()))
    again = one.again()
    if again.moves:
        return Changed(
            "NEVER DONE", words, "\n".join(f"{move.act} {move.kind} {move.name}" for move in again.moves)
        )
    wide = sum(bound.least is None or bound.most is None for note in notes for bound in note.bounds)
    if not one.migration.moves:
        return Changed("nothing to do", words, wide=wide)
    proof = one.proof(stride=stride, effort=effort)
    if proof.failures:
        lines = [
            f"{failure.life.name!r} {failure.schedule}: {failure.difference}" for failure in proof.failures
        ]
        return Changed("DIFFERS", words, "\n".join(lines), wide)
    return Changed("holds" if proof.tally.compared else "compared nothing", words, wide=wide)


def _differing(left, wanted) -> str:
    keys = [key for key in {**left, **wanted} if left.get(key) != wanted.get(key)]
    return "\n".join(f"{key}\n  left   {left.get(key)}\n  wanted {wanted.get(key)}" for key in keys)


def main() -> int:
    """Change so many, print what is wrong, and give 1 when anything is."""
    parser = argparse.ArgumentParser(prog="python -m tests.verify.changed", description=__doc__)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0, help="the first change's; the others follow")
    parser.add_argument("--target", choices=TARGETS, required=True)
    parser.add_argument("--base", choices=BASES, default="rows", help="what is changed")
    parser.add_argument("--most", type=int, default=2, help="changes at once")
    parser.add_argument("--stride", type=int, default=13, help="every how-manieth place of a change is lived")
    parser.add_argument("--effort", type=int, default=1)
    parser.add_argument("--all", action="store_true", help="print the sound ones, too")
    options = parser.parse_args()
    one = partial(
        changed,
        name=options.target,
        base=options.base,
        most=options.most,
        stride=options.stride,
        effort=options.effort,
    )
    words: dict[str, int] = {}
    for seed in range(options.seed, options.seed + options.count):
        began = time.monotonic()
        found = one(seed)
        words[found.word] = words.get(found.word, 0) + 1
        if found.word.isupper() or options.all:
            _say(
                f"=== {seed}: {found.word}: {found.said} ({time.monotonic() - began:.1f} s, {found.wide} wide)\n{found.text}"
            )
    _say(", ".join(f"{count} {word}" for word, count in sorted(words.items())))
    return int(any(word.isupper() for word in words))


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
