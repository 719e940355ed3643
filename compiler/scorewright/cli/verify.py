"""``scorewright verify PATH``: prove that what is compiled does what the spec means."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from scorewright.cli import exits, show
from scorewright.cli.meant import only_spec, targets_of
from scorewright.cli.options import PATH, format_option, picks, today_option
from scorewright.cli.progress import working

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from scorewright.compiling.values import Built, Compiled
    from scorewright.verify.run import Verdict
    from scorewright.verify.work import Task

__all__ = ["verify"]


@click.command()
@click.argument("path", metavar="[PATH]", required=False, type=PATH)
@click.option(
    "--target", "names", metavar="NAME", multiple=True, help="Only this target; may be given again."
)
@click.option(
    "--seed", type=click.IntRange(0), default=1, show_default=True, help="Of everything made by chance."
)
@click.option(
    "--effort",
    type=click.IntRange(1, 10),
    default=3,
    show_default=True,
    help="How much is tried; 10 is everything.",
)
@click.option("--life", metavar="NAME", default="", help="Play this one life alone, under every schedule.")
@click.option(
    "--bundle", "folder", metavar="DIR", type=PATH, help="Prove the files in DIR/<target>, as they stand."
)
@click.option("--edition", metavar="NAME", help="The platform's edition, before what the spec says of it.")
@click.option("--instance", metavar="NAME", help="Go by the facts of this instance in scorewright.toml.")
@click.option("--jobs", type=click.IntRange(1), help="How many processes; default: one a processor.")
@format_option("text", "json")
@today_option
def verify(
    path: Path | None,
    names: tuple[str, ...],
    seed: int,
    effort: int,
    life: str,
    folder: Path | None,
    edition: str | None,
    instance: str | None,
    jobs: int | None,
    form: str,
    today: date,
) -> int:
    """Prove that what PATH (a main file, or the folder that holds it) compiles to does what it means.

    Made histories of people are played twice: on the reference machine, and on an emulator of the platform that reads
    the compiled files, with every delay and order that the platform's documents leave open.  Both must agree whenever
    it is quiet: exactly, or within the bound that the spec has accepted.
    """
    from scorewright.compiling import compile_spec
    from scorewright.plugin.emulation import UnreadableBundleError
    from scorewright.project import load_project
    from scorewright.verify import report

    loaded = load_project(path)
    if loaded.diagnostics:
        return show.stop(loaded.diagnostics, form)
    project = loaded.project
    spec = path or only_spec(project, "verify")
    targets = picks(names) or targets_of(instance, project)
    with working(f"compiling {spec}"):
        compiled = compile_spec(
            spec, project=project, targets=targets, edition=edition, instance=instance, today=today
        )
    code = show.code_of(compiled.diagnostics)
    if code != exits.DONE:
        return show.stop(compiled.diagnostics, form)
    verdicts: list[Verdict] = []
    for built in compiled.built:
        try:
            task = _task(compiled, built, folder, seed, effort, life)
            with working(f"verifying {built.target.title}"):
                verdicts.append(_proven(task, built, jobs))
        except (UnreadableBundleError, OSError) as error:
            if folder is None:
                raise
            show.note(f"error: {folder / built.target.name}: {error}")
            return exits.ERRORS
        if form == "text":
            show.out(report.as_text(verdicts[-1], str(spec)))
    if form == "json":
        show.as_json(report.as_json(verdicts))
    return exits.DONE if all(verdict.holds for verdict in verdicts) else exits.ERRORS


def _task(compiled: Compiled, built: Built, folder: Path | None, seed: int, effort: int, life: str) -> Task:
    from scorewright.verify.bundle import read_bundle, read_folder
    from scorewright.verify.work import Task

    name = built.target.name
    bundle = read_bundle(compiled.files[name]) if folder is None else read_folder(folder / name)
    return Task(built.model, name, bundle, built.answers, built.probed, seed, effort, life)


def _proven(task: Task, built: Built, jobs: int | None) -> Verdict:
    from scorewright.verify.run import verify as prove

    verdict = prove(task, built.target, jobs=jobs)
    if task.only and not verdict.tally.lives:
        raise click.UsageError(
            f"no life of seed {task.seed} and effort {task.effort} is called {task.only!r} for {task.target}"
        )
    return verdict
