"""What ``[targets.NAME]`` may say, read off a target's JSON Schema: for ``scorewright targets NAME`` and the documentation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scorewright.plugin.target import Target

__all__ = ["Option", "as_markdown", "options_of"]


_LISTED = {"string": "texts", "integer": "whole numbers", "number": "numbers"}


class Option(NamedTuple):
    """One key: what it takes in words, what holds without it (``""``: the description says so), and what it does."""

    key: str
    takes: str
    default: str
    description: str


def options_of(target: Target) -> tuple[Option, ...]:
    """Every key that a spec may write under ``[targets.NAME]``; those of a table inside it stand behind it with a dot."""
    return tuple(_options(target.options_schema()))


def as_markdown(target: Target) -> Iterator[str]:
    """The options as the lines of a table."""
    yield "| option | takes | default | what it does |"
    yield "|---|---|---|---|"
    for option in options_of(target):
        default = f"`{option.default}`" if option.default else ""
        yield f"| `{option.key}` | {option.takes} | {default} | {_cell(option.description)} |"


def _options(schema: Mapping[str, Any], within: str = "") -> Iterator[Option]:
    for key, one in schema.get("properties", {}).items():
        default = _toml(one["default"]) if "default" in one else ""
        yield Option(f"{within}{key}", _takes(one), default, one.get("description", ""))
        yield from _options(one, f"{within}{key}.")


def _takes(one: Mapping[str, Any]) -> str:
    if "enum" in one:
        return _or(map(_toml, one["enum"]))
    match one.get("type"):
        case "boolean":
            return "`true` or `false`"
        case "integer" | "number":
            return _number(one)
        case "array":
            return f"a list of {_LISTED[one['items']['type']]}"
        case "object":
            return _table(one)
        case _:
            most = one.get("maxLength")
            return "a text" if most is None else f"a text of up to {most} characters"


def _number(one: Mapping[str, Any]) -> str:
    what = "a whole number" if one["type"] == "integer" else "a number"
    least, most = one.get("minimum"), one.get("maximum")
    if least is None or most is None:
        return what if least is None else f"{what}, {least} or more"
    return f"{what} from {least} to {most}"


def _table(one: Mapping[str, Any]) -> str:
    if "properties" in one:
        return "a table with the keys below"
    what = f"by id of `[{one['x-keys']}]`" if "x-keys" in one else "by name"
    what = f"by word of a `{one['x-words']}`" if "x-words" in one else what
    values = one.get("additionalProperties")
    return f"a table: {what}, {_takes(values)}" if isinstance(values, dict) else "a table"


def _or(words: Iterable[str]) -> str:
    *most, last = (f"`{word}`" for word in words)
    return f"{', '.join(most)} or {last}" if most else last


def _toml(value: Any) -> str:
    if isinstance(value, str):
        return f'"{value}"'
    return str(value).lower() if isinstance(value, bool) else str(value)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
