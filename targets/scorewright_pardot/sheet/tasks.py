"""One task an object: the clicks of each kind."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scorewright.plugin.sheet import Step, Task
from scorewright_pardot.sheet.steps import action_steps, criteria_steps, minutes, of_admins

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorewright_pardot import objects as ob

__all__ = [
    "automation_task",
    "baseline_task",
    "category_task",
    "completion_task",
    "dynamic_list_task",
    "page_action_task",
    "prerequisite_task",
    "profile_task",
    "redirect_task",
    "resume_task",
    "segmentation_task",
    "static_list_task",
    "tag_task",
    "task_of",
]


def task_of(
    kind: str,
    title: str,
    made: ob.Made,
    steps: Iterable[Step],
    *,
    checks: tuple[str, ...] = (),
    time: float | None = None,
) -> Task:
    """A task of a kind, with why and on which facts it stands from what was made; by default the time for its clicks."""
    clicks = tuple(steps)
    element = made.elements[0] if made.elements else "model"
    spent = minutes(len(clicks)) if time is None else time
    return Task(
        f"{kind}: {title}", title, element, made.why, spent, clicks, checks, made.facts, of_admins(clicks)
    )


def prerequisite_task(item: ob.Prerequisite) -> Task:
    """Look that something is there."""
    steps = (Step("check", f"{item.kind.capitalize()} “{item.name}” is there", note=item.check),)
    task = task_of("prerequisites", f"{item.kind}: {item.name}", item.made, steps, time=0.5)
    return replace(task, title=f"{item.kind.capitalize()}: {item.name}")


def tag_task(items: tuple[ob.Tag, ...]) -> Task:
    """Make all tags, in one list."""
    steps = [Step("open", "Marketing › Segmentation", "Tags")]
    steps += [Step("type", "+ Add Tag", item.name, note=item.made.why) for item in items]
    made = items[0].made
    return Task(
        "tags: all",
        "All tags",
        made.elements[0],
        "Rules name them; make them first, letter by letter.",
        minutes(len(items)),
        tuple(steps),
    )


def static_list_task(item: ob.StaticList, folder: str) -> Task:
    """Make a static list."""
    steps = (
        Step("open", "Marketing › Segmentation", "Lists"),
        Step("click", "+ Add List"),
        Step("type", "Name", item.name),
        Step("choose", "Folder", folder),
        Step("untick", "Dynamic List"),
        Step("click", "Create list"),
    )
    return task_of(
        "static-lists",
        item.name,
        item.made,
        steps,
        checks=("If a list of this name is there already, use it.",),
    )


def dynamic_list_task(item: ob.DynamicList, folder: str) -> Task:
    """Make a dynamic list."""
    steps = (
        Step("open", "Marketing › Segmentation", "Lists"),
        Step("click", "+ Add List"),
        Step("type", "Name", item.name),
        Step("choose", "Folder", folder),
        Step("tick", "Dynamic List", default="not ticked"),
        Step("click", "Set Rules"),
        *criteria_steps(item.criteria),
        Step("click", "Run Rules and Save"),
    )
    checks = ("Preview the list before you save it: does the number of people make sense?",)
    return task_of("dynamic-lists", item.name, item.made, steps, checks=checks)


_PAGES = (
    Step(
        "note",
        "Landing pages",
        note="A form on a landing page counts for the landing page's folder: move those pages too.",
    ),
)


def category_task(item: ob.Category) -> Task:
    """Make a folder, put the assets into it, make the scoring category on it."""
    move = [
        Step(
            "choose", kind.replace("_", " ").capitalize(), name, note=f"move it into the folder {item.folder}"
        )
        for kind, name in item.assets
    ]
    steps = (
        Step("open", "Marketing › Folders"),
        Step("click", "+ Add Folder"),
        Step("type", "Name", item.folder),
        *move,
        *(_PAGES if any(kind == "form" for kind, _ in item.assets) else ()),
        Step("open", "Account Engagement Settings › Automation Settings", "Scoring"),
        Step("click", "+ Add Scoring Category"),
        Step("type", "Name", item.name),
        Step("choose", "Start Date", "today", default="Include all historical activity"),
        *(
            (Step("choose", "Folders", item.folder),)
            if item.assets
            else (
                Step("choose", "Folders", item.folder, note="the folder stays empty: rules move this score"),
            )
        ),
        Step("click", "Create scoring category"),
    )
    checks = ("No other scoring category holds the folder or a folder above it.",)
    return task_of("scoring-categories", item.name, item.made, steps, checks=checks)


def baseline_task(items: tuple[ob.BaselineRow, ...]) -> Task:
    """All rows in one visit: every save scores everybody anew."""
    steps = [
        Step(
            "note",
            "Before",
            note="Saving scores every prospect anew over all past activity and can fire rules: pause all rules that read the score.",
        ),
        *_past(items),
        Step("open", "Account Engagement Settings › Automation Settings", "Scoring"),
        Step("click", "Edit scoring rules"),
    ]
    steps += [
        Step(
            "type",
            item.label,
            str(item.points),
            default=str(item.shipped) if item.shipped != item.points else "",
            note=item.made.why if item.points != item.shipped else "",
        )
        for item in items
    ]
    steps.append(Step("click", "Save scoring rules"))
    steps.append(
        Step(
            "note",
            "After",
            note="Rows of connectors that are not listed here (webinars, video, social) get 0 unless the spec names them.  Wait for the e-mail that says the rescore is done, then 24 hours, before any rule that sets a score is resumed.",
        )
    )
    made = items[0].made
    checks = ("Every row of the page has the value above; no other row pays.",)
    facts = ("baseline-rescores-everyone", "sets-jump-back")
    return Task(
        "baseline-scoring: all",
        "All rows of the baseline",
        made.elements[0],
        "Points that need no rule, for everybody, also for the past.",
        minutes(len(steps)),
        tuple(steps),
        checks,
        facts,
        admin=of_admins(steps),
    )


def _past(items: tuple[ob.BaselineRow, ...]) -> tuple[Step, ...]:
    rows = ", ".join(f"{item.label} {item.points}" for item in items if item.points)
    if not rows:
        return ()
    note = f"Everybody is paid for all that they have ever done, not only from now on, each time: {rows}."
    return (Step("note", "The past counts too", note=note),)


def redirect_task(item: ob.CustomRedirect, folder: str) -> Task:
    """Make a custom redirect, or look that it is there."""
    steps = (
        Step("open", "Marketing › Content", "Custom Redirects"),
        Step("click", "+ Add Custom Redirect"),
        Step("type", "Name", item.name),
        Step("choose", "Folder", folder),
        Step("type", "Destination URL", "where the ad leads", note="put the redirect's address into the ad"),
        Step("click", "Create custom redirect"),
    )
    return task_of("custom-redirects", item.name, item.made, steps)


def page_action_task(item: ob.PageAction) -> Task:
    """Make a page action."""
    address = {"is": item.path, "starts_with": f"{item.path}*", "ends_with": f"*{item.path}"}.get(
        item.match, f"*{item.path}*"
    )
    steps = (
        Step("open", "Marketing › Automation", "Page Actions"),
        Step("click", "+ Add Page Action"),
        Step("type", "Name", item.name),
        Step("type", "URL", address, note="with your site's address before it"),
        Step("untick", "Priority Page"),
        *action_steps(item.actions),
        Step("click", "Create page action"),
    )
    checks = ("View the page as a known test prospect: the actions show on the record.",)
    return task_of("page-actions", item.name, item.made, steps, checks=checks)


_WHERE = {
    "form": ("Marketing › Content", "Forms"),
    "form_handler": ("Marketing › Content", "Form Handlers"),
    "landing_page": ("Marketing › Content", "Landing Pages"),
    "file": ("Marketing › Content", "Files"),
    "link": ("Marketing › Content", "Custom Redirects"),
    "ad": ("Marketing › Content", "Custom Redirects"),
    "email": ("Marketing › Emails", "Emails"),
}


_LINKS = (Step("note", "Links", note="On every link of the e-mail; they run once for each link and person."),)


def completion_task(item: ob.CompletionAction) -> Task:
    """Put completion actions on an asset, and on the landing pages that hold a form."""
    place, label = _WHERE[item.kind]
    steps = [
        Step("open", place, label),
        Step("choose", label, item.asset),
        Step("click", "Edit"),
        Step("open", "Completion Actions"),
        *(_LINKS if item.kind == "email" else ()),
        *action_steps(item.actions),
        Step("click", "Save"),
    ]
    if item.kind == "form":
        note = "Put the same completion actions on each landing page that holds the form: there it counts as the landing page's."
        steps.append(Step("note", "Landing pages", note=note))
    title = f"{item.kind.replace('_', ' ')}: {item.asset}"  # the object's name, which keeps a tick
    return task_of(
        "completion-actions",
        title,
        item.made,
        steps,
        checks=("Its other completion actions, if any, are as before.",),
    )


def segmentation_task(item: ob.SegmentationRule) -> Task:
    """Make a segmentation rule and run it, once."""
    steps = (
        Step("open", "Marketing › Segmentation", "Segmentation Rules"),
        Step("click", "+ Add Segmentation Rule"),
        Step("type", "Name", item.name),
        *criteria_steps(item.criteria),
        *action_steps(item.actions),
        Step("click", "Create segmentation rule"),
        Step("check", "Preview", note="the number of people it will change"),
        Step("click", "Run"),
    )
    return task_of(
        "segmentation-rules",
        item.name,
        item.made,
        steps,
        checks=(
            "Run it once, before any automation rule is resumed."
            if item.phase is None
            else "Run it once, when the first sweeps of the rules resumed so far are over, and the lists are filled; "
            "then go on at once.",
        ),
    )


def profile_task(item: ob.ProfileCriterion) -> Task:
    """Make a criterion of a profile."""
    words = {1: "1/3 letter", 2: "2/3 letter", 3: "3/3 letter"}
    steps = (
        Step("open", "Prospects", "Profiles"),
        Step("choose", "Profile", item.profile),
        Step("click", "+ Add criteria"),
        Step("type", "Name", item.name),
        Step("choose", "Weight", words[item.thirds]),
        Step("click", "Save profile"),
    )
    return task_of("profile-criteria", f"{item.profile}: {item.name}", item.made, steps)


def automation_task(item: ob.AutomationRule, folder: str) -> Task:
    """Make an automation rule; it stays paused."""
    steps = (
        Step("open", "Marketing › Automation", "Automation Rules"),
        Step("click", "+ Add Automation Rule"),
        Step("type", "Name", item.name),
        Step("choose", "Folder", folder),
        *_repeat(item),
        *criteria_steps(item.criteria),
        *action_steps(item.actions),
        Step("click", "Create automation rules"),
        Step("check", "Status", "Paused"),
    )
    frozen = (
        ("The repeat settings are right: they are frozen once the rule is resumed.",)
        if item.repeat is not None
        else ()
    )
    return task_of("automation-rules", item.name, item.made, steps, checks=(item.check, *frozen))


def _repeat(item: ob.AutomationRule) -> tuple[Step, ...]:
    if item.repeat is None:
        return (Step("untick", "Repeat Rule", note="each person once"),)
    matches = "Unlimited" if item.matches is None else str(item.matches)
    return (
        Step("tick", "Repeat Rule", default="not ticked"),
        Step("type", "Days before eligible to repeat rule", str(item.repeat), depth=1),
        Step("choose", "Limit of matches", matches, depth=1),
    )


def resume_task(item: ob.AutomationRule) -> Task:
    """Resume a rule, when its turn has come.  What it rests on stands where it is built."""
    steps = (
        Step("open", "Marketing › Automation", "Automation Rules"),
        Step("choose", "Automation rule", item.name),
        Step("click", "Preview", note=item.check),
        Step("click", "Resume automation rules"),
    )
    return task_of("resume", item.name, item.made._replace(why="", facts=()), steps, time=1.0)
