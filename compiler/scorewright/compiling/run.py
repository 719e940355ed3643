"""Compile a spec for its targets: one way, from the path to the bytes of the files."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from scorewright.checks.run import check_spec
from scorewright.compiling import rules
from scorewright.compiling.gate import gate, noted, over_quota, refused_features, unused_acceptances
from scorewright.compiling.left_out import leave_out
from scorewright.compiling.options import facts_of, has_editions, options_of, strangers
from scorewright.compiling.values import Built, Compiled
from scorewright.plugin.migration import Migrates
from scorewright.plugin.registry import UnknownTargetError, WrongApiError, builtin_names, load, others
from scorewright.plugin.target import Request
from scorewright.plugin.words import in_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from scorewright.compiling.receipt import Last
    from scorewright.diagnostics.rule import Finding
    from scorewright.model.elements import Model
    from scorewright.plugin.bundle import Bundle
    from scorewright.plugin.migration import Migration, Since
    from scorewright.plugin.notes import Note
    from scorewright.plugin.target import Target
    from scorewright.project import Project
    from scorewright.source.document import Document

__all__ = ["build", "compile_spec"]


def compile_spec(
    path: Path,
    *,
    project: Project,
    targets: Iterable[str],
    edition: str | None,
    instance: str | None,
    today: date,
    since: Mapping[str, Since] | None = None,
) -> Compiled:
    """Check the spec at ``path`` and lower it for each target: those named, else the project's, else the built-in.

    ``since`` says for a target what stands on the instance already: then the bundle has the way from there, too.
    """
    checked = check_spec(path, today=today)
    if checked.model is None or checked.document is None or not checked.ok:
        return Compiled(checked, checked.findings, project=project)
    names = tuple(dict.fromkeys(targets)) or tuple(project.targets) or builtin_names()
    found = [*checked.findings]
    built = []
    for name in names:
        one, findings = build(name, checked.model, project, edition, instance, (since or {}).get(name))
        found.extend(findings)
        if one is not None:
            built.append(one)
    if edition is not None and built and not any(has_editions(one.target) for one in built):
        message = f"--edition {edition}: {', '.join(one.target.name for one in built)} has no editions"
        found.append(rules.BAD_OPTION.at((), message, help="leave --edition out"))
    if any(finding.rule.severity == "error" for finding in found):
        return Compiled(checked, tuple(found), tuple(built), project=project)
    from scorewright.compiling.files import files_of
    from scorewright.compiling.places import Places

    places = Places(checked.document)
    files = {
        one.target.name: files_of(one, checked.model, places, _ticked(checked.document, instance, one))
        for one in built
    }
    return Compiled(checked, tuple(found), tuple(built), files, project)


def _ticked(document: Document, instance: str | None, one: Built) -> Last:
    """What the last receipt of the instance says is done, for the page to show what has changed since."""
    from scorewright.compiling.lock import FILE_NAME
    from scorewright.compiling.receipt import Last, last_of

    return Last() if instance is None else last_of(document.folder / FILE_NAME, instance, one.target.name)


def build(  # noqa: PLR0917 - what a compile is asked for
    name: str,
    model: Model,
    project: Project,
    edition: str | None,
    instance: str | None,
    since: Since | None = None,
) -> tuple[Built | None, list[Finding]]:
    """Lower a sound model for one target; nothing is built where the findings say that there is no such target."""
    try:
        target = load(name)
    except UnknownTargetError:
        known = ", ".join((*builtin_names(), *others()))
        return None, [
            rules.UNKNOWN_TARGET.at((), f"there is no target {name!r}", help=f"installed are {known}")
        ]
    except WrongApiError as error:
        return None, [
            rules.UNKNOWN_TARGET.at((), str(error), help="install a version of the plugin that fits")
        ]
    options, found = options_of(target, project.targets.get(name, {}), model.options.get(name, {}), edition)
    answers = _answers(project, name, instance)
    facts, fact_findings = facts_of(target, answers, instance or "")
    found = [_in_its_file(finding, project) for finding in (*found, *fact_findings)]
    found.extend(() if found else strangers(target, model))
    if found:
        return None, found
    return _lower(target, model, Request(model, options, facts), frozenset(answers), since)


def _in_its_file(finding: Finding, project: Project) -> Finding:
    """A finding about the project's file, which no key of the spec is about, in that file."""
    if finding.file is None or project.document is None:
        return replace(finding, file=None)
    return replace(finding, file=project.document.files[0].name)


def _answers(project: Project, target: str, instance: str | None) -> Mapping[str, Any]:
    """What the instance has answered; none named: none."""
    chosen = project.instances.get(instance) if instance else None
    return chosen.facts if chosen is not None and chosen.target == target else {}


def _lower(
    target: Target, model: Model, request: Request, probed: frozenset[str], since: Since | None
) -> tuple[Built | None, list[Finding]]:
    smaller, left_out, faults = leave_out(model, target.name)
    refused = refused_features(target, smaller)
    request = replace(request, model=smaller)
    migration = None
    try:
        bundle = target.compile(request)
        if since is not None and isinstance(target, Migrates):
            migration = target.migrate(request, bundle, since)
    except Exception as error:  # noqa: BLE001 - a plugin of a stranger may raise anything
        if refused:
            return None, [*faults, *refused]
        return None, [*faults, _broken(target.name, error)]
    bundle = replace(bundle, notes=(*_told(bundle.notes), *left_out))
    more: list[Finding] = []
    if migration is not None:
        migration = replace(migration, notes=tuple(_told(migration.notes)))
        more = [
            *noted(target, smaller, migration.notes, leave=False),
            *over_quota(target, migration.quotas),
        ]
        bundle = migration.over(bundle)
    elif since is not None:
        more = [rules.NO_MIGRATIONS.at((), f"{target.name} has no migrations", help=_NO_WAY)]
    notes = (*bundle.notes, *(migration.notes if migration is not None else ()))
    found = [
        *faults,
        *refused,
        *gate(target, smaller, bundle, refused),
        *more,
        *unused_acceptances(
            model,
            target.name,
            notes,
            (finding.element for finding in refused),
            moves=since is None and isinstance(target, Migrates),
        ),
    ]
    used = _facts_used(bundle, migration)
    facts = tuple(replace(fact, value=request.facts[fact.id]) for fact in target.facts() if fact.id in used)
    return Built(target, smaller, bundle, request.options, facts, probed, request.facts, migration), found


def _told(notes: Iterable[Note]) -> Iterator[Note]:
    """Notes as a person reads them."""
    for note in notes:
        words = (in_number(note.message), in_number(note.bound), in_number(note.instead))
        same = words == (note.message, note.bound, note.instead)
        yield note if same else replace(note, message=words[0], bound=words[1], instead=words[2])


_NO_WAY = "compile without --since, and compare the two folders"


def _broken(name: str, error: Exception) -> Finding:
    """A plugin's own fault, told and not thrown: other targets go on."""
    if os.environ.get("SCOREWRIGHT_DEBUG"):
        raise error
    help_ = "report it to the plugin's authors with the model; SCOREWRIGHT_DEBUG=1 shows where"
    return rules.BROKEN_PLUGIN.at(("model",), f"{name} failed: {type(error).__name__}: {error}", help=help_)


def _facts_used(bundle: Bundle, migration: Migration | None) -> frozenset[str]:
    named = [note.facts for note in bundle.notes] + [item.facts for item in bundle.objects]
    named += [task.facts for section in bundle.sheet.sections for task in section.tasks]
    if migration is not None:
        named += [note.facts for note in migration.notes] + [move.facts for move in migration.moves]
    return frozenset(fact for group in named for fact in group)
