"""Carries a plan out, in order, and reads back what has become of it; cut off anywhere, it is begun again and ends alike."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scorewright.push.drive import RefusedError, StoppedError, UnclearError, words_of
from scorewright.push.plan import differences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from scorewright.plugin.reach import Found, Key, Resource, Seen
    from scorewright.push.drive import Driver
    from scorewright.push.journal import Entry
    from scorewright.push.values import Difference, Item, Plan

__all__ = ["Applied", "apply", "look", "read_back", "since_made", "switch_on", "take_away"]

_LOOKS = (0.0, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
"""Seconds before each look that reads back, while reads may lag; after them one last look when the lag is over."""
_TRIES = 3
"""Attempts to make a thing that an interrupted answer leaves in doubt, each after a look."""


@dataclass(slots=True)
class Applied:
    """How far a push has come: what it did, what the platform refused, and why it stopped before the end (empty: it did not).

    ``odd`` is what the read-back shows otherwise than it was sent.  ``tell`` hears of each thing as it is done.
    """

    done: list[tuple[str, Key]] = field(default_factory=list)
    refused: list[tuple[Key, str]] = field(default_factory=list)
    stopped: str = ""
    odd: dict[Key, tuple[Difference, ...]] = field(default_factory=dict)
    tell: Callable[[str, Key], None] | None = None

    def did(self, deed: str, key: Key) -> None:
        """One more thing is done."""
        self.done.append((deed, key))
        if self.tell is not None:
            self.tell(deed, key)

    @property
    def whole(self) -> bool:
        """Everything was done, and is there."""
        return not (self.refused or self.stopped or self.odd)


def look(driver: Driver, resources: Sequence[Resource], *, deep: bool, entries: Iterable[Entry] = ()) -> Seen:
    """Look at the instance; reads lag behind writes, so what was made or taken away a moment ago is waited for."""
    sent = _sent(entries, driver.api.identity, driver.clock())
    seen = driver.run(driver.api.look(resources, deep=deep))
    while late := _late(driver, seen, sent):
        driver.sleep(min(late, 5.0))
        seen = driver.run(driver.api.look(resources, deep=deep))
    return seen


def _sent(entries: Iterable[Entry], identity: str, now: float) -> dict[Key, tuple[float, bool]]:
    """When each thing was made or taken away last, and whether it is there since then.

    What is to have been sent later than now was sent by a clock that was wrong: now at the latest.
    """
    sent: dict[Key, tuple[float, bool]] = {}
    for one in entries:
        ours = one.identity == identity and one.outcome in {"", "done", "unclear"}
        if ours and (one.makes or one.deed == "retire"):
            sent[one.key] = min(one.at, now), one.deed != "retire"
    return sent


def _late(driver: Driver, seen: Seen, sent: Mapping[Key, tuple[float, bool]]) -> float:
    """Seconds till the last thing that was sent, and is not seen yet, must be visible; 0: nothing is outstanding."""
    there = {one.key for one in seen.found}
    outstanding = [at for key, (at, made) in sent.items() if (key in there) != made]
    return max(0.0, max(outstanding) + driver.api.lag - driver.clock()) if outstanding else 0.0


def since_made(entries: Iterable[Entry], identity: str) -> frozenset[Key]:
    """What a push has made, as its journal has it: also what it was about to make when it was cut off."""
    made: set[Key] = set()
    for one in entries:
        if one.identity != identity:
            continue
        if one.deed == "create" and one.makes and one.outcome in {"", "done", "unclear"}:
            made.add(one.key)
        if one.deed == "retire" and one.outcome == "done":
            made.discard(one.key)
    return frozenset(made)


def apply(driver: Driver, plan: Plan, ids: dict[Key, str], applied: Applied) -> None:
    """Make and change what the plan says; ``applied`` holds how far it came, whatever ends it."""
    brought: dict[Key, Found] = {}
    try:
        for item in plan.writes:
            _one(driver, item, ids, brought, applied)
    except StoppedError as error:
        applied.stopped = words_of(error)


def _one(
    driver: Driver, item: Item, ids: dict[Key, str], brought: dict[Key, Found], applied: Applied
) -> None:
    assert item.resource is not None
    if any(key in dict(applied.refused) for key in item.resource.needs):
        applied.refused.append((item.key, "what it stands in was refused"))
        return
    found = item.found or brought.get(item.key)
    try:
        if found is None:
            _create(driver, item.resource, ids, brought)
            applied.did("create", item.key)
        elif tuple(differences(found.made, item.resource.made)):
            _journal(driver, "change", item.key)
            driver.run(driver.api.change(item.resource, found, ids))
            applied.did("change", item.key)
    except RefusedError as error:
        applied.refused.append((item.key, words_of(error)))


def _journal(driver: Driver, deed: str, key: Key) -> None:
    if driver.journal is not None:
        driver.journal.about(deed, key)


def _create(driver: Driver, resource: Resource, ids: dict[Key, str], brought: dict[Key, Found]) -> None:
    """Make it once.  Where nobody knows whether it was made, look, and only then try again."""
    for attempt in range(_TRIES):
        _journal(driver, "create", resource.key)
        try:
            made = driver.run(driver.api.create(resource, ids))
        except UnclearError as error:
            made = _there(driver, resource)
            if not made and attempt + 1 < _TRIES:
                continue
            if not made:
                raise StoppedError(error.call, error.verdict) from None
        for one in made:
            ids[one.key] = one.id
            brought[one.key] = one
        return


def _there(driver: Driver, resource: Resource) -> tuple[Found, ...]:
    """It, and what came with it; nothing where it is not there after looking for as long as a read may lag."""
    over = driver.clock() + driver.api.lag
    while True:
        seen = driver.run(driver.api.look([resource], deep=False))
        left = over - driver.clock()
        if any(one.key == resource.key for one in seen.found):
            return seen.found
        if left < 0:
            return ()
        driver.sleep(max(min(left + 0.1, 5.0), 0.1))


def read_back(driver: Driver, plan: Plan, applied: Applied) -> Seen:
    """Look until everything that was sent is seen, for as long as reads may lag; what is not then is odd."""
    resources = [item.resource for item in plan.items if item.resource is not None]
    sent = {key for _, key in applied.done}
    over = driver.clock() + driver.api.lag
    for seconds in _pauses(driver, over):
        driver.sleep(seconds)
        seen = driver.run(driver.api.look(resources, deep=False))
        applied.odd = dict(_odd(resources, seen, sent))
        if not applied.odd:
            break
    return seen


def _pauses(driver: Driver, over: float) -> Iterator[float]:
    yield 0.0
    for seconds in _LOOKS[1:]:
        if driver.clock() + seconds < over:
            yield seconds
    left = over - driver.clock()
    if left >= 0 and driver.api.lag:
        yield left + 1.0


def _odd(
    resources: Sequence[Resource], seen: Seen, sent: set[Key]
) -> Iterator[tuple[Key, tuple[Difference, ...]]]:
    found = {one.key: one for one in seen.found}
    for one in resources:
        if one.key in sent:
            there = found[one.key].made if one.key in found else {}
            odd = tuple(differences(there, one.made))
            if odd or one.key not in found:
                yield one.key, odd


def switch_on(driver: Driver, items: Iterable[Item], applied: Applied) -> None:
    """Switch on what acts on people, in the order that the target gives: helpers first."""
    off = [item for item in items if item.switch == "off" and item.resource and item.found]
    try:
        for item in sorted(off, key=lambda each: each.resource.switched if each.resource else 0):
            assert item.resource is not None
            assert item.found is not None
            _journal(driver, "switch on", item.key)
            try:
                driver.run(driver.api.switch_on(item.resource, item.found))
                applied.did("switch on", item.key)
            except RefusedError as error:
                applied.refused.append((item.key, words_of(error)))
    except StoppedError as error:
        applied.stopped = words_of(error)


def take_away(driver: Driver, items: Iterable[Item], ids: dict[Key, str], applied: Applied) -> None:
    """Take away what a push made, last made first."""
    try:
        for item in items:
            assert item.found is not None
            _journal(driver, "retire", item.key)
            try:
                driver.run(driver.api.remove(item.found, ids))
                applied.did("retire", item.key)
            except RefusedError as error:
                applied.refused.append((item.key, words_of(error)))
    except StoppedError as error:
        applied.stopped = words_of(error)
