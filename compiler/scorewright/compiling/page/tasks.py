"""Tasks as HTML: each with its ticks and steps, in as few characters as a browser needs."""

from __future__ import annotations

from hashlib import sha256
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from scorewright.compiling.sheet import minutes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scorewright.compiling.page.french import French
    from scorewright.compiling.places import Places
    from scorewright.plugin.sheet import Step, Task

__all__ = ["Tasks", "Ticked", "digest_of"]

_CLASSES = {
    "click": "k",
    "open": "o",
    "type": "t",
    "choose": "h",
    "tick": "x",
    "untick": "u",
    "check": "q",
    "note": "n",
}


class Ticked(NamedTuple):
    """A task as it is ticked off.

    ``key`` is the same from sheet to sheet, ``digest`` as long as the same is to be done; ``open`` says that it is a
    thing to do, and not only shown.
    """

    key: str
    digest: str
    minutes: float
    title: str


class Tasks:
    """Renders tasks in order, and remembers them for the receipt.  What is the same step is rendered once."""

    def __init__(
        self,
        places: Places,
        french: French,
        unsure: frozenset[str] = frozenset(),
        last: Mapping[str, str] | None = None,
    ) -> None:
        self._french = french
        self._last = last or {}
        self._places = places
        self._unsure = unsure  # facts of which the page says more, below
        self._steps: dict[int, tuple[str, str]] = {}  # by identity: the sheet holds them all the while
        self._lines: dict[tuple[str, ...], str] = {}
        self._keys: dict[str, int] = {}
        self.ticked: list[Ticked] = []

    def task(self, number: str, task: Task, *, prefix: str = "", tick: bool = True) -> str:
        """One task; ``prefix`` goes before its key, and without ``tick`` it is only shown."""
        known = self._steps
        steps = [known.get(id(step)) or self._step(step) for step in task.steps]
        digest = _digest([task.title, *[plain for _, plain in steps], *task.checks])
        anchor = f"t{number.replace('.', '-')}"
        named = any(
            step.value == task.title for step in task.steps
        )  # a name stays as it is, whatever it says
        title = escape(task.title, quote=False) if named else self.title(task.title)
        attributes, box = "", f'<span class="no">{number}</span> {title}'
        if tick:
            key = self._key(f"{prefix}{task.id}")
            self.ticked.append(Ticked(key, digest, task.minutes, task.title))
            admin = " data-admin" if task.admin else ""
            was = f' data-was="{escape(self._last[key])}"' if key in self._last else ""
            attributes = f' data-key="{escape(key)}" data-digest="{digest}" data-minutes="{task.minutes:g}"{admin}{was}'
            box = f'<label><input type="checkbox"> {box}</label>'
        parts = [
            f'<article id="{anchor}"{attributes}>\n<h3>{box} <small>{minutes(task.minutes)}</small></h3>\n',
            f'<p class="why"{self.french(task.why)}>{escape(task.why, quote=False)}</p>\n'
            if task.why
            else "",
            self._origin(task.element),
            "<ol>\n",
            *[html for html, _ in steps],
            "</ol>\n",
        ]
        if task.checks:
            parts.append(self._checks(task.checks))
        if task.facts:
            parts.append(self._rests(task.facts))
        parts.append("</article>\n")
        return "".join(parts)

    def french(self, text: str) -> str:
        """The attribute that has a sentence of the sheet in French; nothing where nobody has said it."""
        words = self._french.of(text) if text else None
        return f' data-fr="{escape(words)}"' if words else ""

    def text(self, text: str) -> str:
        """A sentence of the sheet, in a tag of its own where it is known in French."""
        french = self.french(text)
        return f"<span{french}>{escape(text)}</span>" if french else escape(text, quote=False)

    def title(self, text: str) -> str:
        """A thing's title, in a tag of its own where it is known in French."""
        french = self._french.title(text)
        return (
            f'<span data-fr="{escape(french)}">{escape(text)}</span>' if french else escape(text, quote=False)
        )

    def told(self, text: str) -> str:
        """A sentence that may be known in English alone: it says so, for a voice that reads it aloud."""
        return self.text(text) if self.french(text) else f'<span lang="en">{escape(text, quote=False)}</span>'

    def _checks(self, checks: Iterable[str]) -> str:
        items = "".join(
            f'<li><label><input type="checkbox"> {self.text(check)}</label></li>\n' for check in checks
        )
        return f'<ul class="checks">\n{items}</ul>\n'

    def _line(self, step: Step) -> str:
        """A line of the form; within a tag's text quotes stand as they are."""
        depth = f" d{min(step.depth, 6)}" if step.depth > 0 else ""
        value = f" <code>{escape(step.value, quote=False)}</code>" if step.value else ""
        stands = self.french(step.default) if step.act in {"tick", "untick"} else ""
        default = f" <s{stands}>{escape(step.default, quote=False)}</s>" if step.default else ""
        note = (
            f" <small{self.french(step.note)}>{escape(step.note, quote=False)}</small>" if step.note else ""
        )
        said = self._french.title(step.label) if step.act == "note" or "“" in step.label else None
        own = f' data-fr="{escape(said)}"' if said else ""
        label = escape(step.label, quote=False)
        return f'<li class="{_CLASSES.get(step.act, "n")}{depth}"><b{own}>{label}</b>{value}{default}{note}\n'

    def _rests(self, facts: tuple[str, ...]) -> str:
        if facts not in self._lines:
            self._lines[facts] = f'<p class="facts"> {", ".join(map(self._fact, facts))}</p>\n'
        return self._lines[facts]

    def _fact(self, fact: str) -> str:
        name = escape(fact)
        return f'<a href="#fact-{name}">{name}</a>' if fact in self._unsure else f"<code>{name}</code>"

    def _origin(self, element: str) -> str:
        if not element:
            return ""
        place = escape(self._places.words(element))
        return f'<p class="for"> <code>{escape(element)}</code> <i>{place}</i></p>\n'

    def _key(self, key: str) -> str:
        """A key that no other task of the sheet has."""
        times = self._keys[key] = self._keys.get(key, 0) + 1
        return key if times == 1 else f"{key} #{times}"

    def _step(self, step: Step) -> tuple[str, str]:
        plain = f"{step.act}\x1f{step.label}\x1f{step.value}\x1f{step.default}\x1f{step.note}\x1f{step.depth}"
        found = self._steps[id(step)] = (self._line(step), plain)
        return found


def digest_of(ticked: Iterable[Ticked]) -> str:
    """The digest of a whole sheet: what is to be done, and in which order."""
    return _digest(f"{each.key}\x1f{each.digest}" for each in ticked)


def _digest(texts: Iterable[str]) -> str:
    return sha256("\x1e".join(texts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
