"""Many broken specs in a row: what each came to, and every one that was not answered as it should be."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import shutil
import signal
import traceback
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.fuzz.demand import faults, look
from tests.fuzz.mutate import breach, garble
from tests.making.choose import Choose
from tests.making.spec import Made, make_spec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

__all__ = ["Failure", "Tally", "break_one", "campaign"]

TODAY = dt.date(2026, 1, 15)
SECONDS = 10
"""Any answer takes less."""
_SOUND_IN = 8
"""One spec in so many is left whole, so that a compile is reached too."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A spec that was not answered as it should be: which, how it was broken, and what came."""

    seed: int
    how: tuple[str, ...]
    what: str


@dataclass(slots=True)
class Tally:
    """What a run came to."""

    specs: int = 0
    sound: int = 0
    codes: Counter[str] = field(default_factory=Counter)
    broken_by: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)


def campaign(seeds: Iterable[int], folder: Path, *, targets: tuple[str, ...] = ()) -> Tally:
    """Break a spec for each seed, write it below ``folder``, and look at what comes of it."""
    tally = Tally()
    for seed in seeds:
        how, what = _one(seed, folder / "spec", targets, tally)
        tally.specs += 1
        tally.broken_by.update(how)
        tally.failures.extend(Failure(seed, tuple(how), text) for text in what)
    return tally


def _one(seed: int, folder: Path, targets: tuple[str, ...], tally: Tally) -> tuple[list[str], list[str]]:
    files, how = break_one(seed)
    shutil.rmtree(folder, ignore_errors=True)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    try:
        with _limited(SECONDS):
            found, texts = look(folder / "model.toml", today=TODAY, targets=targets)
    except (Exception, TooSlow):  # noqa: BLE001 - the very thing that is looked for
        return how, [traceback.format_exc()]
    tally.codes.update({item.code for item in found})
    tally.sound += not any(item.severity == "error" for item in found)
    return how, faults(found, texts)


class TooSlow(BaseException):
    """No answer in time; no handler of exceptions on the way may swallow it."""


@contextlib.contextmanager
def _limited(seconds: int) -> Iterator[None]:
    """Interrupt what takes longer, where the system has alarms, and let exceptions out of the targets."""

    def stop(_signal: int, _frame: object) -> None:
        raise TooSlow(f"no answer after {seconds} s")

    os.environ["SCOREWRIGHT_DEBUG"] = "1"
    if hasattr(signal, "SIGALRM"):
        signal.signal(signal.SIGALRM, stop)
        signal.alarm(seconds)
    try:
        yield
    finally:
        del os.environ["SCOREWRIGHT_DEBUG"]
        if hasattr(signal, "SIGALRM"):
            signal.alarm(0)


def break_one(seed: int) -> tuple[dict[str, bytes], list[str]]:
    """The files of a broken spec by their paths, and how it was broken; the same for the same seed."""
    choose = Choose.seeded(seed)
    made = make_spec(choose)
    if choose.flip(_SOUND_IN):
        return _encoded(made), []
    if choose.flip(3):
        return _garbled(choose, made)
    data, how = breach(choose, made.data, choose.pick((1, 1, 1, 2, 5)))
    return _encoded(Made(data, made.lists)), how


def _encoded(made: Made) -> dict[str, bytes]:
    return {name: text.encode("utf-8", "surrogatepass") for name, text in made.files().items()}


def _garbled(choose: Choose, made: Made) -> tuple[dict[str, bytes], list[str]]:
    files = _encoded(made)
    if choose.flip(20):
        files.pop(choose.pick([name for name in files if name != "model.toml"] or ["model.toml"]))
        return files, ["file gone"]
    name = choose.pick([*files])
    files[name], how = garble(choose, files[name], choose.pick((1, 1, 2, 4)))
    return files, how
