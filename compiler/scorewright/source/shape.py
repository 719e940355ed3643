"""What each file of a spec must and must not hold, whatever its tables say: language, [model], include."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright.source.spec_rules import (
    AGREEMENTS_MISPLACED,
    INCLUDE_NESTED,
    LANGUAGE_MISSING,
    LANGUAGE_UNKNOWN,
    MODEL_MISPLACED,
    MODEL_MISSING,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from scorewright.diagnostics.rule import Finding
    from scorewright.source.document import SourceFile
    from scorewright.source.offsets import Offsets

    Parsed = tuple[SourceFile, Mapping[str, Any]]

__all__ = ["LANGUAGE", "check_files", "check_language", "is_other_language", "own_tables"]

LANGUAGE = 1
"""The version of the language that is read."""


def is_other_language(data: Mapping[str, Any]) -> bool:
    """Say whether a file is in a version whose tables must not be read by the rules of this one."""
    version = data.get("language")
    return type(version) is int and version != LANGUAGE


def check_language(file: SourceFile, data: Mapping[str, Any], offsets: Offsets) -> Finding | None:
    """A file says ``language = 1`` above its first table."""
    if "language" not in data:
        return _language_missing(file, data, offsets)
    version = data["language"]
    if type(version) is int and version == LANGUAGE:
        return None
    if is_other_language(data):
        message = (
            f"this file is in version {version} of the language; this Scorewright reads version {LANGUAGE}"
        )
        help_text = "install a newer Scorewright" if version > LANGUAGE else f"write language = {LANGUAGE}"
    else:
        message, help_text = "language is a whole number without quotes", f"write language = {LANGUAGE}"
    return LANGUAGE_UNKNOWN.in_file(
        file.name, message, help=help_text, offset=offsets.start(file, ("language",))
    )


def _language_missing(file: SourceFile, data: Mapping[str, Any], offsets: Offsets) -> Finding:
    for table, value in data.items():
        if isinstance(value, dict) and "language" in value:
            message = (
                f"language stands in [{table}]; it belongs at the top of the file, above the first table"
            )
            offset = offsets.start(file, (table, "language"), "key")
            return LANGUAGE_MISSING.in_file(
                file.name, message, help="move it to the first line", offset=offset
            )
    message = f"{file.name} does not say in which version of the language it is written"
    return LANGUAGE_MISSING.in_file(file.name, message, help=f"begin it with language = {LANGUAGE}", offset=0)


def check_files(parsed: Sequence[Parsed], offsets: Offsets) -> Iterator[Finding]:
    """Only the main file, which is the first, has ``[model]`` and ``include``; no file has agreements."""
    main, data = parsed[0]
    if not any("model" in tables for _, tables in parsed):
        message = f"{main.name} has no [model] table, so it is not the main file of a spec"
        yield MODEL_MISSING.in_file(main.name, message, help="name the main file or its folder", offset=0)
    for file, tables in parsed[1:]:
        if "model" in tables:
            also = "; the main file has one already" if "model" in data else ""
            message = f"[model] stands in an included file{also}"
            yield MODEL_MISPLACED.in_file(
                file.name, message, help=f"move it to {main.name}", offset=offsets.start(file, ("model",))
            )
        if "include" in tables:
            message = "an included file cannot include others: there would be circles"
            help_text = f"name all files in the include of {main.name}"
            offset = offsets.start(file, ("include",), "key")
            yield INCLUDE_NESTED.in_file(file.name, message, help=help_text, offset=offset)
    for file, tables in parsed:
        if "agreements" in tables:
            yield AGREEMENTS_MISPLACED.in_file(
                file.name,
                "agreements stand in agreements.toml beside the main file",
                help="move the table there, so that both sides must approve a change to it",
                offset=offsets.start(file, ("agreements",)),
            )


def own_tables(parsed: Sequence[Parsed]) -> list[Parsed]:
    """Leave out the tables that ``check_files`` reports, so that nothing is said of them twice."""
    has_model = "model" in parsed[0][1]
    return [
        (file, {key: value for key, value in tables.items() if not _is_misplaced(key, index, has_model)})
        for index, (file, tables) in enumerate(parsed)
    ]


def _is_misplaced(table: str, index: int, has_model: bool) -> bool:
    return table == "agreements" or (table == "model" and index > 0 and has_model)
