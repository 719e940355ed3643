"""Lives in which others undo what the model has done: that it is done a second time is seen in nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model import actions as act
from scorewright.model.history import OWNER, Happening
from scorewright.semantics.ask import is_known
from scorewright.verify.lives.life import Aimed
from scorewright.verify.lives.moves import carry_out
from scorewright.verify.lives.story import Story
from scorewright.verify.lives.switches import nearest
from scorewright.verify.lives.wants import both, ways

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scorewright.model import conditions as con
    from scorewright.verify.lives.scene import Scene
    from scorewright.verify.lives.wants import Want

__all__ = ["can_be_undone", "reopened", "undo"]

_ANOTHER = "Something else"
_ONCE_SEEN = (
    act.Assign,
    act.AddToList,
    act.RemoveFromList,
    act.AddToCampaign,
    act.SetField,
    act.SetLifecycle,
)


def can_be_undone(actions: Iterable[act.Action]) -> bool:
    """Whether others can undo any of it: whoever has an owner keeps them, and a list has nobody twice."""
    return any(isinstance(action, _ONCE_SEEN) for action in actions)


def undo(story: Story, actions: Iterable[act.Action]) -> None:
    """Have others undo what has been done: take away the owner, take off the list, write something else."""
    for action in actions:
        _undo(story, action)


def _undo(story: Story, action: act.Action) -> None:
    match action:
        case act.Assign():
            if is_known(story.seen(lambda ask: ask.state.fields.get(OWNER))):
                story.put(OWNER, None)
        case act.AddToList(name) | act.RemoveFromList(name):
            put = isinstance(action, act.AddToList)
            if story.seen(lambda ask: name in ask.state.lists) is put:
                story.put_on(name, not put)
        case act.AddToCampaign(name):
            story.add(Happening(0, "joins", name, {"status": _ANOTHER}))
        case act.SetField(field, value):
            others = [other for other in story.stage.values(field, story.at) if other not in {value, None}]
            story.put(field, next(iter(others), None))
        case act.SetLifecycle() if (named := story.stage.model.lifecycle.field) is not None:
            story.put(named, _ANOTHER if story.stage.kind(named) == "text" else None)


def reopened(
    stage: Scene, name: str, whole: con.Condition, actions: tuple[act.Action, ...]
) -> Iterator[Aimed]:
    """Open, undone, with more points, shut for each reason, and open again; and open in each way."""
    if not can_be_undone(actions):
        return
    true, false = ways(stage.model, whole), ways(stage.model, whole, so=False)
    turns: list[tuple[Want | None, Want | None]] = [(nearest(off, true), off) for off in false]
    turns += [(on, nearest(on, false)) for on in true[1:]]
    for number, (on, off) in enumerate(turns):
        if on is None or off is None:
            continue
        story = Story(stage)
        for _ in range(3):
            for want in (on, off):
                story.become(_inside(stage, want))
                story.rest()
                if want is on:
                    undo(story, actions)
                    _more(stage, story, want)
        title = f"{name}: open, undone by others, shut and open again {number + 1}"
        yield Aimed(min(9, 1 + number // 3), story.life(title, name))


def _more(stage: Scene, story: Story, want: Want) -> None:
    """More points while it is open: nothing is done again by that."""
    for key, least, most in want.scores[:1]:
        move = stage.moves.one(key, up=True)
        if move is not None and least is not None and most is None:
            carry_out(stage, story, move)
            story.rest()


def _inside(stage: Scene, want: Want) -> Want:
    return next((joined for one in stage.population if (joined := both(want, one)) is not None), want)
