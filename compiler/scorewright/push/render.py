"""A plan, a push and a status for a terminal, from the same object that ``--format json`` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright.diagnostics.characters import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["pushed_text", "status_text", "text"]

_SIGNS: Mapping[str, str] = {
    "create": "+",
    "change": "~",
    "retire": "-",
    "missing": "?",
    "conflict": "!",
    "blocked": "…",
    "held": "…",
    "unknown": "?",
}
_LONGEST = 70
_NAMED = 3


def text(report: Mapping[str, Any]) -> str:
    """The whole plan: a headline, what the API does, what a person does, what to confirm, what it costs."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Mapping[str, Any]) -> Iterator[str]:
    yield f"{report['instance']} ({report['kind']}): {report['target']} {clean(report['account'])}, model {report['model']}"
    yield _headline(report)
    yield from _by_api(report)
    yield from _by_hand(report)
    yield from _steps(report)
    yield from _switches(report)
    for grave, why in report["confirm"].items():
        yield from ("", f"needs --confirm {grave}: {why}")
    yield from ("", _cost(report))


def clean(value: str) -> str:
    """A text of the instance or the spec, with nothing in it that a terminal would obey."""
    return shown(value)


def _headline(report: Mapping[str, Any]) -> str:
    counts, hands = report["counts"], report["by_hand"]
    words = [
        (counts["create"], "to create"),
        (counts["change"], "to change"),
        (counts["retire"], "to retire"),
        (counts["conflict"], "in the way"),
        (counts["missing"], "missing"),
        (counts["blocked"] + counts["held"], "waiting"),
        (counts["unknown"], "not looked at"),
        (hands["to build"], "to build by hand"),
        (hands["differs"], "built otherwise than the sheet asks"),
        (hands["unread"], "that nobody can read back"),
    ]
    said = [f"{count} {word}" for count, word in words if count]
    good = f"{counts['same'] + counts['there']} as they are to be"
    if hands["verified"] or hands["attested"]:
        good += f", {hands['verified']} verified, {hands['attested']} attested by hand"
    return " · ".join([*said, good]) if said else f"nothing to do: {good}"


def _by_api(report: Mapping[str, Any]) -> Iterator[str]:
    items = [item for item in report["items"] if item["deed"] in _SIGNS]
    if items:
        yield from ("", "by the API")
    for item in items:
        extra = f": {clean(item['why'])}" if item["why"] else ""
        yield f"  {_SIGNS[item['deed']]} {item['kind']}: {clean(item['name'])}{extra}"
        if item["deed"] != "create":
            yield from (f"      {line}" for line in _differences(item["differences"]))


def _by_hand(report: Mapping[str, Any]) -> Iterator[str]:
    """What a person has to do, by kind; what is there and otherwise, each with its differences; what is right is only
    counted, in the headline.
    """
    heads = {"to build": "to build", "unread": "cannot be read"}
    groups: dict[tuple[str, str, str], list[str]] = {}
    for item in report["items"]:
        if item["by_hand"] in heads:
            parts = ", ".join(item["unread"]) if item["by_hand"] == "unread" else ""
            groups.setdefault((heads[item["by_hand"]], item["kind"], parts), []).append(clean(item["name"]))
    odd = [item for item in report["items"] if item["by_hand"] == "differs"]
    if groups or odd:
        yield from ("", "by hand, from the build sheet")
    for item in odd:
        yield f"  {'differs':<14} {item['kind']}: {clean(item['name'])}"
        yield from (f"      {line}" for line in _differences(item["by_hand_differences"]))
    for (head, kind, parts), names in groups.items():
        yield f"  {head:<14} {len(names)} {kind}{f' ({parts})' if parts else ''}: {_few(names)}"


def _few(names: list[str]) -> str:
    rest = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + rest


def _differences(found: list[dict[str, Any]]) -> Iterator[str]:
    for one in found:
        yield f"{one['where']}: {_value(one['found'])} → {_value(one['wanted'])}"


def _value(value: Any) -> str:
    if value is None:
        return "nothing"
    words = clean(value if isinstance(value, str) else repr(value))
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}… ({len(words)} signs)"


def _steps(report: Mapping[str, Any]) -> Iterator[str]:
    """The way from the version before, where a person has a part in it."""
    steps = report["steps"]
    if not any(step["by_hand"] for step in steps):
        return
    yield from ("", "the way from the version before, in order (its sheet: compile --since scorewright.lock)")
    for number, step in enumerate(steps, 1):
        who = "by hand" if step["by_hand"] else "API"
        wait = f", then {step['hours']} h" if step["hours"] else ""
        yield f"  {number:>3} {who:<8} {clean(step['title'])}{wait}"


def _switches(report: Mapping[str, Any]) -> Iterator[str]:
    off = sum(item["switch"] == "off" for item in report["items"])
    if off:
        yield from (
            "",
            f"{off} switched off: --activate switches on what is verified or attested, as the last step",
        )


def _cost(report: Mapping[str, Any]) -> str:
    calls = report["calls"]
    used = "".join(
        f"; {clean(name)}: {one['used']} used" + (f" of {one['given']}" if one["given"] else "")
        for name, one in report["used"].items()
    )
    return f"{calls['read']} calls to read, {calls['write']} objects to write{used}"


def status_text(report: Mapping[str, Any]) -> str:
    """The plan, and above it who has moved: the spec, the instance, or both."""
    locked, pushed = report["locked"], report["pushed"]
    lines = []
    if locked is None:
        lines.append(
            "the lock file knows of no sheet that was carried out here: scorewright lock signs for it"
        )
    else:
        same = "which is this version" if locked["same"] else "and the spec has changed since"
        lines.append(f"the sheet was carried out on {locked['on']} ({locked['version']}), {same}")
    if pushed is not None:
        same = "of this version" if pushed["same"] else "of an earlier version"
        lines.append(f"last pushed on {pushed['on']}: {pushed['objects']} objects, {same}")
    lines += [f"  {_WHO[one['who']]:<28} {one['kind']}: {clean(one['name'])}" for one in report["moved"]]
    drifted = "in line: spec, lock file and instance agree" if report["clean"] else "drifted"
    return text(report) + "\n" + "\n".join([*lines, drifted]) + "\n"


_WHO: Mapping[str, str] = {
    "new": "new in the spec",
    "spec": "changed in the spec",
    "instance": "changed on the instance",
    "both": "changed on both sides",
}


def pushed_text(report: Mapping[str, Any], verb: str) -> str:
    """What a push or retire did, and what is left."""
    applied = report["applied"]
    if applied is None:
        return "nothing was done\n"
    lines = [f"{deed['deed']:<10} {deed['kind']}: {clean(deed['name'])}" for deed in applied["done"]]
    lines += [
        f"refused    {one['kind']}: {clean(one['name'])}: {clean(one['why'])}" for one in applied["refused"]
    ]
    for one in applied["not_seen"]:
        lines.append(f"not seen   {one['kind']}: {clean(one['name'])}")
        lines += [f"             {line}" for line in _differences(one["differences"])]
    if applied["stopped"]:
        lines.append(f"stopped    {clean(applied['stopped'])}")
    count = len(applied["done"])
    lines.append(f"{verb} {count} {'object' if count == 1 else 'objects'} on {report['instance']}")
    return "\n".join(lines) + "\n"
