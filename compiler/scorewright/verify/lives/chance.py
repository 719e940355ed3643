"""Lives by chance: bursts and gaps, what the model asks for and what it nearly asks for, some of it known late."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from scorewright.model import conditions as con
from scorewright.model.history import CRM_KIND, OWNER, FieldSet, Happening, Listed
from scorewright.verify.lives.asked import conditions, events
from scorewright.verify.lives.events import UNASKED, candidates, happening, misses
from scorewright.verify.lives.life import DAY, HOUR
from scorewright.verify.lives.story import Story

if TYPE_CHECKING:
    from scorewright.model.events import Event
    from scorewright.model.history import Scalar
    from scorewright.verify.lives.life import Life
    from scorewright.verify.lives.scene import Scene

__all__ = ["by_chance"]

_AT_ONCE = frozenset({"unsubscribes", "resubscribes"})
"""Nobody unknown does so, and no platform is told of it late: it would undo what has been said since."""


def by_chance(stage: Scene, seed: int, number: int) -> Life:
    """The life of a number: the same whatever was told before it."""
    return _Teller(stage, random.Random(f"{seed}/{number}")).tell(f"by chance: {seed}/{number}")  # noqa: S311


class _Teller:
    """One life by chance."""

    def __init__(self, stage: Scene, chance: random.Random) -> None:
        self.stage = stage
        self.chance = chance
        self.events = [event for event in events(stage.model) if event.verb != "changes"]
        self.fields = [field for field in stage.tests if field not in {"created", "email-domain"}]
        if "email-domain" in stage.tests:
            self.fields.append("email-domain")
        self.lists = sorted(
            {
                item.asset
                for item in conditions(stage.model)
                if isinstance(item, con.MemberOf) and self._is_list(item.asset)
            }
        )
        self.spans = _spans(stage)
        self.calm = chance.random() < 0.4

    def _is_list(self, asset: str) -> bool:
        return "list" in self.stage.model.assets[asset].kinds

    def tell(self, name: str) -> Life:
        """Tell it.  Two of five leave the platform its time, and hold nothing that is out of the ordinary."""
        story = Story(self.stage, inside=self.chance.random() < 0.85)
        (self._calmly if self.calm else self._anyhow)(story)
        tail = max(40, (self.chance.choice(self.spans) // DAY) + 3)
        return story.life(name, tail=tail)

    def _begin(self, story: Story) -> None:
        chance = self.chance
        for field in chance.sample(self.fields, min(len(self.fields), chance.choice((0, 1, 2, 4)))):
            story.put(field, self._value(field, story.at))
        story.rest()

    def _calmly(self, story: Story) -> None:
        chance = self.chance
        self._begin(story)
        for _ in range(chance.choice((3, 5, 8, 12))):
            if chance.random() < 0.3:
                story.wait(chance.choice(self.spans) // DAY * DAY + chance.randrange(3) * DAY).rest()
            if self.events and chance.random() < 0.75:
                story.happens(chance.choice(self.events), chance.choice((None, None, 1, 2)))
            else:
                self._something(story)

    def _anyhow(self, story: Story) -> None:
        chance = self.chance
        self._begin(story)
        self._past_of(story)
        story.wait(chance.choice((HOUR, DAY, 3 * DAY)) + chance.randrange(60))
        for _ in range(chance.choice((1, 2, 3, 4, 6))):
            for _ in range(chance.choice((1, 1, 2, 3, 5))):
                self._something(story)
                story.wait(self._short())
            story.wait(self._long())

    def _past_of(self, story: Story) -> None:
        """Some begin with points or marks."""
        model, chance = self.stage.model, self.chance
        counters = [key for key, score in model.scores.items() if score.kind == "engagement"]
        if counters and chance.random() < 0.2:
            for key in chance.sample(counters, chance.randint(1, len(counters))):
                story.scores[key] = chance.choice(
                    (0, 1, 10, chance.randint(0, 120), chance.randint(-20, 400))
                )
        if model.marks and chance.random() < 0.1:
            story.marks.add(chance.choice(sorted(model.marks)))

    def _something(self, story: Story) -> None:
        chance = self.chance
        drawn = chance.random()
        if self.events and drawn < 0.68:
            self._event(story, chance.choice(self.events))
        elif self.fields and drawn < 0.9:
            field = chance.choice(self.fields)
            story.put(field, self._value(field, story.at))
        elif self.lists and drawn < 0.95:
            story.add(Listed(0, chance.choice(self.lists), chance.random() < 0.7))
        else:
            self._rarely(story)

    def _rarely(self, story: Story) -> None:
        """What hardly any model asks for, and every platform has."""
        chance = self.chance
        made = chance.choice(
            (
                FieldSet(0, OWNER, chance.choice(("A salesperson", None))),
                FieldSet(
                    0,
                    CRM_KIND,
                    chance.choice(("lead", "contact") if self.calm else ("lead", "contact", None)),
                ),
                UNASKED,
                Happening(0, "unsubscribes"),
                Happening(0, "resubscribes"),
                Happening(0, "opportunity", chance.choice(("created", "won", "lost"))),
            )
        )
        story.add(made)

    def _event(self, story: Story, event: Event) -> None:
        chance = self.chance
        made = happening(self.stage, event, story.at, chance.randrange(6))
        if chance.random() < 0.15:
            made = chance.choice(misses(self.stage, event, story.at) or [made])
        elif chance.random() < 0.15 and event.where:
            prop = chance.choice([name for name, _ in event.where])
            options = candidates(self.stage, event.verb, event.objects, prop, story.at)
            made = made._replace(properties={**made.properties, prop: chance.choice(options)})
        if chance.random() < 0.05 and not self.calm:
            later = story.at + self._long()
            made = made._replace(known=None if event.verb in _AT_ONCE else later)
        story.add(made._replace(at=0, known=None) if made.known is None else made._replace(at=story.at))

    def _value(self, field: str, at: int) -> Scalar:
        values = [value for value in self.stage.values(field, at) if value is not None or not self.calm]
        return self.chance.choice(values)

    def _short(self) -> int:
        return (
            self.chance.choice((0, 0, 1, 60, 29 * 60, 30 * 60, HOUR, 9 * HOUR, DAY))
            + self.chance.randrange(3) * 7
        )

    def _long(self) -> int:
        """A gap in which the platform comes to rest, or one of the model's own durations, a second off or a day."""
        chance = self.chance
        if chance.random() < 0.5:
            return chance.randint(2, 9) * DAY + chance.randrange(DAY)
        off = chance.choice((-DAY, -HOUR, -1, 0, 1, HOUR, DAY))
        return max(1, chance.choice(self.spans) + off)


def _spans(stage: Scene) -> list[int]:
    """The durations of the model, in seconds."""
    model, found = stage.model, {DAY, 7 * DAY}
    windows = [event.within for event in events(model)]
    limits = [item.limit for item in model.rules.values()] + [
        item.limit for item in model.thresholds.values()
    ]
    windows += [limit.per for limit in limits if limit is not None]
    windows += [group.limit.per for group in model.groups.values()]
    found |= {
        window.rolling.seconds for window in windows if window is not None and window.rolling is not None
    }
    for rule in model.rules.values():
        terms = (rule.wait, rule.expires, rule.fades.every if rule.fades is not None else None)
        found |= {term.seconds for term in terms if term is not None}
    for decay in model.decay.values():
        found |= {step.after.seconds for step in decay.steps}
        found |= {step.every.seconds for step in decay.steps if step.every is not None}
    return sorted(found)
