"""The tokens of one lowering: numbers by their names, and where each stands a second time as a literal."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scorewright_marketo import objects as ob
from scorewright_marketo.lower.notebook import Notebook
from scorewright_marketo.names import capital, words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorewright.model.elements import Element, Model
    from scorewright.model.values import Number
    from scorewright_marketo.options import Options

__all__ = ["BACK", "Tokens"]

BACK = ":back"
"""Behind an element's name: what a fact takes back, as a number with a name of its own."""


@dataclass(slots=True)
class _TokenDraft:
    program: str
    name: str
    value: int
    elements: dict[str, None] = field(default_factory=dict)
    coupled: dict[str, None] = field(default_factory=dict)
    inverse: dict[str, None] = field(default_factory=dict)


class Tokens(Notebook):
    """A notebook that also collects tokens."""

    def __init__(self, model: Model, options: Options, facts: Mapping[str, bool | int | str]) -> None:
        super().__init__(model, options, facts)
        self._tokens: dict[tuple[str, str, str, int], _TokenDraft] = {}
        self._token_names: dict[tuple[str, str], _TokenDraft] = {}

    def token(self, number: Number, fallback: str, *, negate: bool = False, owner: str | None = None) -> str:
        """A reference to the score token of a number: named by the value's id, or else by ``fallback``.

        ``owner`` is the id that an option may rename the token by, when it is not the number's own name.
        """
        value = -number.value if negate else number.value
        if self._facts["score-token-signed"] is False:
            return f"{value:+d}"
        element = self.element
        assert element is not None
        identity = number.name or owner or element.id
        self.memo.setdefault("numbers of tokens", {})[identity] = None
        renamed = (
            self.options.tokens_back.get(identity.removesuffix(BACK))
            if identity.endswith(BACK)
            else self.options.tokens.get(identity)
            or self.options.tokens.get(element.name if number.name is None else "")
        )
        name = capital(renamed or (words(number.name) if number.name else fallback)) or capital(
            words(element.id)
        )
        key = (self.program, "value" if number.name else element.name, number.name or fallback, value)
        draft = self._tokens.get(key)
        if draft is None:
            draft = self._tokens[key] = self._new_token(name, value, element)
        draft.elements[element.name] = None
        return "{{my." + draft.name + "}}"

    def _new_token(self, name: str, value: int, element: Element) -> _TokenDraft:
        program = self.program
        tries = (
            name,
            f"{name} {'Minus' if value < 0 else 'Plus'}",
            f"{name} ({element.id})",
            f"{name} ({element.path[0]} {element.id})",
        )
        free = next((text for text in tries if (program, text.lower()) not in self._token_names), None)
        number = 2
        while free is None:
            text = f"{tries[-1]} {number}"
            free, number = (text if (program, text.lower()) not in self._token_names else None), number + 1
        self.length("token-name", free, element.path, "name the token under [targets.marketo] tokens")
        draft = self._token_names[program, free.lower()] = _TokenDraft(program, free, value)
        return draft

    def couple(self, reference: str, campaign: str, *, inverse: bool = False) -> None:
        """The token's number stands in this campaign as a literal too, or is taken back there."""
        name = reference.removeprefix("{{my.").removesuffix("}}")
        draft = self._token_names.get((self.program, name.lower()))
        if draft is not None:
            (draft.inverse if inverse else draft.coupled)[campaign] = None

    def couple_number(self, number: Number, fallback: str, campaign: str, *, inverse: bool = False) -> None:
        """The same for a number of the element in hand, if it has become a token."""
        element = self.element
        assert element is not None
        key = (self.program, "value" if number.name else element.name, number.name or fallback, number.value)
        if key in self._tokens:
            self.couple("{{my." + self._tokens[key].name + "}}", campaign, inverse=inverse)

    def frozen_tokens(self) -> tuple[ob.Token, ...]:
        """All of them, as values."""
        return tuple(_frozen(draft) for draft in self._tokens.values())


def _frozen(draft: _TokenDraft) -> ob.Token:
    return ob.Token(
        draft.name,
        tuple(draft.elements),
        "token",
        ("score-token-signed", "token-name-length"),
        draft.program,
        draft.value,
        tuple(name for name in draft.coupled if name not in draft.inverse),
        tuple(draft.inverse),
    )
