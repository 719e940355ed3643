"""``scorewright verify PATH``: prove that what is compiled does what the spec means."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from scorewright.cli import exits, show
from scorewright.cli.meant import compile_meant, only_spec, targets_of
from scorewright.cli.options import PATH, format_option, picks, today_option
from scorewright.cli.progress import working

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from scorewright.compiling.values import Built, Compiled
    from scorewright.diagnostics.diagnostic import Diagnostic
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
@click.option(
    "--since",
    metavar="FILE|DIR",
    type=PATH,
    help="Prove the way from what stands there: the lock file, or an earlier output.",
)
@click.option(
    "--was", metavar="SPEC", type=PATH, help="The spec of then, where --since is a folder that keeps none."
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
    since: Path | None,
    was: Path | None,
    edition: str | None,
    instance: str | None,
    jobs: int | None,
    form: str,
    today: date,
) -> int:
    """Prove that what PATH (a main file, or the folder that holds it) compiles to does what it means.

    Made histories of people are played twice: on the reference machine, and on an emulator of the platform that reads
    the compiled files, with every delay and order that the platform's documents leave open.  Both must agree whenever
    it is quiet: exactly, or within the bound that the spec has accepted.  docs/verify.md reads the report.

    With --since people live under the version before, the moves of the build sheet are carried out at their times, and
    they live on under this one: what is seen after that must be what the language says of a new version.
    """
    from scorewright.cli.passage import Effort, prove_since
    from scorewright.project import load_project
    from scorewright.verify import report

    _apart(since, folder)
    loaded = load_project(path)
    if loaded.diagnostics:
        return _stop((), loaded.diagnostics, form)
    project = loaded.project
    spec = path or only_spec(project, "verify")
    targets = picks(names) or targets_of(instance, project)
    compiled, earlier, found = compile_meant(
        spec, project, targets, edition=edition, instance=instance, since=since, today=today
    )
    if compiled is None or show.code_of(found) != exits.DONE:
        return _stop((), found, form)
    again = _again(spec, since=since, was=was, bundle=folder, edition=edition, instance=instance)
    if since is not None:
        how = Effort(seed, effort, life, jobs)
        return prove_since(compiled, earlier, how, was=was, again=again, form=form, today=today)
    verdicts: list[Verdict] = []
    for built in compiled.built:
        with working(f"verifying {built.target.title}"):
            verdict, faults = _proven(compiled, built, folder, seed, effort, life, jobs)
        if verdict is None:
            return _stop(verdicts, (*compiled.diagnostics, *faults) if form == "json" else faults, form)
        verdicts.append(verdict)
        if form == "text":
            show.out(report.as_text(verdict, again))
    if form == "json":
        _as_json(verdicts, compiled.diagnostics)
    return exits.DONE if all(verdict.holds for verdict in verdicts) else exits.ERRORS


def _apart(since: Path | None, folder: Path | None) -> None:
    if since is not None and folder is not None:
        raise click.UsageError("--bundle and --since: a migration is proven as it is compiled; leave one out")


def _again(spec: Path, **options: object) -> str:
    """The words behind ``verify`` that prove the same thing again, fit for a shell."""
    import shlex

    given = [(f"--{name}", str(value)) for name, value in options.items() if value is not None]
    return shlex.join([str(spec), *(word for pair in given for word in pair)])


def _proven(
    compiled: Compiled, built: Built, folder: Path | None, seed: int, effort: int, life: str, jobs: int | None
) -> tuple[Verdict | None, tuple[Diagnostic, ...]]:
    """The verdict on one target, or what keeps it from being proven."""
    from scorewright.plugin.emulation import UnreadableBundleError
    from scorewright.verify import rules
    from scorewright.verify.asked import EmulatorFaultError
    from scorewright.verify.bundle import OtherBundleError
    from scorewright.verify.run import verify as prove

    name = built.target.name
    where = str(folder / name) if folder is not None else ""
    try:
        task = _task(compiled, built, folder, seed, effort, life)
        verdict = prove(task, built.target, jobs=jobs)
    except OtherBundleError as error:
        help_ = "compile the spec anew, or name the spec that the bundle was made from"
        return None, show.about(rules.BUNDLE_OTHER, str(error), help_, where)
    except UnreadableBundleError as error:
        if folder is None:  # nobody edited anything: the target's two halves do not agree
            help_ = "report it to the plugin's authors with the spec"
            return None, show.about(
                rules.EMULATOR_FAILS, f"{name} cannot read what it compiled: {error}", help_
            )
        help_ = "give the folder that `scorewright compile --out` wrote; compile anew what cannot be read"
        return None, show.about(rules.BUNDLE_UNREAD, str(error), help_, where)
    except EmulatorFaultError as error:
        if os.environ.get("SCOREWRIGHT_DEBUG"):
            raise
        help_ = "report it to the plugin's authors with the spec; SCOREWRIGHT_DEBUG=1 shows where it was"
        return None, show.about(rules.EMULATOR_FAILS, f"{name}: the emulator {error}", help_)
    if life and not verdict.tally.lives:
        raise click.UsageError(f"no life of seed {seed} and effort {effort} is called {life!r} for {name}")
    return verdict, ()


def _task(compiled: Compiled, built: Built, folder: Path | None, seed: int, effort: int, life: str) -> Task:
    from scorewright.verify.bundle import hold_to, read_bundle, read_folder
    from scorewright.verify.work import Task

    name = built.target.name
    made = read_bundle(compiled.files[name])
    bundle = made if folder is None else read_folder(folder / name)
    hold_to(bundle, made)
    return Task(built.model, name, bundle, built.answers, built.probed, seed, effort, life)


def _stop(verdicts: Sequence[Verdict], diagnostics: Sequence[Diagnostic], form: str) -> int:
    """Say what keeps the proof from going on; what was proven before stands in the JSON, too."""
    if form == "json":
        _as_json(verdicts, diagnostics)
        return exits.ERRORS
    return show.stop(diagnostics)


def _as_json(verdicts: Sequence[Verdict], diagnostics: Sequence[Diagnostic]) -> None:
    from scorewright.verify.proof_report import proof_report

    show.as_json(proof_report(verdicts, diagnostics))
