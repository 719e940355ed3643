"""One person's way through an instance: what happens starts campaigns, and campaigns change what others look at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright.plugin.emulation import Deed
from scorewright_marketo.emulator.agenda import Agenda
from scorewright_marketo.emulator.campaigns import Campaign
from scorewright_marketo.emulator.state import FOREVER, Activity, Entry, State
from scorewright_marketo.emulator.timing import BATCH_LATE, Timing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from scorewright.plugin.emulation import Schedule
    from scorewright_marketo.emulator.campaigns import Campaigns
    from scorewright_marketo.emulator.history import Told
    from scorewright_marketo.emulator.state import Value

__all__ = ["Play", "Run"]

_MOST_RUNS = 20_000
"""More than any person's year needs: campaigns that start one another for ever are stopped here."""


_ANOTHER = "another status"
"""What somebody had before they are told to get the status that they have: what happens is a change."""

_NONE: frozenset[str] = frozenset()


class Run:
    """A person in a flow: the campaign, and below it the executables that its step is in."""

    __slots__ = ("frames", "gap", "waits")

    def __init__(self, campaign: Campaign, gap: int) -> None:
        self.frames: list[list[Any]] = [[campaign, 0]]
        self.gap = gap
        self.waits = False


class Play(Agenda):
    """One play.  Steps of flows call its public methods while one of its runs is ``current``."""

    def __init__(self, campaigns: Campaigns, schedule: Schedule) -> None:
        super().__init__(State())
        self.campaigns = campaigns
        self.ground = campaigns.ground
        self.timing = Timing(schedule, self.ground.platform)
        self.state.empty, self.state.lag = self.timing.empty_number(), self.timing.lag()
        self.live: set[str] = set()
        self.deeds: list[Deed] = []
        self._runs = 0
        self._current: Run | None = None
        self._seen: dict[str, tuple[int, int]] = {}
        """For each batch that did nothing when it last ran: the state's version then, and until when it would not."""

    def become(self, campaigns: Campaigns, named: Callable[[str], str]) -> None:
        """The campaigns are others from now on; ``named`` says how a campaign or a list (case folded) is called then.

        Who waits in a campaign goes on by it as it is then, at the step that comes next.
        """
        self.campaigns, self.ground = campaigns, campaigns.ground
        self._seen.clear()
        state = self.state
        live = {named(key) for key in self.live} & campaigns.named.keys()
        self.live.clear()  # days on which campaigns are switched on or off are kept for this set
        self.live |= live
        state.memory = {named(key): at for key, at in state.memory.items()}
        state.lists = {named(key) for key in state.lists}
        state.done = {(named(key), step): count for (key, step), count in state.done.items()}
        self.recast(lambda item: _as_it_is(item, campaigns, named))
        state.version += 1

    # --- what happens -----------------------------------------------------------------------------------------------

    def tell(self, told: Told) -> None:
        """Something that happened to the person becomes known."""
        for stage in told.opportunities:
            self._opportunity(stage)
        self.state.version += 1
        for label, value in told.was:
            self._put(self.ground.field(label)[0], value)
        for label, value in told.fields:
            key, _ = self.ground.field(label)
            self.write(key, label, value, quiet=told.quiet)
        for name, on in told.lists:
            self.put_on_list(name.casefold(), name, on=on)
        for name, status in told.campaigns:
            if self.state.campaigns.get(name.casefold()) == status:
                self.state.campaigns[name.casefold()] = _ANOTHER
            self.join_campaign(name, status)
        for name, status, when in told.programs:
            self.state.programs.pop(name.casefold(), None)
            self.join_program(name, status, when)
        for activity in told.activities:
            primary = next((str(value) for value in activity.attributes.values()), "")
            self.log(activity, primary)
            if told.starts:
                self.start(activity, primary)

    def _opportunity(self, stage: str) -> None:
        """One that is closed before it is told to have been created is the one that is told of later."""
        stages = self.state.opportunities
        before = "untold" if stage == "open" else "open"
        if before in stages:
            stages.remove(before)
            if stage == "open":
                return
        elif stage != "open":
            stages.append("untold")
        stages.append(stage)

    def log(self, activity: Activity, primary: str) -> None:
        """Write into the activity log what some filter may ask for."""
        asked = self.ground.logged.get(activity.kind, _NONE)
        if asked is None or primary.casefold() in asked:
            entry = Entry(activity.at, self.state.now + self.state.lag, activity.attributes)
            self.state.log.setdefault(activity.kind, []).append(entry)
            self.state.version += 1

    def start(self, activity: Activity, primary: str) -> None:
        """Start the campaigns that an activity triggers, each once."""
        by_key = self.campaigns.starters.get(activity.kind)
        if by_key is None:
            return
        rows = by_key.get(primary.casefold(), [])
        if others := by_key.get(None):
            rows = [*rows, *others]
        hit = {
            campaign.key: campaign
            for campaign, trigger in rows
            if campaign.key in self.live and trigger.matches(activity, self.state)
        }
        if not hit:
            return
        fixed = self.ground.platform.trigger_order
        found = sorted(hit.values(), key=lambda campaign: campaign.place)
        delay = self.timing.trigger() if fixed else 0
        for campaign in self.timing.ordered(found, fixed=fixed):
            self.at(self.state.now + (delay if fixed else self.timing.trigger()), self.enter, campaign)

    # --- flows ------------------------------------------------------------------------------------------------------

    def enter(self, campaign: Campaign, *, whole: bool = False) -> None:
        """Put the person into a campaign, if filters and qualification let them in; ``whole``: in one piece."""
        if not campaign.lets_in(self.state) or self._runs >= _MOST_RUNS:
            return
        self._runs += 1
        gap = 0 if whole else self.timing.gap(campaign.length, batch=campaign.type == "batch")
        self._go(Run(campaign, gap), first=True)

    def _go(self, run: Run, *, first: bool = False) -> None:
        """Do the steps of a run: all of them, or one at a time with gaps between."""
        if run.gap and first:
            self.at(self.state.now + run.gap, self._go, run)
            return
        self._current = run
        while run.frames:
            frame = run.frames[-1]
            campaign, number = frame
            if number >= len(campaign.steps):  # a flow may have become shorter under who is in it
                run.frames.pop()
                continue
            frame[1] = number + 1
            campaign.steps[number](self)
            if run.waits:
                run.waits = False
                break
            if run.gap:
                self.at(self.state.now + run.gap, self._go, run)
                break
        self._current = None

    def execute(self, campaign: Campaign) -> None:
        """Run an executable inside the present step."""
        assert self._current is not None
        if campaign.lets_in(self.state):
            self._current.frames.append([campaign, 0])

    def request(self, key: str) -> None:
        """Ask for a campaign, which runs beside this one."""
        campaign = self.campaigns.named[key]
        if campaign.key in self.live:
            self.at(self.state.now + self.timing.trigger(), self.enter, campaign)

    def wait(self, seconds: int) -> None:
        """Leave the present run until later."""
        run = self._current
        assert run is not None
        run.waits = True
        self.at(self.state.now + seconds + self.timing.wait(), self._go, run)

    # --- what steps do ----------------------------------------------------------------------------------------------

    def change_score(self, key: str, label: str, value: int) -> None:
        """Give a score a value."""
        before = self.state.fields.get(key)
        if before == value:
            return
        old = before or 0
        self._put(key, value)
        self._say(f"{label}: {old} → {value}")
        told: dict[str, Value] = {"Score Name": label, "New Score": value, "Change": value - old}
        self._note(Activity("score", self.state.now, told), label)
        self._data_changed(label, before, value)

    def write(self, key: str, label: str, value: Any, *, quiet: bool = False) -> None:
        """Give a field a value; ``quiet``: nobody is told."""
        before = self.state.fields.get(key)
        if before == value and type(before) is type(value):
            return
        self._put(key, value)
        if quiet or (self.ground.platform.empty_boolean_is_false and _says_no(before, value)):
            return
        if self._current is not None:
            self._say(f"{label}: {before!s} → {value!s}")
        self._data_changed(label, before, value)

    def _put(self, key: str, value: Any) -> None:
        self.state.fields[key] = value
        self.state.version += 1

    def _data_changed(self, label: str, before: Any, after: Any) -> None:
        told = {"Attribute": label, "New Value": _shown(after), "Previous Value": _shown(before)}
        self._note(Activity("data", self.state.now, told), label)

    def _note(self, activity: Activity, primary: str) -> None:
        self.log(activity, primary)
        self.start(activity, primary)

    def put_on_list(self, name: str, label: str, *, on: bool) -> None:
        """Put the person on a static list, or take them off."""
        if (name in self.state.lists) is on:
            return
        (self.state.lists.add if on else self.state.lists.discard)(name)
        self.state.version += 1
        self._say(f"{'on' if on else 'off'} the list {label}")
        kind = "list" if on else "list-removed"
        self._note(Activity(kind, self.state.now, {"List Name": label}), label)

    def join_campaign(self, name: str, status: str) -> None:
        """Make the person a member of an SFDC campaign, or change the status there."""
        key = name.casefold()
        before = self.state.campaigns.get(key)
        if before == status:
            return
        self.state.campaigns[key] = status
        self.state.version += 1
        kind, word = ("campaign-add", "Status") if before is None else ("campaign-status", "New Status")
        self._note(Activity(kind, self.state.now, {"Campaign": name, word: status}), name)

    def join_program(self, name: str, status: str, when: int | None = None) -> None:
        """Change the person's status in a program, now or then; who has it already has not changed."""
        if self.state.programs.get(name.casefold()) == status:
            return
        self.state.programs[name.casefold()] = status
        self.state.version += 1
        at = self.state.now if when is None else when
        self._note(Activity("program", at, {"Program": name, "New Status": status}), name)

    def did(self, campaign: str, number: int, said: str) -> None:
        """Count what leaves nothing behind that a filter sees."""
        place = (campaign, number)
        self.state.done[place] = self.state.done.get(place, 0) + 1
        self.state.version += 1
        self._say(said)

    def _say(self, said: str) -> None:
        run = self._current
        if run is None:
            return
        campaign = run.frames[-1][0]
        self.deeds.append(Deed(self.state.now, f"smart-campaigns: {campaign.name}", said))

    # --- batches ----------------------------------------------------------------------------------------------------

    def hour(self, at: int, batches: tuple[Campaign, ...]) -> None:
        """The hour of some batches has come."""
        self.state.now = at
        due = [item for item in batches if item.key in self.live and not self._asleep(item, at)]
        for campaign in self.timing.ordered(due):
            self.at(at + self.timing.batch(), self._batch_now, campaign)
            self.settle()

    def _asleep(self, campaign: Campaign, now: int) -> bool:
        """Whether it did nothing the last time, and nothing that it looks at has changed or will soon."""
        known = self._seen.get(campaign.key)
        return known is not None and known[0] == self.state.version and now + BATCH_LATE < known[1]

    def _batch_now(self, campaign: Campaign) -> None:
        state = self.state
        version, count, state.horizon = state.version, self.count, FOREVER
        self.enter(campaign)
        if state.version == version and self.count == count and not self.ready:
            self._seen[campaign.key] = (version, state.horizon)

    def switch_on(self, stages: Iterable[str]) -> None:
        """Activate the triggers and schedule the batches of some stages."""
        wanted = set(stages)
        self.live |= {campaign.key for campaign in self.campaigns.all if campaign.stage in wanted}

    def run_once(self, batches: Iterable[Campaign]) -> None:
        """Run batches one after the other; a person waits until each has finished."""
        for campaign in batches:
            self.enter(campaign, whole=True)
            self.settle()


def _as_it_is(item: Any, campaigns: Campaigns, named: Callable[[str], str]) -> Any:
    """A campaign, its key, or a run through some, once the campaigns have changed; ``None``: it is gone."""
    if isinstance(item, Run):
        found = [(campaigns.named.get(named(frame.key)), step) for frame, step in item.frames]
        item.frames = [[frame, step] for frame, step in found if frame is not None]
        return item if item.frames else None
    if isinstance(item, str):
        return named(item)
    if isinstance(item, Campaign):
        return campaigns.named.get(named(item.key))
    return item


def _says_no(before: Any, after: Any) -> bool:
    """Whether a boolean goes from nothing to no, or back: without an empty state, that is no change."""
    return (before is None and after is False) or (before is False and after is None)


def _shown(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value
