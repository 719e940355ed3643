"""A target's options and facts for one compile: the defaults, the spec's, the instance's, the command line's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any

from scorewright.compiling.rules import BAD_OPTION, UNKNOWN_FACT
from scorewright.model.value_tests import Matches
from scorewright.project import FILE_NAME
from scorewright.schema.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scorewright.diagnostics.rule import Finding, KeyPath
    from scorewright.model.elements import Model
    from scorewright.plugin.target import Target

__all__ = ["facts_of", "has_editions", "options_of", "strangers"]


def options_of(
    target: Target, project: Mapping[str, Any], spec: Mapping[str, Any], edition: str | None
) -> tuple[dict[str, Any], list[Finding]]:
    """The options to go by, and what is wrong with them.

    The spec's stand before those of scorewright.toml, and the command line's edition before both.
    """
    schema = target.options_schema()
    options = {**project, **spec}
    if edition is not None and has_editions(target):
        options["edition"] = edition
    instance, _ = plain(options)
    return options, [] if _fits(schema, instance) else list(
        _faults(target, schema, instance, set(spec), edition)
    )


def strangers(target: Target, model: Model) -> Iterator[Finding]:
    """Ids and words in the spec's own options that the model does not have.

    An option's schema says under ``x-keys`` of which table ids are its keys, under ``x-words`` of which tests words are.
    Those of scorewright.toml are for several models, of which each has some.
    """
    from scorewright.diagnostics.suggest import closest

    written: Mapping[str, Any] = model.options.get(target.name, {})
    properties = target.options_schema().get("properties", {})
    for option in (key for key in written if "x-words" in properties.get(key, {})):
        yield from _words_of(target, model, option, properties[option]["x-words"])
    for option in (key for key in written if "x-keys" in properties.get(key, {})):
        table = properties[option]["x-keys"]
        known = {name for key, item in getattr(model, table).items() for name in (key, item.id)}
        for key in written[option]:
            if key not in known:
                near = closest(key, sorted(known))
                help_ = (
                    f"did you mean {near!r}?" if near else f"write the id of one of [{table}], or delete it"
                )
                message = (
                    f"{option} says something of {key!r}, and the model has no such {table.removesuffix('s')}"
                )
                yield BAD_OPTION.at(("targets", target.name, option, key), message, help=help_, on="key")


def _words_of(target: Target, model: Model, option: str, mode: str) -> Iterator[Finding]:
    """Words that no test of a mode asks for, and texts beside a word that do not hold it."""
    from scorewright.diagnostics.suggest import closest

    written: Mapping[str, Any] = model.options[target.name]
    asked = sorted({text for test in _tests(model) if test.mode == mode for text in test.texts})
    for word, texts in written[option].items():
        at = ("targets", target.name, option, word)
        if word not in asked:
            near = closest(word, asked)
            help_ = f"did you mean {near!r}?" if near else f"write a word as {mode} has it, or delete it"
            message = f"{option} says something of {word!r}, and no {mode} asks for it"
            yield BAD_OPTION.at(at, message, help=help_, on="key")
        for index, text in enumerate(texts):
            if word.casefold() not in text.casefold():
                message = f"{option}: {text!r} does not contain {word!r}, so nobody takes it for that"
                yield BAD_OPTION.at((*at, index), message, help="delete it")


def _tests(value: Any) -> Iterator[Matches]:
    """Every test of a text in a model, wherever it stands."""
    if isinstance(value, Matches):
        yield value
    elif is_dataclass(value):
        for each in fields(value):
            yield from _tests(getattr(value, each.name))
    elif isinstance(value, (Mapping, tuple, list)):
        for each in value.values() if isinstance(value, Mapping) else value:
            yield from _tests(each)


def has_editions(target: Target) -> bool:
    """Whether the platform is sold in editions that matter here."""
    return "edition" in target.options_schema().get("properties", {})


def _fits(schema: Mapping[str, Any], options: Mapping[str, Any]) -> bool:
    """The quick yes; jsonschema is loaded only to find the words."""
    import jsonschema_rs

    return jsonschema_rs.validator_for(dict(schema)).is_valid(options)


def _faults(
    target: Target,
    schema: Mapping[str, Any],
    options: Mapping[str, Any],
    of_spec: set[str],
    edition: str | None,
) -> Iterable[Finding]:
    import jsonschema

    for error in jsonschema.Draft202012Validator(schema).iter_errors(options):
        path = tuple(error.absolute_path)
        keys: list[str | None] = [*_unknown(error)]
        for key in keys or [None]:
            full = path if key is None else (*path, key)
            place = ("targets", target.name, *full)
            message, help_ = _words(target, error, key)
            on = "key" if key else "value"
            if full and full[0] in of_spec:
                yield BAD_OPTION.at(place, message, help=help_, on=on)
            elif full == ("edition",) and options["edition"] == edition:
                yield BAD_OPTION.at(("targets", target.name), f"{message} (from --edition)", help=help_)
            else:
                words = f"{message} (from {FILE_NAME})"
                yield replace(BAD_OPTION.at(place, words, help=help_, on=on), file=FILE_NAME)


def _unknown(error: Any) -> list[str]:
    if error.validator != "additionalProperties" or not isinstance(error.instance, dict):
        return []
    return [key for key in error.instance if key not in error.schema.get("properties", {})]


def _words(target: Target, error: Any, key: str | None) -> tuple[str, str]:
    from scorewright.diagnostics.suggest import closest

    if key is not None:
        known = list(error.schema.get("properties", {}))
        near = closest(key, known)
        return (
            f"{target.name} has no option {key!r}",
            f"did you mean {near!r}?" if near else f"it takes {', '.join(known)}",
        )
    if error.validator == "enum":
        listed = ", ".join(map(str, error.validator_value))
        return f"{error.instance!r} is not one of {listed}", f"it takes {listed}"
    return str(error.message), error.schema.get("description", "")


def facts_of(
    target: Target, answers: Mapping[str, Any], instance: str = ""
) -> tuple[dict[str, bool | int | str], list[Finding]]:
    """The value of each fact: the instance's where it was probed, else the target's; and what is wrong in its table."""
    facts = {fact.id: fact for fact in target.facts()}
    table = {key: fact.value for key, fact in facts.items()}
    found = []
    for key, value in answers.items():
        if key not in table:
            found.append(_unknown_fact(target, key, list(table), instance))
            continue
        fitting = (table[key], *facts[key].alternatives)  # a fact that nobody knows may be answered yes or no
        if type(value) not in {type(item) for item in fitting}:
            listed = " or ".join(_toml(item) for item in dict.fromkeys(fitting))
            message = f"the fact {key} of {target.name} is answered by {_toml(value)}, and its value is like {listed}"
            at = _answer_of(instance, key)
            wrong = UNKNOWN_FACT.at(at, message, help=f"write a value of the same kind in {FILE_NAME}")
            found.append(replace(wrong, file=FILE_NAME))
    known = {key: value for key, value in answers.items() if key in table}
    return {**table, **known}, found


def _toml(value: bool | int | str) -> str:
    return str(value).lower() if isinstance(value, bool) else repr(value)


def _answer_of(instance: str, key: str) -> KeyPath:
    return ("instances", instance, "facts", key)


def _unknown_fact(target: Target, key: str, known: list[str], instance: str) -> Finding:
    from scorewright.diagnostics.suggest import closest

    near = closest(key, known)
    help_ = f"did you mean {near!r}?" if near else f"`scorewright targets {target.name}` lists the facts"
    message = f"{target.name} has no fact {key!r}"
    return replace(UNKNOWN_FACT.at(_answer_of(instance, key), message, help=help_, on="key"), file=FILE_NAME)
