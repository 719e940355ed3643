"""Reads a build sheet's page back into the values that it was made from: a person has nothing else either."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from scorewright.plugin.sheet import Step

__all__ = ["Read", "Seen", "read_page"]

ACTS = {
    "k": "click",
    "o": "open",
    "t": "type",
    "h": "choose",
    "x": "tick",
    "u": "untick",
    "q": "check",
    "n": "note",
}
_PARTS = {"b": "label", "code": "value", "s": "default", "small": "note"}


@dataclass
class Seen:
    """One task as the page shows it."""

    number: str = ""
    title: str = ""
    why: str = ""
    origin: str = ""
    key: str = ""
    digest: str = ""
    was: str = ""
    minutes: float | None = None
    admin: bool = False
    steps: list = field(default_factory=list)
    checks: list = field(default_factory=list)
    facts: str = ""


@dataclass
class Read:
    """The whole page: what stands on its body, the headings with their tasks, every tag that it has."""

    about: dict = field(default_factory=dict)
    headings: list = field(default_factory=list)
    tasks: list = field(default_factory=list)
    tags: set = field(default_factory=set)
    text: str = ""


def read_page(page):
    """The page, as bytes, as a ``Read``."""
    reader = _Reader()
    reader.feed(page.decode("utf-8"))
    return reader.read


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.read, self._at, self._step, self._part = Read(), None, None, None

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.read.tags.add(tag)
        classes = (found.get("class") or "").split()
        if tag == "body":
            self.read.about = {key.removeprefix("data-"): value for key, value in found.items()}
        if tag == "article":
            self._begin(found)
        if self._at is None:
            return
        if tag == "ol":
            self._at = "steps"
        elif tag == "ul":
            self._at = "checks"
        elif tag == "li" and self._at == "steps":
            depth = next((int(name[1:]) for name in classes if name[:1] == "d"), 0)
            self._step = {
                "act": ACTS[classes[0]],
                "label": "",
                "value": "",
                "default": "",
                "note": "",
                "depth": depth,
            }
            self.read.tasks[-1].steps.append(self._step)
        elif tag == "li":
            self.read.tasks[-1].checks.append("")
        elif self._at == "steps" and tag in _PARTS:
            self._part = _PARTS[tag]
        elif tag == "p":
            self._at = {"why": "why", "for": "origin", "facts": "facts"}[classes[0]]
        elif tag == "h3":
            self._at = "title"
        elif tag in {"span", "small"} and self._at == "title":
            self._part = "number" if "no" in classes else "minutes" if tag == "small" else None

    def _begin(self, found):
        self.read.tasks.append(
            Seen(
                key=found.get("data-key", ""),
                digest=found.get("data-digest", ""),
                was=found.get("data-was", ""),
                minutes=float(found["data-minutes"]) if "data-minutes" in found else None,
                admin="data-admin" in found,
            )
        )
        self._at = "article"

    def handle_endtag(self, tag):
        if tag == "article":
            task, self._at = self.read.tasks[-1], None
            task.steps = [Step(**step) for step in task.steps]
            task.title, task.number = task.title.strip(), task.number.strip()
            task.checks = [check.strip() for check in task.checks]
        elif tag in {"p", "h3", "ol", "ul"} and self._at:
            self._at = "article"
        elif tag in {"b", "code", "s", "small", "span"}:
            self._part = None

    def handle_data(self, data):
        self.read.text += data
        if self._at == "steps" and self._part:
            self._step[self._part] += data
        elif self._at == "checks" and self.read.tasks[-1].checks:
            self.read.tasks[-1].checks[-1] += data
        elif self._at == "title" and self._part == "number":
            self.read.tasks[-1].number += data
        elif self._at in {"why", "origin", "facts"} or (self._at == "title" and self._part is None):
            setattr(self.read.tasks[-1], self._at, getattr(self.read.tasks[-1], self._at) + data)
