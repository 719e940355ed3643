"""What the quick validator found, each with the piece of schema that it breaks, so that words can be made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import jsonschema_rs

    from scorewright.diagnostics.rule import KeyPath

__all__ = ["Fault", "faults"]


class Fault(NamedTuple):
    """One fault: the value at ``path`` (or, with ``named``, the key of that name in it) breaks one keyword."""

    path: KeyPath
    keyword: str
    asked: Any
    """What the schema says behind the keyword."""
    schema: Mapping[str, Any]
    """The piece of schema that the keyword stands in."""
    instance: Any
    named: str | None = None


def faults(validator: jsonschema_rs.Validator, schema: Mapping[str, Any], instance: Any) -> Iterator[Fault]:
    """Every fault of an instance, each once; ``validator`` must be made of ``schema``."""
    seen: set[tuple[object, ...]] = set()
    for error in validator.iter_errors(instance):
        path, steps = tuple(error.instance_path), tuple(error.schema_path)
        named = error.kind.as_dict()["error"].instance if "propertyNames" in steps else None
        if (path, steps, named) not in seen:
            seen.add((path, steps, named))
            piece = _at(schema, schema, steps[:-1])
            yield Fault(path, str(steps[-1]), piece[steps[-1]], piece, _inside(instance, path), named)


def _at(schema: Mapping[str, Any], node: Any, steps: Sequence[str | int]) -> Any:
    """The piece of a schema at the end of a path, which may lead through references."""
    for step in steps:
        node = node[step]
        if step == "$ref":
            node = _at(schema, schema, node.removeprefix("#/").split("/"))
    return node


def _inside(instance: Any, path: KeyPath) -> Any:
    for part in path:
        instance = instance[part]
    return instance
