"""A sum in words: each term as a salesperson would say it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scorewright.explain.ledger import Term
    from scorewright.explain.names import Names
    from scorewright.model.elements import Score
    from scorewright.model.values import Duration

__all__ = ["term_words"]


def term_words(names: Names, score: Score, term: Term) -> str:
    """What a term stands for, without its amount: ``pricing page (4 x 10, last on 12 Nov)``."""
    title = names.title(str(term.path[0]), str(term.path[1]))
    if term.kind in {"award", "expired", "faded"}:
        kind = "" if term.kind == "award" else f" {term.kind}"
        return f"{title}{_through(names, score, term)}{kind}{_times(names, term)}"
    return _WORDS[term.kind](names, score, term, title)


def _through(names: Names, score: Score, term: Term) -> str:
    """`` through interest``, where a rule gives its points to a score that feeds this one."""
    rules = [rule for rule in names.model.rules.values() if rule.name == term.element]
    given = {key.partition("@")[0] for rule in rules for key, _ in rule.points}
    if score.id in given:
        return ""
    return f" through {' and '.join(names.title('scores', key) for key in sorted(given))}"


def _clamped(names: Names, score: Score, term: Term, _title: str) -> str:
    when = _times(names, term) if term.last is not None else ""
    if term.hundredths < 0 and score.ceiling is not None:
        return f"over the ceiling of {score.ceiling.value}{when}"
    floor = score.floor.value if score.floor is not None else 0
    return f"lifted to the floor of {floor}{when}"


def _part(_names: Names, _score: Score, term: Term, title: str) -> str:
    return title if term.percent == 100 else f"({term.percent} % of {title}, {term.each[0]})"


def _times(names: Names, term: Term) -> str:
    """When, how often and how much each: `` on 3 Nov``, `` (4 x 10, last on 12 Nov)``."""
    assert term.first is not None
    assert term.last is not None
    first, last = names.day(term.first), names.day(term.last)
    if len(term.each) == 1:
        return f" on {last}"
    each = f"{len(term.each)} x {term.each[0]}" if len(set(term.each)) == 1 else f"{len(term.each)} times"
    return f" ({each}, {'on' if first == last else 'last on'} {last})"


def _standing(names: Names, _score: Score, term: Term, title: str) -> str:
    """A fact is worth its points while it is so; in a counter that was set, its end may be all that is left."""
    assert term.last is not None
    now = f" ({term.now})" if term.now else ""
    return f"{title}{now}{' since' if len(term.each) == 1 else ', last changed on'} {names.day(term.last)}"


def _set(names: Names, _score: Score, term: Term, title: str) -> str:
    assert term.last is not None
    by = _quiet(names, term) if term.path[0] == "decay" else f"by {title}"
    return f"set {by} on {names.day(term.last)} (before: {term.before})"


def _taken(names: Names, _score: Score, term: Term, _title: str) -> str:
    """What steps took: the day stands apart from the days of the silence."""
    comma = "," if len(term.each) == 1 else ""
    return f"{_quiet(names, term)}{comma}{_times(names, term)}"


def _quiet(names: Names, term: Term) -> str:
    """``after 30 quiet days``; with the decay's title where the writer gave it one."""
    decay = next(each for each in names.model.decay.values() if each.id == term.path[1])  # copies are alike
    step = decay.steps[int(term.path[3])]
    said = f"after {_quiet_time(step.after)}"
    if step.every is not None:
        said += f" and every {_quiet_time(step.every, quiet='')}"
    return said if decay.title == decay.id.replace("-", " ") else f"{decay.title}, {said}"


def _quiet_time(duration: Duration, quiet: str = "quiet ") -> str:
    unit = {"min": "minute", "h": "hour", "d": "day", "w": "week"}[duration.unit]
    if duration.count == 1 and not quiet:
        return unit
    return f"{duration.count} {quiet}{unit}{'' if duration.count == 1 else 's'}"


_WORDS: Mapping[str, Callable[[Names, Score, Term, str], str]] = {
    "start": lambda *_: "at the start",
    "set": _set,
    "holds": _standing,
    "decay": _taken,
    "clamped": _clamped,
    "part": _part,
    "rounded": lambda *_: "rounded",
}
