"""The page of pushing: what the table of an instance may say for each target, and the ways to sign in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright.diagnostics.json_ import dumps
from scorewright.plugin import registry
from scorewright.plugin.reach import Account, Reaches

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["accounts"]

_EXAMPLES: Mapping[str, Mapping[str, Any]] = {
    "marketo": {"munchkin": "123-ABC-456"},
    "pardot": {"business_unit": "0Uv000000000000AAA"},
}


def accounts() -> str:
    """A section for each target that has an API."""
    targets = [registry.load(name) for name in registry.builtin_names()]
    return "\n".join(line for target in targets if isinstance(target, Reaches) for line in _lines(target))


def _lines(target: Any) -> Iterator[str]:
    yield f"### {target.title}"
    yield ""
    yield "| `[instances.<name>.api]` | what it is | where nothing is said |"
    yield "|---|---|---|"
    schema = target.account_schema()
    for key, one in schema["properties"].items():
        default = "has to be said" if key in schema.get("required", ()) else _default(one)
        yield f"| `{key}` | {_text(one['description'])} | {default} |"
    yield ""
    yield "| way to sign in | secrets |"
    yield "|---|---|"
    account = Account("box", "sandbox", _EXAMPLES[target.name], "")
    for way in target.api(account).ways:
        names = [f"`{name.upper()}`" for name in way.needs]
        programs = [f"`{' '.join(program.argv)}`" for program in way.programs]
        where = (
            f"{' and '.join(names)}, or what {' or '.join(programs)} prints"
            if programs
            else " and ".join(names)
        )
        yield f"| {_text(way.title)} | {where} |"
    yield ""


def _default(one: Mapping[str, Any]) -> str:
    if "default" not in one:
        return ""
    value = one["default"]
    return _text(value if isinstance(value, str) else dumps(value).strip())


def _text(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("<", "\\<")
