"""The model as a picture at the top of the page: what feeds each score, what each score opens, and how it fades."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

from scorewright.compiling.page.quiet import quiet
from scorewright.compiling.page.words import said
from scorewright.diagnostics.characters import cells, safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scorewright.compiling.page.quiet import Quiet
    from scorewright.compiling.page.tasks import Tasks
    from scorewright.model.elements import Model, Score

__all__ = ["picture"]

_MOST_SCORES, _MOST_FED, _MOST_THRESHOLDS, _MOST_LEVELS = 8, 6, 4, 24
_LETTERS, _LINE, _PAD = 42, 18, 10
_BOXES = ((10, 330), (400, 190), (650, 330))
"""Where the columns begin, and how wide they are: what feeds, the score, what it opens."""


class Row(NamedTuple):
    """One score with its lines: what feeds it, what it is, and what it opens."""

    score: Score
    feeds: tuple[str, ...]
    about: tuple[str, ...]
    opens: tuple[str, ...]


def picture(model: Model, tasks: Tasks) -> str:
    """The figure with its text for whoever does not see it; nothing for a model without scores."""
    rows = [*_rows(model)]
    if not rows:
        return ""
    curves = quiet(model)
    more = len({score.id for score in model.scores.values()}) - len(rows)
    left = f"<p>{tasks.text(f'{more} more scores.')}</p>\n" if more > 0 else ""
    drawn = "".join(map(_curve, curves[:4]))
    fades = f"<h3>{said('How it fades when somebody is quiet')}</h3>\n{drawn}" if drawn else ""
    return f'<section id="picture">\n<h2>{said("How it fits together")}</h2>\n{_map(rows, tasks)}{left}{fades}{_table(rows, curves)}</section>\n'


# --- what is told ---------------------------------------------------------------------------------------------------


def _rows(model: Model) -> Iterator[Row]:
    """A row for each score, copies of products once."""
    feeds, opens = _feeds(model), _opens(model)
    seen: dict[str, Score] = {}
    for score in model.scores.values():
        seen.setdefault(score.id, score)
    for score in [*seen.values()][:_MOST_SCORES]:
        yield Row(score, feeds.get(score.id, ()), _about(score), opens.get(score.id, ()))


def _bare(key: str) -> str:
    return key.partition("@")[0]


def _feeds(model: Model) -> dict[str, tuple[str, ...]]:
    """What each score is fed by, the greatest points first: ``+50 Contact form``."""
    found: dict[str, dict[str, int]] = {}
    for rule in model.rules.values():
        for score, worth in rule.points:
            found.setdefault(_bare(score), {}).setdefault(rule.title, worth.value)
    for tier in model.tiers.values():
        worths = [case.points.value for case in tier.cases]
        best = max((tier.otherwise.value, *worths), key=abs)
        found.setdefault(_bare(tier.score), {}).setdefault(tier.title, best)
    for item in model.inputs.values():
        found.setdefault(_bare(item.score), {}).setdefault(
            f"{item.title}: {item.percent} % of {item.field}", 0
        )
    return {score: tuple(_largest(each)) for score, each in found.items()}


def _largest(worths: dict[str, int]) -> Iterator[str]:
    ranked = sorted(worths.items(), key=lambda item: -abs(item[1]))
    for title, worth in ranked[:_MOST_FED]:
        yield f"{worth:+d} {title}" if worth else title
    if len(ranked) > _MOST_FED:
        yield f"… and {len(ranked) - _MOST_FED} more"


def _about(score: Score) -> tuple[str, ...]:
    lines = [
        {"engagement": "counts what is done", "fit": "adds what is so", "combined": "is computed"}[score.kind]
    ]
    if score.overall:
        lines.append("the overall score")
    lines += [
        f"{word} {bound.value}"
        for word, bound in (("floor", score.floor), ("ceiling", score.ceiling))
        if bound
    ]
    if score.feeds:
        lines.append(f"part of {_bare(score.feeds)}")
    if score.sum_of:
        lines.append(f"sum of {', '.join(map(_bare, score.sum_of))}")
    lines += [f"{percent} % of {_bare(of)}" for of, percent in score.percent_of]
    return tuple(lines)


def _opens(model: Model) -> dict[str, tuple[str, ...]]:
    """What thresholds ask of each score: ``Ready for sales: engagement at least 100``."""
    from scorewright.checks.agreements import agreement_texts
    from scorewright.model.conditions import ScoreTest, walk

    texts = agreement_texts(model)
    found: dict[str, dict[str, str]] = {}
    for threshold in model.thresholds.values():
        for test in walk(threshold.when):
            if isinstance(test, ScoreTest):
                words = f"{threshold.title}: {texts.get(threshold.id, '')}"
                found.setdefault(_bare(test.score), {}).setdefault(threshold.id, words)
    return {score: _few([*each.values()], _MOST_THRESHOLDS) for score, each in found.items()}


def _few(words: list[str], most: int) -> tuple[str, ...]:
    return tuple(words) if len(words) <= most else (*words[:most], f"… and {len(words) - most} more")


# --- what is drawn --------------------------------------------------------------------------------------------------


def _map(rows: list[Row], tasks: Tasks) -> str:
    parts, top = [], 10
    for row in rows:
        columns = [_wrapped(row.feeds), _wrapped((row.score.title, *row.about), 24), _wrapped(row.opens)]
        height = max(map(len, columns)) * _LINE + 2 * _PAD
        parts.append(_boxes(columns, top, height, tasks))
        top += height + 14
    title = (
        "Scores in the middle, what feeds them to the left, the thresholds that ask for them to the right."
    )
    return (
        f'<figure><svg viewBox="0 0 990 {top}" width="990" height="{top}" role="img" aria-label="{title}"{tasks.french(title).replace("data-fr=", "data-fr-label=")}>\n'
        f"{''.join(parts)}</svg></figure>\n"
    )


def _boxes(columns: list[list[str]], top: int, height: int, tasks: Tasks) -> str:
    found = []
    middle = top + height // 2
    for place, ((left, wide), lines) in enumerate(zip(_BOXES, columns, strict=True)):
        if not lines:
            continue
        kind = "score" if place == 1 else "side"
        found.append(f'<rect class="{kind}" x="{left}" y="{top}" width="{wide}" height="{height}" rx="6"/>')
        first = top + _PAD + 13
        found.extend(
            f'<text x="{left + _PAD}" y="{first + number * _LINE}"{_manner(place, number, line, tasks)}>{escape(line)}</text>'
            for number, line in enumerate(lines)
        )
        if place != 1:
            start = left + wide if place == 0 else _BOXES[1][0] + _BOXES[1][1]
            end = _BOXES[1][0] if place == 0 else left
            found.append(f'<path class="arrow" d="M{start + 6} {middle}H{end - 8}m-7 -5l7 5l-7 5"/>')
    return "\n".join(found) + "\n"


def _manner(place: int, number: int, line: str, tasks: Tasks) -> str:
    """How a line of a box is written: a score's title is its head; what it is is said in French, too."""
    if place == 1 and number == 0:
        return ' class="head"'
    return tasks.french(line) if place == 1 or line.startswith("…") else ""


def _wrapped(words: Iterable[str], letters: int = _LETTERS) -> list[str]:
    """Each text on as many lines as it needs, at most three."""
    lines: list[str] = []
    for text in words:
        flat = safe(" ".join(text.split()))
        parts = _split(flat, letters)
        lines += parts[:3] if len(parts) <= 3 else [*parts[:2], f"{parts[2][: letters - 1]}…"]
    return lines


def _split(text: str, letters: int) -> list[str]:
    lines = [""]
    for word in text.split(" "):
        step = max(1, int(letters * len(word) / _wide(word))) if _wide(word) > letters else len(word) or 1
        for piece in (word[at : at + step] for at in range(0, len(word) or 1, step)):
            if lines[-1] and _wide(lines[-1]) + 1 + _wide(piece) > letters:
                lines.append("")
            lines[-1] = f"{lines[-1]} {piece}".strip()
        if len(lines) > 4:
            break
    return lines


def _wide(text: str) -> float:
    """How wide a text is drawn at most, in small letters."""
    return sum(1.5 if letter in "MW@%&" else 1.2 if letter.isupper() else cells(letter) for letter in text)


def _curve(found: Quiet) -> str:
    """Steps from the level at the start; the last one holds to the edge."""
    days = _edge(found)
    top = max(found.start, *(level for _, level in found.levels), 1)
    low = min(0, *(level for _, level in found.levels))
    x = [60 + round(860 * day / days) for day, _ in found.levels if day <= days]
    levels = [level for day, level in found.levels if day <= days]
    y = [20 + round(150 * (top - level) / (top - low)) for level in (found.start, *levels)]
    path = f"M60 {y[0]}" + "".join(f"H{at}V{down}" for at, down in zip(x, y[1:], strict=True)) + "H920"
    title = escape(safe(found.score.title))
    label = f"{title}: {found.start} on the last active day, {_told(found, _ENGLISH)}"
    french = f"{title} : {found.start} au dernier jour actif, {_told(found, _FRENCH)}"
    ticks = "".join(_ticks(days))
    last, texts = -99, []
    for (day, level), at, down in zip(found.levels, x, y[1:], strict=False):
        if at - last > 44:
            texts.append(f'<text x="{at + 4}" y="{down - 5}">{level}</text>')
            last = at
        del day
    return (
        f'<figure><figcaption><b>{title}</b></figcaption>\n<svg viewBox="0 0 990 210" width="990" height="210" role="img" aria-label="{label}" data-fr-label="{french}">\n'
        f'<path class="axis" d="M60 15V170H930"/>{ticks}<path class="line" d="{path}"/>'
        f'<text x="20" y="{y[0] + 5}">{found.start}</text>{"".join(texts)}</svg></figure>\n'
    )


def _edge(found: Quiet) -> int:
    """The day at which the picture ends: a little after the last change, and within what was played."""
    last = found.levels[min(len(found.levels), _MOST_LEVELS) - 1][0]
    return max(30, round(last * 1.15))


def _ticks(days: int) -> Iterator[str]:
    every = next((step for step in (10, 30, 90, 180, 365) if days / step <= 12), 365)
    for day in range(0, days + 1, every):
        at = 60 + round(860 * day / days)
        yield f'<path class="axis" d="M{at} 170v5"/><text class="tick" x="{at}" y="192">{day} d</text>'


_ENGLISH = ("{} after {} days", ", and {} more steps")
_FRENCH = ("{} après {} jours", ", et {} étapes de plus")


def _told(found: Quiet, words: tuple[str, str]) -> str:
    """The levels as a sentence, in the words of a language."""
    step, more = words
    told = [step.format(level, day) for day, level in found.levels[:_MOST_LEVELS]]
    left = len(found.levels) - len(told)
    return ", ".join(told) + (more.format(left) if left > 0 else "")


def _faded(curve: Quiet) -> str:
    english, french = (f"{curve.start} → {_told(curve, words)}" for words in (_ENGLISH, _FRENCH))
    return f'<span data-fr="{french}">{english}</span>'


def _table(rows: list[Row], curves: Iterable[Quiet]) -> str:
    """The same in words."""
    fades = {curve.score.id: _faded(curve) for curve in curves}
    heads = ("Score", "What feeds it", "Threshold", "How it fades when somebody is quiet")
    lines = "".join(
        f'<tr><th scope="row">{escape(safe(row.score.title))}</th>'
        + "".join(f"<td>{escape(safe('; '.join(cell)))}</td>" for cell in (row.feeds, row.opens))
        + f"<td>{fades.get(row.score.id, '')}</td>"
        + "</tr>\n"
        for row in rows
    )
    head = "".join(f'<th scope="col">{said(word)}</th>' for word in heads)
    return f"<details><summary>{said('As a table')}</summary>\n<table>\n<tr>{head}</tr>\n{lines}</table>\n</details>\n"
