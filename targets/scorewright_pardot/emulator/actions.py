"""Actions as functions: what each does to a prospect, where it stands, and that it was done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from scorewright_pardot.emulator.texts import whole
from scorewright_pardot.emulator.unreadable import UnreadableBundleError
from scorewright_pardot.labels import ACTIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from scorewright_pardot.emulator.grading import Grading
    from scorewright_pardot.emulator.prospect import Prospect
    from scorewright_pardot.emulator.world import World

    Do = Callable[[Prospect], bool]

__all__ = ["Action", "Actions"]

_WORD = {label.text: word for word, label in ACTIONS.items()}
_RULES_ONLY = frozenset({"profile"})
_CARRIERS_ONLY = frozenset({"increment"})


class Action(NamedTuple):
    """One action: what it does (``False``: nothing, for whoever has an owner keeps them), and how it is called.

    ``scores`` says that it adjusts the overall score, which can be lost on a completion action.
    """

    do: Callable[[Prospect], bool]
    label: str
    of: str
    value: str
    scores: bool = False

    @property
    def said(self) -> str:
        """The action in one line."""
        return " ".join(part for part in (self.label, self.of, self.value) if part)


class Actions:
    """Reads actions, by the facts of one instance.  ``coupled`` says whether category points move the overall score."""

    def __init__(
        self, world: World, categories: Collection[str], lists: Collection[str], grading: Grading
    ) -> None:
        self.world = world
        self.categories = tuple(categories)
        self.lists = lists
        self.grading = grading
        self.where = ("", "")

    def read(self, rows: Any, where: tuple[str, str], *, on: str) -> tuple[Action, ...]:
        """The actions of one object; ``on`` is ``rule``, ``program``, ``page`` or ``asset``.  Raises ``UnreadableBundleError``."""
        if not isinstance(rows, (list, tuple)) or not rows:
            raise UnreadableBundleError(*where, "it has no actions")
        return tuple(self._one(row, where, on) for row in rows)

    def _one(self, row: Mapping[str, Any], where: tuple[str, str], on: str) -> Action:
        label, of, value = row.get("action"), row.get("of", ""), row.get("value", "")
        word = _WORD.get(label) if isinstance(label, str) else None
        if word is None or not isinstance(label, str):
            raise UnreadableBundleError(*where, f"no action is called {label!r}")
        if not isinstance(of, str) or not isinstance(value, str):
            raise UnreadableBundleError(*where, f"action {label!r}: texts are expected")
        if (word in _CARRIERS_ONLY and on == "rule") or (word in _RULES_ONLY and on != "rule"):
            raise UnreadableBundleError(*where, f"action {label!r}: it is not offered here")
        self.where = where
        do = self._nothing if self._missing(word, on) else _TABLE[word](self, of, value)
        return Action(do, label, of, value, scores=word == "score")

    def _missing(self, word: str, on: str) -> bool:
        """Whether this instance does not offer the action there, so that nobody could choose it."""
        world = self.world
        if on == "program":
            offered = {"category": world.program_moves_categories, "score": world.program_moves_scores}
            return not offered.get(word, world.program_acts_as_rules)
        if on == "rule":
            return False
        if word == "category":
            return not world.completion_actions_move_categories
        if word == "increment":
            return not (world.page_actions_increment if on == "page" else world.increment_completion_action)
        return word in {"tag-add", "tag-remove"} and on == "page" and not world.page_actions_apply_tags

    @staticmethod
    def _nothing(_prospect: Prospect) -> bool:
        return False

    def _number(self, value: str) -> int:
        number = whole(value)
        if number is None:
            raise UnreadableBundleError(*self.where, f"an action's value {value!r} is no number")
        return number

    # --- what each does ---------------------------------------------------------------------------------------------

    def _score(self, of: str, value: str) -> Do:
        number, spill = self._number(value), not self.world.overall_leaves_categories
        if of not in {"By", "To"}:
            raise UnreadableBundleError(*self.where, f"a score is adjusted By or To, not {of!r}")
        names = self.categories

        def do(prospect: Prospect) -> bool:
            by = number if of == "By" else number - prospect.score
            prospect.set_away += 0 if of == "By" else by
            prospect.put_score(prospect.score + by)
            if spill:
                for name in names:
                    prospect.put_category(name, prospect.categories.get(name, 0) + by)
            return True

        return do

    def _category(self, of: str, value: str) -> Do:
        number, lowest = self._number(value), None if self.world.category_below_zero else 0
        if of not in self.categories:
            raise UnreadableBundleError(*self.where, f"no scoring category is called {of!r}")
        if value[:1] not in {"+", "-"}:
            raise UnreadableBundleError(*self.where, "a scoring category cannot be adjusted to a number")

        def do(prospect: Prospect) -> bool:
            after = prospect.categories.get(of, 0) + number
            prospect.put_category(of, after if lowest is None else max(after, lowest))
            if prospect.coupled:
                prospect.put_score(prospect.score + number)
            return True

        return do

    def _tag_add(self, of: str, _value: str) -> Do:
        return lambda prospect: prospect.put_tag(of, on=True)

    def _tag_remove(self, of: str, _value: str) -> Do:
        return lambda prospect: prospect.put_tag(of, on=False)

    def _list_add(self, of: str, _value: str) -> Do:
        self._known_list(of)
        return lambda prospect: prospect.put_list(of, on=True)

    def _list_remove(self, of: str, _value: str) -> Do:
        self._known_list(of)
        return lambda prospect: prospect.put_list(of, on=False)

    def _known_list(self, name: str) -> None:
        if name not in self.lists:
            raise UnreadableBundleError(*self.where, f"no static list is called {name!r}")

    def _field(self, of: str, value: str) -> Do:
        after = (value,) if value else ()
        return lambda prospect: prospect.put_field(of, after)

    def _increment(self, of: str, value: str) -> Do:
        if value != "+1":
            raise UnreadableBundleError(*self.where, "a field is increased by 1 only")

        def do(prospect: Prospect) -> bool:
            before = prospect.fields.get(of, ())
            prospect.put_field(of, (str(((whole(before[0]) if before else 0) or 0) + 1),))
            return True

        return do

    def _campaign(self, of: str, value: str) -> Do:
        def do(prospect: Prospect) -> bool:
            prospect.campaigns[of] = value or prospect.campaigns.get(of)
            prospect.stir("campaigns")
            return True

        return do

    def _assign(self, of: str, _value: str) -> Do:
        def do(prospect: Prospect) -> bool:
            if prospect.owner:
                return False
            prospect.owner = of or "whoever the assignment rule says"
            prospect.stir("owner")
            return True

        return do

    def _notify_owner(self, _of: str, _value: str) -> Do:
        return lambda _: True

    def _profile(self, of: str, value: str) -> Do:
        if value not in {"Matches", "Doesn't match", "Not known"} or of not in self.grading.criteria:
            raise UnreadableBundleError(*self.where, f"no profile criterion {of!r} can be {value!r}")
        grading = self.grading
        return lambda prospect: grading.put(prospect, of, value)


# ruff: noqa: SLF001 - the table of the class's own actions
_TABLE: dict[str, Callable[[Actions, str, str], Callable[[Prospect], bool]]] = {
    "assign-group": Actions._assign,
    "assign-queue": Actions._assign,
    "assign-rule": Actions._assign,
    "assign-user": Actions._assign,
    "campaign": Actions._campaign,
    "category": Actions._category,
    "custom-field": Actions._field,
    "default-field": Actions._field,
    "increment": Actions._increment,
    "list-add": Actions._list_add,
    "list-remove": Actions._list_remove,
    "notify-owner": Actions._notify_owner,
    "notify-user": Actions._notify_owner,
    "profile": Actions._profile,
    "score": Actions._score,
    "tag-add": Actions._tag_add,
    "tag-remove": Actions._tag_remove,
    "task": Actions._notify_owner,
}
