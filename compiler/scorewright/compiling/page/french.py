"""Sentences of a sheet in French: whole ones, and templates with slots in which a spec's names stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scorewright.plugin.words import out_of_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

__all__ = ["French"]

_SLOT = re.compile(r"\{(~?)\}")
_SEVERAL = re.compile(r"(?<![\d.,])1 (point|jour|heure|minute|étape|règle|période|action)s\b")


class French:
    """What a sentence is in French, by a table of English ones.

    ``{}`` in a template stands for what a spec or a platform says, which stays as it is; ``{~}`` for words of the sheet,
    which are sought in the table themselves, and where entries that begin with ``~`` are meant as well, as they are in
    titles.  In the French, slots stand in the same order.  Where several templates fit, the one that leaves least open is meant.
    """

    def __init__(self, table: Mapping[str, str]) -> None:
        within = {text[1:]: french for text, french in table.items() if text.startswith("~")}
        self._outer = _Table({text: french for text, french in table.items() if not text.startswith("~")})
        self._inner = _Table(within)
        self._known: dict[str, str | None] = {}

    def of(self, text: str) -> str | None:
        """The sentence in French; ``None`` where nobody has said it."""
        if text not in self._known:
            self._known[text] = (
                self._outer.of(text, self._within) or self._stopped(text) or self._of_one(text)
            )
        return self._known[text]

    def title(self, text: str) -> str | None:
        """A title in French: what stands in slots, ``Run {}``, may begin one, too."""
        return self._inner.of(text, self._within) or self.of(text)

    def _within(self, text: str) -> str:
        """Words inside a sentence: in French where they are known."""
        return self._inner.of(text, self._within) or self.of(text) or text

    def _of_one(self, text: str) -> str | None:
        """A sentence that was made for several, and speaks of one."""
        made = out_of_number(text)
        french = self.of(made) if made != text else None
        return _SEVERAL.sub(r"1 \1", french) if french else None

    def _stopped(self, text: str) -> str | None:
        """A sentence that was given its full stop."""
        french = self.of(text[:-1]) if text.endswith(".") and len(text) > 1 else None
        return f"{french}." if french else None


class _Table:
    """Whole sentences, and templates in the order in which they are tried."""

    def __init__(self, table: Mapping[str, str]) -> None:
        self._whole = {text: french for text, french in table.items() if not _SLOT.search(text)}
        ranked = sorted((text for text in table if _SLOT.search(text)), key=lambda text: (-_said(text), text))
        self._templates = [_Template(text, table[text]) for text in ranked]

    def of(self, text: str, within: Callable[[str], str]) -> str | None:
        """The text in French; ``within`` says what stands in a slot for words of ours."""
        if text in self._whole:
            return self._whole[text]
        for template in self._templates:
            if template.begins(text) and (found := template.match(text)):
                values = (
                    within(each) if ours else each for each, ours in zip(found, template.ours, strict=True)
                )
                return template.fill(values)
        return None


class _Template:
    """One sentence with slots: how it is told, and how it is filled."""

    def __init__(self, english: str, french: str) -> None:
        first, *rest = _SLOT.split(english)
        self.ours = tuple(mark == "~" for mark in rest[::2])
        self._parts = (first, *rest[1::2])
        self._longest = max(self._parts, key=len)
        self._french = french

    def begins(self, text: str) -> bool:
        """Quick, and mostly enough: whether what it says stands there at all."""
        return self._longest in text and text.startswith(self._parts[0])

    def match(self, text: str) -> tuple[str, ...]:
        """What stands in the slots; nothing where the text is another sentence."""
        found = re.fullmatch("(.+?)".join(map(re.escape, self._parts)), text, re.DOTALL)
        return found.groups() if found else ()

    def fill(self, values: Iterable[str]) -> str:
        """The French sentence, with these in its slots."""
        left = iter(values)
        return _SLOT.sub(lambda _: next(left), self._french)


def _said(text: str) -> int:
    return len(_SLOT.sub("", text))
