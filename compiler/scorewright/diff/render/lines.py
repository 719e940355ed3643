"""Sentences that every form of the diff shares.  Whatever comes from a spec goes through the form's own quoting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright.diagnostics.characters import safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    Quote = Callable[[str], str]

__all__ = [
    "HEADINGS",
    "SIGNS",
    "about",
    "agreement",
    "by_gravity",
    "clean",
    "details",
    "headline",
    "part",
    "reach",
    "window",
]

HEADINGS = {
    "agreement": "Agreement and thresholds",
    "behaviour": "What people earn and lose",
    "reach": "Whom and what the model looks at",
    "words": "Words only",
}
SIGNS = {"added": "+", "removed": "-", "changed": "~", "renamed": ">"}

_STATES = {
    "agreed": "agreed",
    "not-signed": "not signed by both sides",
    "says-otherwise": "not what was agreed",
    "none": "needs no agreement",
}
_LONGEST = 400
_BESIDE = 40
_MOST_NAMED = 8
_MOST_PARTS = 20


def clean(text: object) -> str:
    """A text of a spec on one line, cut when it is long, with nothing in it that a terminal or a runner's log obeys."""
    words = safe(" ".join(str(text).split())).replace("##[", "## [")  # how a runner's log once took orders
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}… ({len(words):,} characters)"


def headline(report: Mapping[str, Any]) -> str:
    """One sentence at which a busy reader can stop."""
    if report["same"]:
        return "Nothing changes: both versions say the same."
    for state, words in (
        ("says-otherwise", "Not what was agreed"),
        ("not-signed", "To be agreed by both sides"),
    ):
        found = [each["threshold"] for each in report["agreements"] if each["state"] == state]
        if found:
            return f"{words}: {', '.join(_most(found, _MOST_NAMED))}. {_counts(report['counts'])}"
    return _counts(report["counts"])


def _counts(counts: Mapping[str, int]) -> str:
    words = {
        "agreement": "of what both sides agreed to",
        "behaviour": "of what people earn and lose",
        "reach": "of whom and what the model looks at",
        "words": "of words only",
    }
    total = sum(counts.values())
    told = [f"{count} {words[gravity]}" for gravity, count in counts.items() if count]
    return (
        f"{total} change{'' if total == 1 else 's'}: {', '.join(told)}." if total else "Nothing else changes."
    )


def by_gravity(report: Mapping[str, Any]) -> Iterator[tuple[str, list[Mapping[str, Any]]]]:
    """Heading and changes, gravest first; headings without changes are left out."""
    for gravity, heading in HEADINGS.items():
        found = [change for change in report["changes"] if change["gravity"] == gravity]
        if found:
            yield heading, found


def about(change: Mapping[str, Any], quote: Quote) -> str:
    """What a change is of: ``rules.contact (Contact form)``, ``rules.a, before rules.b``."""
    name, title = change["element"], change["title"]
    of_id = name.partition(".")[2].replace("-", " ")
    words = quote(name) if title in {"", of_id, name} else f"{quote(name)} ({quote(title)})"
    if change["kind"] == "renamed":
        words += f", before {quote(change['was'])}"
    return words + (f" of {', '.join(map(quote, change['products']))}" if change["products"] else "")


def details(change: Mapping[str, Any], quote: Quote) -> Iterator[str]:
    """Everything else that is told of a change, a line each."""
    if change["kind"] == "renamed":
        yield "counts and limits begin anew under the new id"
    if change["says"]:
        yield quote(change["says"])
    yield from _most([part(each, quote) for each in change["parts"]], _MOST_PARTS)
    yield from reach(change, quote)
    if change["why"] and change["gravity"] != "words":
        yield f"why: {quote(change['why'])}"


def window(found: Mapping[str, Any], quote: Quote) -> Iterator[str]:
    """That today is no day on which the model changes without a reason; nothing on a day that is."""
    if not found["outside"]:
        return
    excepted = f", except {quote(found['excepted'])}" if found["excepted"] else ""
    yield f"outside the change window, {found['first']} to {found['last']}{excepted}"
    if found["unreasoned"]:
        yield f"without a new reason: {', '.join(_most([quote(name) for name in found['unreasoned']], _MOST_NAMED))}"


def part(found: Mapping[str, Any], quote: Quote) -> str:
    """``points: engagement +10 → engagement +15``."""
    before, after = found["before"], found["after"]
    if before is None:
        return f"{found['what']}: {quote(after)}, new"
    if after is None:
        return f"{found['what']}: {quote(before)} → nothing"
    before, after = _apart(before, after)
    return f"{found['what']}: {quote(before)} → {quote(after)}"


def _apart(before: str, after: str) -> tuple[str, str]:
    """Two long texts from shortly before where they part to shortly behind it, so that no cut hides what changed."""
    if max(len(before), len(after)) <= _LONGEST:
        return before, after
    first = _alike(before, after)
    last = _alike(before[first:][::-1], after[first:][::-1])
    return _around(before, first, last), _around(after, first, last)


def _alike(one: str, other: str) -> int:
    """How many characters both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def _around(text: str, first: int, last: int) -> str:
    start, end = max(0, first - _BESIDE), min(len(text), len(text) - last + _BESIDE)
    return f"{'… ' if start else ''}{text[start:end]}{' …' if end < len(text) else ''}"


def reach(change: Mapping[str, Any], quote: Quote) -> Iterator[str]:
    """What a change of something shared moves elsewhere; nothing for others."""
    if change["moved"]:
        moved = (f"{quote(each['what'])} {each['before']} → {each['after']}" for each in change["moved"])
        yield f"moves {', '.join(_most(list(moved), _MOST_NAMED))}"
    reached = [quote(name) for name in change["reached"]]
    if reached:
        yield f"reaches {len(reached)} element{'' if len(reached) == 1 else 's'}: {', '.join(_most(reached, _MOST_NAMED))}"


def _most(words: list[str], most: int) -> Iterable[str]:
    return words if len(words) <= most else [*words[:most], f"{len(words) - most} more"]


def agreement(found: Mapping[str, Any], quote: Quote) -> Iterator[str]:
    """A threshold and whether it is agreed; then its text before and now, and who has signed it."""
    yield f"{quote(found['threshold'])}: {_STATES[found['state']]}"
    if found["before"] == found["after"]:
        yield f"says {quote(found['after'])}"
    else:
        yield f"before: {quote(found['before']) if found['before'] else 'there was none'}"
        yield f"now: {quote(found['after']) if found['after'] else 'there is none'}"
    for signature in found["signed"]:
        yield f"{signature['side']}: {quote(signature['by'])}, {quote(signature['on'])}"


def people(found: Mapping[str, Any], quote: Quote) -> Iterator[tuple[str, ...]]:
    """What the change did to the people that were played: one item a score, a threshold, a label, a person."""
    count = found["people"]
    if not any(found[key] for key in ("scores", "thresholds", "bands", "cases")):
        yield (f"nothing, of {count} people",)
    for item in found["thresholds"]:
        yield (_crossing(item, count, quote),)
    for item in found["scores"]:
        yield (f"{quote(item['score'])} differs for {item['people']} of {count} people, {_by(item)}",)
    for item in found["bands"]:
        yield (f"{quote(item['band'])} {quote(item['label'])}: {item['before']} → {item['after']}",)
    for case in found["cases"]:
        moved = [f"{quote(pair['score'])} {pair['before']} → {pair['after']}" for pair in case["scores"]]
        fired = [_handed(pair, quote) for pair in case["thresholds"]]
        yield (f"{quote(case['who'])}: {', '.join([*fired, *_most(moved, _MOST_NAMED)])}",)


def _by(item: Mapping[str, Any]) -> str:
    ends = [f"{item[end]:+d}" for end in ("down", "up") if item[end]]
    return f"by {ends[0]} to {ends[1]}" if len(ends) > 1 else f"by up to {ends[0]}"


def _crossing(item: Mapping[str, Any], count: int, quote: Quote) -> str:
    now = f"hands over {item['after']} of {count} people, before {item['before']}"
    return f"{quote(item['threshold'])} {now}: {item['come']} only now, {item['gone']} no more"


def _handed(pair: Mapping[str, Any], quote: Quote) -> str:
    times = f"{pair['before']} → {pair['after']} times" if pair["before"] else "handed over now"
    return f"{quote(pair['threshold'])} {times if pair['after'] else 'not handed over any more'}"


_MOST_STEPS = 12


def platform(found: Mapping[str, Any], quote: Quote) -> Iterator[tuple[str, ...]]:
    """What the change does on one platform: one item a kind of thing, with what belongs to it below."""
    if found["refused"]:
        yield (f"cannot be built: {len(found['refused'])} reasons", *_most_of(found["refused"], quote))
        return
    if not any((*found["objects"].values(), *found["notes"].values(), found["quotas"], found["steps"])):
        yield ("nothing changes there",)
        return
    objects = [f"{len(items)} {word}" for word, items in found["objects"].items() if items]
    if objects:
        named = [line for word, items in found["objects"].items() for line in _kinds(word, items, quote)]
        yield (f"objects: {', '.join(objects)}{_alone(found['objects'])}", *named)
    if found["grave"]:
        yield ("grave: cannot be undone, or reaches further", *_graves(found["grave"], quote))
    if found["minutes_by_hand"] or found["hours_to_wait"]:
        waits = f", and {found['hours_to_wait']} hours to wait" if found["hours_to_wait"] else ""
        minutes = max(1, round(found["minutes_by_hand"])) if found["minutes_by_hand"] else 0
        yield (f"by hand: about {minutes} minute{'' if minutes == 1 else 's'}{waits}",)
    for used in found["quotas"]:
        given = "no known limit" if used["given"] is None else f"of {used['given']}"
        yield (f"{used['name']}: {used['before']} → {used['after']}, {given}",)
    for word, notes in (("comes", found["notes"]["come"]), ("goes", found["notes"]["gone"])):
        for note in notes[:_MOST_STEPS]:
            yield (
                f"{word}: {note['result']} {quote(note['note'])} of {quote(note['element'])}",
                quote(note["words"]),
            )
        if len(notes) > _MOST_STEPS:
            yield (f"{word}: {len(notes) - _MOST_STEPS} notes more",)
    steps = [quote(step["title"]) for step in found["steps"]]
    if steps:
        yield (f"steps, in order: {len(steps)}", *_most(steps, _MOST_STEPS))


def _graves(graves: list[Mapping[str, Any]], quote: Quote) -> Iterator[str]:
    """Each sentence once, with the objects that it is about."""
    names: dict[str, list[str]] = {}
    for one in graves:
        names.setdefault(one["words"], []).append(quote(one["name"]))
    for words, found in names.items():
        yield f"{', '.join(_most(found, _MOST_NAMED))}: {quote(words)}"


def _kinds(word: str, items: list[Mapping[str, Any]], quote: Quote) -> Iterator[str]:
    """``changed by hand in automation rules: a, b``; kinds by their own file names."""
    names: dict[tuple[str, str], list[str]] = {}
    for item in items:
        names.setdefault((item["kind"], item["by"]), []).append(quote(item["name"]))
    for (kind, by), found in names.items():
        who = "by the API" if by == "API" else "by hand"
        yield f"{word} {who} in {kind.replace('-', ' ')}: {', '.join(_most(found, _MOST_NAMED))}"


def _alone(objects: Mapping[str, list[Mapping[str, Any]]]) -> str:
    """That objects of one kind are edited and that is all: on a platform with tokens, nothing is built."""
    kinds = {item["kind"] for items in objects.values() for item in items}
    if len(kinds) > 1 or objects["created"] or objects["retired"]:
        return ""
    return f"; only {kinds.pop().replace('-', ' ')}, nothing is built or retired"


def _most_of(found: list[str], quote: Quote) -> Iterable[str]:
    return _most([quote(words) for words in found], _MOST_STEPS)
