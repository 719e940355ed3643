"""The page as a whole: head, what is to be done, and what a reader must know."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from scorewright.compiling.gate import accepted
from scorewright.compiling.page.bar import bar
from scorewright.compiling.page.french import French
from scorewright.compiling.page.picture import picture
from scorewright.compiling.page.tasks import Tasks, digest_of
from scorewright.compiling.page.words import SENTENCES, leading_words, said
from scorewright.compiling.places import Places
from scorewright.compiling.sheet import differences, minutes, sentence, unsure, used_of, waiting
from scorewright.output.page import page_head
from scorewright.plugin.notes import Result

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.compiling.page.tasks import Ticked
    from scorewright.compiling.receipt import Last
    from scorewright.compiling.values import Built
    from scorewright.model.elements import Model
    from scorewright.plugin.migration import Migration
    from scorewright.plugin.notes import Note
    from scorewright.source.document import Document

__all__ = ["render_page", "ticked_of"]

_DIFFERS = "What differs from the spec, and what stays a person's duty"
_RESTS = "The output rests on these; each can be settled in a sandbox, and the answer written into scorewright.toml."
_HERE = Path(__file__).parent
_SCRIPTS = ("keeping.js", "receipt.js", "script.js")
"""They stand in the page as one script, whose digest its policy names."""


def render_page(built: Built, model: Model, places: Places, last: Last) -> bytes:
    """The whole sheet of one target as one page, in UTF-8; it shows the same values as the Markdown.

    ``last`` is the instance that it is for, and what the last receipt from there says is done.
    """
    sheet = built.bundle.sheet
    tasks = Tasks(
        places, French({**SENTENCES, **sheet.french}), frozenset(fact.id for fact in unsure(built)), last.done
    )
    style = (_HERE / "style.css").read_text("utf-8") + leading_words()
    script = "".join((_HERE / name).read_text("utf-8") for name in _SCRIPTS)
    way = [*_way(built.migration, tasks, places)] if built.migration is not None else []
    body = [*way, *_sections(built, tasks, whole=not way), *_known(built, model, tasks, places)]
    parts = [
        page_head(sheet.title, style, script=script),
        *_top(built, model, tasks, last.instance),
        *body,
        f"</main>\n</div>\n<script>{script}</script>\n</body>\n</html>\n",
    ]
    return "".join(parts).encode("utf-8", "backslashreplace")


def ticked_of(built: Built, document: Document) -> tuple[Ticked, ...]:
    """Every thing that the page of a target has to be ticked off."""
    places = Places(document)
    tasks = Tasks(places, French({}))
    way = [*_way(built.migration, tasks, places)] if built.migration is not None else []
    if not way:
        [*_sections(built, tasks, whole=True)]
    return tuple(tasks.ticked)


def _top(built: Built, model: Model, tasks: Tasks, instance: str) -> Iterator[str]:
    sheet, header = built.bundle.sheet, model.header
    about = {
        "target": built.target.name,
        "model": header.id,
        "sheet": digest_of(tasks.ticked),
        "instance": instance,
        "since": built.migration.since.label if built.migration is not None else "",
    }
    data = "".join(f' data-{key}="{escape(value)}"' for key, value in about.items())
    yield f"<body{data}>\n" + bar(tasks.text(sheet.title), len(tasks.ticked))
    yield f'<div id="work">\n<nav aria-label="Parts" data-fr-label="Parties">\n<ol>\n{_contents(built, tasks)}</ol>\n</nav>\n<main id="steps" tabindex="-1">\n'
    yield f"<h1>{tasks.text(sheet.title)}</h1>\n"
    on = f", <b>{escape(instance)}</b>" if instance else ""
    left = sum(each.minutes for each in tasks.ticked)
    work = f"{counted(len(tasks.ticked), 'thing')} to do, about {minutes(left)} of work."
    yield f"<p><b>{escape(header.title)}</b> <code>{escape(header.id)}</code>, {escape(built.target.title)}{on}. {tasks.text(work)}</p>\n"
    used = [quota for quota in built.bundle.quotas if quota.used]
    if used:
        yield '<ul class="quotas">\n'
        for quota in used:
            given = "" if quota.given is None else f" of {quota.given}"
            yield f"<li>{tasks.text(f'{quota.used}{given} {quota.name}')}</li>\n"
        yield "</ul>\n"
    yield from (f"<p{tasks.french(words)}>{escape(words)}</p>\n" for words in sheet.intro)
    yield picture(built.model, tasks)


def _contents(built: Built, tasks: Tasks) -> str:
    sections = built.bundle.sheet.sections
    way = (
        f'<li><a href="#s0">0. {said("What changes")} <span class="count"></span></a></li>\n'
        if built.migration is not None
        else ""
    )
    return way + "".join(
        f'<li><a href="#s{number}">{number}. {tasks.text(section.title)} <span class="count"></span></a></li>\n'
        for number, section in enumerate(sections, 1)
    )


def _way(migration: Migration, tasks: Tasks, places: Places) -> Iterator[str]:
    """From the version before to this one: the moves in order."""
    head = f"From the version of {migration.since.label} to this one"
    yield f'<section id="s0">\n<h2>{tasks.text(head)}</h2>\n'
    waits = f", and {waiting(migration.hours)} of waiting" if migration.hours else ""
    if migration.moves:
        work = f"{counted(len(migration.moves), 'step')}, about {minutes(migration.minutes)} of work{waits}."
        yield f"<p>{tasks.text(work)}</p>\n"
    yield from (f"<p>{tasks.text(paragraph)}</p>\n" for paragraph in migration.intro)
    for quota in migration.quotas:
        yield f"<p>{tasks.text(used_of(quota))}</p>\n"
    if migration.notes:
        yield "<ul>\n"
        for note in migration.notes:
            result, message = tasks.text(note.result), tasks.told(sentence(note.message))
            bound = f" {said('Bound:')} {tasks.told(sentence(note.bound))}" if note.bound else ""
            yield f"<li><code>{escape(note.element)}</code>, <b>{escape(note.name)}</b> ({result}): {message}{bound}</li>\n"
        yield "</ul>\n"
    for number, move in enumerate(migration.moves, 1):
        gone = bool(move.task.element) and not places.has(move.task.element)
        why = f"{move.task.why} It was for {move.task.element}." if gone else move.task.why
        task = replace(move.task, element="" if gone else move.task.element, why=why)
        yield tasks.task(f"0.{number}", task, prefix=f"{move.act}: ")
    yield "</section>\n"


def _sections(built: Built, tasks: Tasks, *, whole: bool) -> Iterator[str]:
    """Everything in the order of building; beside a way from an earlier version, to look things up."""
    if not whole:
        yield f'<details class="whole">\n<summary>{said("The whole, as it stands in the end")}</summary>\n'
    for number, section in enumerate(built.bundle.sheet.sections, 1):
        yield f'<section id="s{number}">\n<h2>{number}. {tasks.text(section.title)}</h2>\n'
        if section.intro:
            yield f"<p{tasks.french(section.intro)}>{escape(section.intro)}</p>\n"
        for index, task in enumerate(section.tasks, 1):
            yield tasks.task(f"{number}.{index}", task, tick=whole)
        yield "</section>\n"
    if not whole:
        yield "</details>\n"


def counted(number: int, what: str) -> str:
    """``1 step``, ``2 steps``."""
    return f"{number} {what}{'' if number == 1 else 's'}"


# --- what a reader must know ----------------------------------------------------------------------------------------


def _known(built: Built, model: Model, tasks: Tasks, places: Places) -> Iterator[str]:
    notes = differences(built)
    if notes:
        yield f'<section id="differs">\n<h2>{said(_DIFFERS)}</h2>\n<ul>\n'
        for note in notes:
            place = escape(places.words(note.element))
            words = f"{tasks.told(sentence(note.message))}{_bound(built, model, note, tasks)}"
            yield f"<li><code>{escape(note.element)}</code> <i>{place}</i>, <b>{escape(note.name)}</b>: {words}</li>\n"
        yield "</ul>\n</section>\n"
    facts = unsure(built)
    if facts:
        yield f'<section id="unsure">\n<h2>{said("What nobody is sure of")}</h2>\n<p>{said(_RESTS)}</p>\n<ul>\n'
        for fact in facts:
            value = str(fact.value).lower() if isinstance(fact.value, bool) else str(fact.value)
            sure = f"{tasks.text(fact.confidence)}; {said('taken as')} <code>{escape(value)}</code>"
            probe = f"{said('To settle it:')} {tasks.told(sentence(fact.probe))}"
            yield f'<li id="fact-{escape(fact.id)}"><code>{escape(fact.id)}</code> ({sure}): {tasks.told(sentence(fact.statement))} {probe}</li>\n'
        yield "</ul>\n</section>\n"


def _bound(built: Built, model: Model, note: Note, tasks: Tasks) -> str:
    """How much a bounded note differs at most, and why the spec takes it; nothing for others."""
    if note.result is not Result.BOUNDED:
        return ""
    taken = accepted(model, built.target.name, note)
    bound = f" {said('Bound:')} {tasks.told(sentence(note.bound))}" if note.bound else ""
    return f"{bound} {said('Accepted:')} {escape(taken.why)}" if taken is not None else bound
