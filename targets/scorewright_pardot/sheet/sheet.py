"""The build sheet as a whole: sections in the order of building, then the order of resuming."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright.plugin.sheet import Section, Sheet
from scorewright_pardot import objects as ob
from scorewright_pardot.sheet import tasks
from scorewright_pardot.sheet.fields import field_task, formula_task
from scorewright_pardot.sheet.french import FRENCH
from scorewright_pardot.sheet.programs import program_task, start_task

if TYPE_CHECKING:
    from collections.abc import Callable

    from scorewright.model.elements import Model
    from scorewright.plugin.sheet import Task
    from scorewright_pardot.lower import Lowered
    from scorewright_pardot.options import Options

__all__ = ["build"]

_EDITIONS = {"growth": "Growth", "plus": "Plus", "advanced": "Advanced", "premium": "Premium"}


def build(model: Model, options: Options, lowered: Lowered) -> Sheet:
    """Everything that a person must do, in order; sections without a task are left out."""
    by_type: dict[type, list[Any]] = {}
    for item in lowered.objects:
        by_type.setdefault(type(item), []).append(item)
    folder = options.folder or model.header.title
    sections = tuple(
        Section(title, _dated(title, intro, model.header.starts), found)
        for title, intro, make in _SECTIONS
        if (found := tuple(make(by_type, folder)))
    )
    intro = _intro(options, folder, model.header.timezone)
    return Sheet(f"{model.header.title}: Account Engagement build sheet", intro, sections, FRENCH)


def _dated(title: str, intro: str, starts: str | None) -> str:
    """Where something begins to act on people, not before the day on which the model starts."""
    if starts is None or title not in {"Page and completion actions", "Segmentation rules", "Resume"}:
        return intro
    return f"Not before {starts}, when the model starts.  {intro}"


def _intro(options: Options, folder: str, zone: str) -> tuple[str, ...]:
    return (
        (
            f"For Account Engagement (Pardot), edition {_EDITIONS[options.edition]}.  Work from top to bottom; nothing acts on "
            "people before the last section, save the baseline and the actions on assets."
        ),
        (
            f"Everything goes into the folder “{folder}”: make it first, under Marketing › Folders, if it is not there.  "
            "Copy texts as they stand.  “Greater than 99” means 100 and more."
        ),
        f"The model's days are those of {zone}; the platform's are those of the account: compare the two.",
        (
            "Build in a sandbox first and compare: labels of sub-menus that nobody documents are marked by the fact "
            "criteria-labels."
        ),
    )


_Found = dict[type, list[Any]]


def _each(type_: type, make: Callable[[Any], Task]) -> Callable[[_Found, str], list[Task]]:
    return lambda found, _folder: [make(item) for item in found.get(type_, ())]


def _in_folder(type_: type, make: Callable[[Any, str], Task]) -> Callable[[_Found, str], list[Task]]:
    return lambda found, folder: [make(item, folder) for item in found.get(type_, ())]


def _fields_and_tags(found: _Found, folder: str) -> list[Task]:
    made = found.get(ob.CustomField, ())
    left = {item.name for item in made}
    fields = [field_task(item, folder) for item in made]
    for item in found.get(ob.FormulaField, ()):
        fields.append(formula_task(item, left))
        left.difference_update(item.sources)  # mapped by now
    tags = found.get(ob.Tag, ())
    return [*fields, *([tasks.tag_task(tuple(tags))] if tags else [])]


def _lists(found: _Found, folder: str) -> list[Task]:
    static = [tasks.static_list_task(item, folder) for item in found.get(ob.StaticList, ())]
    return [
        *static,
        *(tasks.dynamic_list_task(item, folder) for item in _inner_first(found.get(ob.DynamicList, []))),
    ]


def _inner_first(lists: list[ob.DynamicList]) -> list[ob.DynamicList]:
    """A list after those that its criteria ask for; segments make no circles."""
    by_name = {item.name: item for item in lists}
    done: dict[str, ob.DynamicList] = {}

    def visit(item: ob.DynamicList) -> None:
        if item.name in done:
            return
        for criterion in ob.leaves(item.criteria):
            if criterion.of in by_name and criterion.of != item.name:
                visit(by_name[criterion.of])
        done[item.name] = item

    for item in lists:
        visit(item)
    return list(done.values())


def _baseline(found: _Found, _folder: str) -> list[Task]:
    rows = found.get(ob.BaselineRow, ())
    return [tasks.baseline_task(tuple(rows))] if rows else []


def _actions(found: _Found, folder: str) -> list[Task]:
    redirects = [tasks.redirect_task(item, folder) for item in found.get(ob.CustomRedirect, ())]
    pages = [tasks.page_action_task(item) for item in found.get(ob.PageAction, ())]
    return [*redirects, *pages, *(tasks.completion_task(item) for item in found.get(ob.CompletionAction, ()))]


def _segmentation(found: _Found, _folder: str) -> list[Task]:
    return [
        tasks.segmentation_task(item) for item in found.get(ob.SegmentationRule, ()) if item.phase is None
    ]


def _resume(found: _Found, _folder: str) -> list[Task]:
    """Rules to resume, and between them what fills a state that the rules before must have made."""
    late = [item for item in found.get(ob.SegmentationRule, ()) if item.phase is not None]
    items = (*found.get(ob.AutomationRule, ()), *late, *found.get(ob.EngagementProgram, ()))
    return [_RESUMED[type(item)](item) for item in sorted(items, key=lambda item: item.phase)]


_RESUMED: dict[type, Callable[[Any], Task]] = {
    ob.AutomationRule: tasks.resume_task,
    ob.SegmentationRule: tasks.segmentation_task,
    ob.EngagementProgram: start_task,
}


_SECTIONS: tuple[tuple[str, str, Callable[[_Found, str], list[Task]]], ...] = (
    (
        "Prerequisites",
        "What must be there already.  Stop where something is missing.",
        _each(ob.Prerequisite, tasks.prerequisite_task),
    ),
    ("Fields and tags", "Rules name them, so they come first.", _fields_and_tags),
    (
        "Profile",
        "Criteria of the grading profile; rules say for whom each matches.",
        _each(ob.ProfileCriterion, tasks.profile_task),
    ),
    (
        "Folders and scoring categories",
        "A category counts the assets of its folder.",
        _each(ob.Category, tasks.category_task),
    ),
    (
        "Lists",
        "Dynamic lists that others ask for come first.  On a large database a list needs hours to fill.",
        _lists,
    ),
    (
        "Baseline scoring",
        (
            "WARNING: saving the baseline scores all prospects anew, over all of their past activity, and resyncs them with "
            "the CRM.  Do it alone, with every rule that reads a score paused, and wait 24 hours."
        ),
        _baseline,
    ),
    (
        "Page and completion actions",
        (
            "They act from the moment they are saved, for known prospects, never for the past.  So points begin here: do "
            "the rest of the sheet within a day or two."
        ),
        _actions,
    ),
    (
        "Segmentation rules",
        "They run once and fill the state from which the automation rules start: run them after the rescore is over.",
        _segmentation,
    ),
    (
        "Automation rules",
        "Each is saved paused.  Leave it paused; its preview comes when it is resumed.",
        _in_folder(ob.AutomationRule, tasks.automation_task),
    ),
    (
        "Engagement programs",
        "Each stays a draft until it is started.  What was started can be edited only while it is paused.",
        _in_folder(ob.EngagementProgram, program_task),
    ),
    (
        "Resume",
        (
            "In this order, the next one when the first sweep of the one before is over.  On a database with millions of "
            "prospects a first sweep takes hours.  A segmentation rule among them is made and run when its turn comes: "
            "it reads what the rules before it have given."
        ),
        _resume,
    ),
)
"""Title, introduction, and what makes the tasks; in the order of building."""
