"""``scorewright targets [NAME]``: the matrix of what each platform can do, all about one of them, or its probes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from scorewright.cli import exits, show
from scorewright.cli.options import PATH, format_option, today_option

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from scorewright.diagnostics.diagnostic import Diagnostic
    from scorewright.plugin.target import Target

__all__ = ["load", "targets"]


@click.command()
@click.argument("name", required=False)
@click.option(
    "--probes", is_flag=True, help="A sheet of probes for the facts of NAME that nobody is sure of."
)
@click.option(
    "--for",
    "spec",
    metavar="PATH",
    type=PATH,
    help="With --probes: only the facts that this spec's output rests on.",
)
@click.option(
    "--instance",
    metavar="NAME",
    help="With --probes: leave out what this instance of scorewright.toml has answered.",
)
@click.option(
    "--plan",
    "top",
    metavar="RANGE",
    type=click.IntRange(1, 1_000_000),
    help="What it costs on NAME to bring a score of up to RANGE points down, where that takes several rules.",
)
@format_option("text", "json", "markdown")
@today_option
def targets(
    name: str | None,
    probes: bool,
    spec: Path | None,
    instance: str | None,
    top: int | None,
    form: str,
    today: date,
) -> int:
    """Show what each target can do of the language; with NAME, why, and the facts it rests on.

    With --plan: rules against days, under each answer of the facts that nobody is sure of.

    With --probes: what to try in a sandbox to settle the facts that nobody is sure of, and the lines of
    scorewright.toml that record the answers.
    """
    from scorewright.plugin import registry
    from scorewright.plugin.matrix import matrix, portrait

    if not probes and (spec is not None or instance is not None):
        raise click.UsageError("--for and --instance go with --probes")
    if top is not None and (probes or name is None):
        raise click.UsageError("--plan goes with one target: scorewright targets NAME --plan RANGE")
    if name is None:
        if probes:
            raise click.UsageError("name the target whose probes you want: scorewright targets NAME --probes")
        show.out(matrix([registry.load(known) for known in registry.builtin_names()], form))
        others = registry.others()
        if others and form == "text":
            show.out("Also installed: " + ", ".join(others))
        return exits.DONE
    target = load(name)
    if probes:
        return _probes(target, spec, instance, form, today)
    if top is not None:
        return _plans(target, top, form)
    show.out(portrait(target, form))
    return exits.DONE


def _plans(target: Target, top: int, form: str) -> int:
    """What can be had for what, for scores up to a number."""
    from scorewright.plugin.plans import Plans, as_markdown, as_text, record

    if not isinstance(target, Plans):
        raise click.UsageError(f"{target.name} sets a score in one step: there is nothing to plan")
    tables = target.plans(top)
    if form == "json":
        show.as_json({"version": 1, "target": target.name, "plans": [record(table) for table in tables]})
    else:
        lines = as_markdown if form == "markdown" else as_text
        show.out("\n\n".join("\n".join(lines(table)) for table in tables))
    return exits.DONE


def load(name: str) -> Target:
    """The target of that name, or a word on what there is."""
    from scorewright.plugin import registry

    try:
        return registry.load(name)
    except registry.UnknownTargetError:
        known = ", ".join((*registry.builtin_names(), *registry.others()))
        raise click.BadParameter(f"no target {name!r}; there are {known}", param_hint="NAME") from None
    except registry.WrongApiError as error:
        raise click.ClickException(str(error)) from None


def _probes(target: Target, spec: Path | None, instance: str | None, form: str, today: date) -> int:
    """The sheet of one target, or of what one spec compiles to on it."""
    from scorewright.cli.meant import targets_of
    from scorewright.compiling import compile_spec
    from scorewright.compiling.probes import probes_for
    from scorewright.plugin.probes import as_json, as_markdown, probes_of
    from scorewright.project import load_project

    name = "" if spec is None else str(spec)

    def stop(diagnostics: Sequence[Diagnostic]) -> int:
        if form != "json":
            return show.stop(diagnostics)
        show.as_json(as_json(target, (), instance or "sandbox", name, diagnostics))
        return exits.ERRORS

    loaded = load_project(spec)
    if loaded.diagnostics:
        return stop(loaded.diagnostics)
    project = loaded.project
    of_instance = targets_of(instance, project)
    if of_instance not in {(), (target.name,)}:
        raise click.UsageError(f"the instance {instance!r} is of the target {of_instance[0]!r}")
    if spec is None:
        answered = project.instances[instance].facts if instance else {}
        found = tuple(probe for probe in probes_of(target) if probe.fact.id not in answered)
    else:
        compiled = compile_spec(
            spec, project=project, targets=(target.name,), edition=None, instance=instance, today=today
        )
        if not compiled.built:
            return stop(compiled.diagnostics)
        found = probes_for(compiled.built[0])
    words = (target, found, instance or "sandbox", name)
    if form == "json":
        show.as_json(as_json(*words))
    else:
        show.out(as_markdown(*words))
    return exits.DONE
