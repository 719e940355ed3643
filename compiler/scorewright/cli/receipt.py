"""``scorewright receipt FILE``: take over what somebody has ticked off on a build sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from scorewright.cli import exits, show
from scorewright.cli.meant import compile_meant, only_spec, targets_of, unread_lock
from scorewright.cli.options import PATH, format_option, today_option

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from scorewright.compiling.receipt import Receipt
    from scorewright.compiling.values import Compiled
    from scorewright.diagnostics.diagnostic import Diagnostic

__all__ = ["receipt"]


@click.command()
@click.argument("file", metavar="FILE", type=PATH)
@click.argument("path", metavar="[PATH]", required=False, type=PATH)
@click.option(
    "--instance",
    metavar="NAME",
    required=True,
    help="The instance of scorewright.toml that it was carried out on.",
)
@click.option("--by", metavar="NAME", help="Who did it, where the receipt does not say.")
@click.option("--edition", metavar="NAME", help="The platform's edition, before what the spec says of it.")
@format_option("text", "json")
@today_option
def receipt(
    file: Path,
    path: Path | None,
    instance: str,
    by: str | None,
    edition: str | None,
    form: str,
    today: date,
) -> int:
    """Keep in scorewright.lock what a receipt says: which things of the sheet of PATH were done, by whom and when.

    The receipt is the file that build-sheet.html gives.  One for another version of the sheet is refused, with the
    difference.  When all is ticked, the instance stands at this version, as `scorewright lock` says it.
    """
    from scorewright.compiling.lock import FILE_NAME, UnreadableLockError, record_in
    from scorewright.compiling.receipt import UnreadableReceiptError, name_of, read_receipt, record_of
    from scorewright.project import load_project

    loaded = load_project(path)
    if loaded.diagnostics:
        return show.stop(loaded.diagnostics, form)
    spec = path or only_spec(loaded.project, "take the receipt for")
    lock = (spec if spec.is_dir() else spec.parent) / FILE_NAME
    try:
        given = read_receipt(file)
        earlier = record_in(lock, "receipts", instance)
    except UnreadableReceiptError as error:
        return show.stop(_unread(file, str(error)), form)
    except UnreadableLockError as error:
        return show.stop(unread_lock(lock, str(error)), form)
    given = given._replace(by=given.by or name_of(by or ""))
    targets = targets_of(instance, loaded.project)
    since = lock if given.since else None
    compiled, _, found = compile_meant(
        spec, loaded.project, targets, edition=edition, instance=instance, since=since, today=today
    )
    if compiled is None or show.code_of(found) != exits.DONE:
        return show.stop(found, form)
    refused = _refused(file, given, compiled, instance)
    if refused:
        return show.stop(refused, form)
    record = record_of(given, earlier)
    _write(lock, record, compiled, instance, today)
    _say(lock, record, instance, form)
    return exits.DONE


def _unread(file: Path, words: str) -> tuple[Diagnostic, ...]:
    from scorewright.compiling import rules

    help_ = "give the file that “Download the receipt” on build-sheet.html wrote"
    return show.about(rules.RECEIPT_UNREAD, words, help_, file.as_posix())


def _refused(file: Path, given: Receipt, compiled: Compiled, instance: str) -> tuple[Diagnostic, ...]:
    """Why a receipt is not for this sheet."""
    from scorewright.compiling import rules
    from scorewright.compiling.page import ticked_of
    from scorewright.compiling.page.tasks import digest_of
    from scorewright.compiling.receipt import differences_of

    if not given.by:
        return _unread(file, "nobody's name is in it; say with --by who did the work")
    if given.instance not in {"", instance}:
        words = f"its sheet was made for the instance {given.instance!r}, and this is {instance!r}"
        return show.about(rules.RECEIPT_OTHER, words, "name the instance that it is for", file.as_posix())
    (built,) = compiled.built
    here = (built.target.name, built.model.header.id)
    if (given.target, given.model) != here:
        words = f"it is for the model {given.model!r} on {given.target}, and this is {here[1]!r} on {here[0]}"
        return show.about(
            rules.RECEIPT_OTHER, words, "name the spec and the instance that it is for", file.as_posix()
        )
    assert compiled.checked.document is not None
    ticked = ticked_of(built, compiled.checked.document)
    if given.sheet == digest_of(ticked) and not (differences := differences_of(given, ticked)):
        return ()
    differences = differences_of(given, ticked) or (
        "the order of the things, or what is to be done of those not ticked",
    )
    words = f"it is for another version of the sheet: {', '.join(differences)}"
    help_ = "open the sheet of this version, take the receipt over there, do the rest, and download it anew"
    return show.about(rules.RECEIPT_OTHER, words, help_, file.as_posix())


def _write(lock: Path, record: Mapping[str, Any], compiled: Compiled, instance: str, today: date) -> None:
    from scorewright.compiling.lock import locked, with_instance, with_record
    from scorewright.output import replace_file

    replace_file(lock, with_record(lock, "receipts", instance, record))
    if len(record["done"]) == record["things"]:
        (built,) = compiled.built
        files = compiled.files[built.target.name]
        one = locked(instance, built, compiled.checked, today.isoformat(), files)
        replace_file(lock, with_instance(lock, one))


def _say(lock: Path, record: Mapping[str, Any], instance: str, form: str) -> None:
    done, things, target = len(record["done"]), record["things"], record["target"]
    names = sorted({row["by"] for row in record["done"]} | {record["by"]})
    if form == "json":
        whole = {"lock": lock.as_posix(), "instance": instance, "target": target, "by": record["by"]}
        show.as_json({"version": 1, **whole, "done": done, "things": things, "locked": done == things})
        return
    from scorewright.diagnostics.characters import safe

    end = (
        f"{instance} stands at this version of {target}"
        if done == things
        else f"{things - done} to do, so {instance} is not locked at this version yet"
    )
    show.out(f"{lock}: {done} of {things} things done by {safe(' and '.join(names))}; {end}")
