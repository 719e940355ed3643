"""What comes from outside: the person, what they do, what others write; and what the platform does with it at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model.history import CRM_KIND, OWNER
from scorewright.plugin.emulation import Deed
from scorewright_pardot.emulator.happenings import ANY, CATEGORY_VERBS, IDENTIFYING, STATES

if TYPE_CHECKING:
    from scorewright.model.history import FieldSet, Happening, Listed, Person, Scalar
    from scorewright_pardot.emulator.bundle import Carrier
    from scorewright_pardot.emulator.happenings import Activity
    from scorewright_pardot.emulator.instance import Instance
    from scorewright_pardot.emulator.sweeps import Sweeps

__all__ = ["Intake"]

_COMPLETES = frozenset({"submits", "downloads", "clicks"})
_STATUS = {"registers": "Registered", "attends": "Attended", "misses": "Absent"}


class Intake:
    """Feeds one prospect."""

    def __init__(self, instance: Instance, sweeps: Sweeps, person: Person) -> None:
        self.instance = instance
        self.translator = instance.translator
        self.sweeps = sweeps
        self.prospect = sweeps.prospect
        self.person = person
        self.address: dict[str, Scalar] = {}
        self.opened = 0
        """Opportunities that were created."""
        self.once: set[tuple[str, ...]] = set()
        """E-mails opened, and links of e-mails clicked."""
        self.adjusted: dict[tuple[str, int], int] = {}
        """When each adjusting completion action ran last."""
        self.scored: list[tuple[str, str, str, bool]] = []
        """Every activity that a row scores, whatever it pays: the row, the asset's kind and name, whether categories count it."""

    # --- the record -------------------------------------------------------------------------------------------------

    def create(self, now: int, *, live: bool) -> None:
        """The prospect is saved, with the fields, scores and tags that it has by now."""
        self._write("email", self.person.fields.get("email"))
        for key, value in self.person.fields.items():
            if key == "created":
                self.prospect.created = self.instance.calendar.read(str(value)) or now
            else:
                self._write(key, value)
        self.instance.restore(self.prospect, self.person)
        if live:
            self.sweeps.begin(now)

    def field(self, item: FieldSet) -> None:
        """Somebody writes a field.  When a record was created cannot be written."""
        if item.field != "created":
            self._write(item.field, item.value)

    def _write(self, key: str, value: Scalar) -> None:
        prospect, translator = self.prospect, self.translator
        if key == OWNER:
            prospect.owner = "".join(translator.value(value))
            prospect.stir("owner")
        elif key == CRM_KIND:
            prospect.crm = "".join(translator.value(value)).capitalize()
            prospect.stir("crm")
        elif key in {"email", "email-domain"}:
            self.address[key] = value
            prospect.put_field(translator.labels.get("email", "Email"), translator.email(self.address))
        elif translator.of_account(key):
            prospect.put_account(translator.labels[key], translator.value(value))
        else:
            prospect.put_field(translator.labels[key], translator.value(value))

    def listed(self, item: Listed) -> None:
        """Somebody puts the prospect on a list, or takes them off."""
        for name in self.translator.names(item.list):
            self.prospect.put_list(name, on=item.on)

    # --- activities -------------------------------------------------------------------------------------------------

    def happening(self, item: Happening, now: int) -> None:
        """An activity: the record remembers it, its row scores it, and what stands on the asset runs."""
        world = self.instance.world
        if item.properties.get("bot") is True and world.bots_are_filtered:
            return
        activity = self.translator.activity(item)
        if activity.kind == "ad" and activity.name not in self.instance.built.redirects:
            return  # an ad is seen only where a custom redirect stands before it
        prospect = self.prospect
        if item.verb in world.activity_kinds and (prospect.active is None or item.at > prospect.active):
            prospect.active = item.at
            prospect.stir("activity")
        self._remember(item, activity)
        # What somebody did before they were known, or is told late, runs nothing: only known people's doings do.  A form
        # makes known, and an e-mail goes to known people: these come when they come.
        seen = item.at == now or activity.kind in IDENTIFYING
        carriers = self._carriers(item, activity) if self.sweeps.live and seen else ()
        self._score(item, activity, carriers, now)
        for carrier in carriers:
            self._run(carrier, now, on_page=activity.verb == "visits")

    def _remember(self, item: Happening, activity: Activity) -> None:
        """What criteria can ask for later."""
        prospect, verb, name = self.prospect, activity.verb, activity.name
        state = STATES.get((verb, activity.kind))
        if state is not None:
            prospect.completed.update({(state, name), (state, ANY)})
            prospect.stir(f"completed {state}")
        elif verb in _STATUS:
            prospect.webinars.add((name, _STATUS[verb]))
            prospect.stir("webinars")
        elif verb == "joins":
            prospect.campaigns[name] = "".join(self.translator.value(item.properties.get("status"))) or None
            prospect.stir("campaigns")
        elif verb == "does":
            prospect.activities.add(name)
            prospect.stir("external")
        elif verb == "searches":
            prospect.queries.append(str(item.properties.get("query") or ""))
            prospect.stir("queries")
        elif verb == "opportunity":
            self._opportunity(activity.kind)
        elif verb in {"unsubscribes", "resubscribes"} or (verb == "bounces" and item.what == "hard"):
            prospect.mailable = verb == "resubscribes"
            prospect.stir("mailable")

    def _opportunity(self, kind: str) -> None:
        """An opportunity opens, is won or is lost; one that is closed first is the one that opens later."""
        closed = [item for item in self.prospect.opportunities if item != "Open"]
        if kind == "created":
            self.opened += 1
        else:
            closed.append(kind.capitalize())
        self.prospect.opportunities = [*closed, *["Open"] * (self.opened - len(closed))]
        self.prospect.stir("opportunities")

    # --- points -----------------------------------------------------------------------------------------------------

    def _score(self, item: Happening, activity: Activity, carriers: tuple[Carrier, ...], now: int) -> None:
        """What the baseline row pays, in the overall score and in the category of the asset's folder.

        Rows are saved first of all, and whenever they are, all of the past is scored anew; categories begin with the day
        on which the bundle is switched on.
        """
        instance, sweeps = self.instance, self.sweeps
        if not activity.row or not self._counts(activity):
            return
        points = instance.built.rows[activity.row]
        adjusted = any(action.scores for carrier in carriers for action in carrier.actions)
        if adjusted and activity.verb in _COMPLETES and not instance.world.actions_add_to_baseline:
            return
        begun = sweeps.live and (sweeps.begun is None or item.at >= sweeps.begun)
        counted = activity.verb in CATEGORY_VERBS and begun
        self.scored.append((activity.row, activity.kind, activity.name, counted))
        if not points:
            return
        prospect, by = self.prospect, f"baseline-scoring: {activity.row}"
        prospect.put_score(prospect.score + points)
        sweeps.deeds.append(Deed(now, by, f"{points:+d} to the score"))
        category = instance.built.folders.get((activity.kind, activity.name))
        if category is not None and counted:
            prospect.put_category(category, prospect.categories.get(category, 0) + points)
            sweeps.deeds.append(Deed(now, by, f"{points:+d} to the category {category}"))

    def score_anew(self, after: Instance, now: int) -> None:
        """What has been scored is scored by other rows, and counted by the categories of other folders."""
        before, prospect, changes = self.instance.built, self.prospect, dict[str, int]()
        total = 0
        for row, kind, name, counted in self.scored:
            old, new = before.rows[row], after.built.rows[row]
            total += new - old
            for folders, points in ((before.folders, -old), (after.built.folders, new)):
                category = folders.get((kind, name))
                if counted and category is not None:
                    changes[category] = changes.get(category, 0) + points
        if before.rows != after.built.rows:
            back = prospect.set_away if self.sweeps.timing.sets_come_back() else 0
            prospect.set_away -= back
            prospect.put_score(prospect.score + total - back)
            self.sweeps.deeds.append(
                Deed(now, "baseline-scoring: all", f"{total - back:+d} by scoring all of the past anew")
            )
        for category, points in changes.items():
            if points and category in after.built.categories:
                prospect.put_category(category, prospect.categories.get(category, 0) + points)

    def _counts(self, activity: Activity) -> bool:
        """Whether a row scores it at all: of opens, where the unit is so, only the first of each e-mail."""
        if activity.verb != "opens" or not self.instance.world.opens_count_once:
            return True
        key = ("opens", activity.name)
        first = key not in self.once
        self.once.add(key)
        return first

    # --- page and completion actions --------------------------------------------------------------------------------

    def _carriers(self, item: Happening, activity: Activity) -> tuple[Carrier, ...]:
        """What runs now: all page actions of the page, or the completion actions of the asset."""
        if activity.verb == "visits":
            found = tuple(
                item for item in self.instance.pages_of(activity.name) if item.by not in self.sweeps.off
            )
            return found if self.instance.world.page_actions_apply_tags else found[:1]
        carrier = self.instance.built.completions.get((activity.kind, activity.name))
        if carrier is None or activity.verb not in _COMPLETES or carrier.by in self.sweeps.off:
            return ()
        if activity.kind == "email":  # once for each link and person
            key = ("clicks", activity.name, str(item.properties.get("link") or ""))
            if key in self.once:
                return ()
            self.once.add(key)
        return (carrier,)

    def _run(self, carrier: Carrier, now: int, *, on_page: bool) -> None:
        """Run actions, in no promised order; quick repetitions of an adjustment can be lost."""
        for place in self.sweeps.timing.order(range(len(carrier.actions))):
            action = carrier.actions[place]
            if action.scores and not on_page:
                key = (carrier.by, place)
                last = self.adjusted.get(key)
                self.adjusted[key] = now
                if self.sweeps.timing.loses_score(None if last is None else now - last):
                    continue
            self.sweeps.do(action, carrier.by, now)
