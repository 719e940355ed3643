"""The reference of the language as Markdown, made from the grammar: every table, every key, every form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model.vocabulary import BUILTIN_ASSETS, BUILTIN_FIELDS, TESTS_BY_TYPE, VERBS
from scorewright.schema.grammar import RECORDS, TABLES, TOP_KEYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scorewright.schema.keys import Key, Record, Table, Variant

__all__ = ["reference"]


def reference() -> str:
    """Everything that the grammar knows, tables in canonical order, then the records that stand inside them."""
    lines = ["## Tables and keys", "", *_top(), *_index()]
    for table in TABLES.values():
        lines += _table(table)
    lines += ["## What stands inside", ""]
    for record in RECORDS.values():
        lines += _inner(record)
    return "\n".join([*lines, *_words()]).rstrip() + "\n"


def _top() -> Iterator[str]:
    yield "Above the first table stand:"
    yield ""
    yield from _keys(TOP_KEYS)


def _index() -> Iterator[str]:
    yield "Then come the tables, in whatever order; `fmt` writes them in this one:"
    yield ""
    yield "| table | holds |"
    yield "|---|---|"
    for table in TABLES.values():
        yield f"| [`{_header(table)}`](#{_anchor(_header(table))}) | {table.doc} |"
    yield ""


def _header(table: Table) -> str:
    return f"[{table.name}]" if table.single or table.value is not None else f"[{table.name}.<id>]"


def _anchor(heading: str) -> str:
    """What a page on GitHub calls a heading: lower case, blanks as hyphens, signs left out."""
    kept = "".join(sign for sign in heading.lower() if sign.isalnum() or sign in " -_")
    return kept.replace(" ", "-")


def _table(table: Table) -> Iterator[str]:
    yield f"### `{_header(table)}`"
    yield ""
    yield table.doc
    yield ""
    if table.value is not None:
        yield f"Each entry is {table.value.words}; a share has the keys:"
        yield ""
    elif table.short:
        yield f"Short entries stand in one line each: `id = {{ … }}` under `[{table.name}]`."
        yield ""
    if table.name == "targets":
        yield "Each platform brings its own keys; `scorewright compile` checks them, and refuses one it does not know."
        yield ""
        return
    yield from _keys(table.record.keys)
    yield from _forms(table.record)


def _inner(record: Record) -> Iterator[str]:
    yield f"### {_title(record)}"
    yield ""
    yield record.doc
    yield ""
    if record.name == "where":
        yield "The keys are the event's properties, the values [tests](#test)."
        yield ""
        return
    keys = record.keys
    if record.name == "expectation":
        keys = tuple(key for key in keys if key not in RECORDS["condition"].keys)
        yield "Besides the keys below it takes those of a [condition](#condition)."
        yield ""
    if record.name == "tier_case":
        keys = tuple(key for key in keys if key not in RECORDS["test"].keys)
        yield "Besides the keys below it takes those of a [test](#test)."
        yield ""
    yield from _keys(keys)
    yield from _forms(record)


def _title(record: Record) -> str:
    return record.name.replace("_", " ").capitalize()


def _keys(keys: Iterable[Key]) -> Iterator[str]:
    yield "| key | value | when it is not written | meaning |"
    yield "|---|---|---|---|"
    for key in keys:
        default = "**must be written**" if key.required else key.default
        yield f"| `{key.name}` | {_type(key)} | {default} | {_cell(key.doc)} |"
    yield ""


def _type(key: Key) -> str:
    if key.type.record is None:
        return _cell(key.type.words)
    title = _title(RECORDS[key.type.record])
    link = f"[{title.lower()}](#{_anchor(title)})"
    if "items" in key.type.schema:
        return f"an array of {link}s"
    return f"a table: id = {link}" if "additionalProperties" in key.type.schema else f"a table: {link}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _forms(record: Record) -> Iterator[str]:
    """Which keys may stand together, where that depends on one of them."""
    if not record.variants:
        return
    yield "What may stand together:"
    yield ""
    yield "| with | may stand | must stand |"
    yield "|---|---|---|"
    for variant in record.variants:
        yield _form(variant, " or ".join(f"`{mark}`" for mark in variant.marks))
    if record.default_variant is not None:
        marks = " or ".join(f"`{mark}`" for variant in record.variants for mark in variant.marks)
        yield _form(record.default_variant, f"no {marks}")
    yield ""


def _form(variant: Variant, marks: str) -> str:
    beside = ", ".join(f"`{name}`" for name in variant.beside if name not in variant.marks)
    required = ", ".join(f"`{name}`" for name in variant.required)
    return f"| {marks} | {beside or 'nothing else'} | {required} |"


def _words() -> Iterator[str]:
    yield "## Verbs"
    yield ""
    yield "The present stands in `on`, the past in conditions."
    yield ""
    yield "| present | past | said of | built in | properties for `where` |"
    yield "|---|---|---|---|---|"
    for verb in VERBS.values():
        past = f"`{verb.past}`" if verb.past else "ask `has_opportunity`"
        kinds = " or ".join(f"`{kind}`" for kind in verb.kinds) or _takes(verb.takes)
        builtin = " ".join(f"`{name}`" for name, of in BUILTIN_ASSETS.items() if set(of) & set(verb.kinds))
        properties = ", ".join(f"`{name}` ({kind})" for name, kind in verb.properties)
        yield f"| `{verb.present}` | {past} | {kinds} | {builtin} | {properties} |"
    yield ""
    yield "## Built-in fields"
    yield ""
    yield ", ".join(f"`{name}` ({kind})" for name, (kind, _) in BUILTIN_FIELDS.items()) + "."
    yield ""
    yield "## Which test fits which field"
    yield ""
    yield "| type | tests |"
    yield "|---|---|"
    for kind, tests in TESTS_BY_TYPE.items():
        yield f"| `{kind}` | {' '.join(f'`{test}`' for test in tests)} |"
    yield ""


def _takes(takes: str) -> str:
    own = {"activities": "ids of `[activities]`", "fields": "ids of fields", "true": "`true`"}
    return own.get(takes) or " ".join(f'`"{word}"`' for word in takes.split())
