"""Makes what a model asks for happen: the asset, its real name, and properties that pass or do not pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model.history import Happening
from scorewright.model.vocabulary import VERBS
from scorewright.verify.lives.asked import events as asked_events
from scorewright.verify.lives.asked import properties
from scorewright.verify.lives.values import around, distinct, plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorewright.model.elements import Asset
    from scorewright.model.events import Event
    from scorewright.model.history import Scalar
    from scorewright.model.value_tests import Test
    from scorewright.verify.lives.stage import Stage

__all__ = ["ENDINGS", "UNASKED", "candidates", "every_pick", "happening", "misses"]

_OTHERS = {"pages": ("/page-{}", "/zzyzx-{}"), "file": ("paper-{}", "zzyzx-{}")}
ENDINGS = (".pdf", ".docx", ".xlsx", ".pptx", ".zip", ".doc", ".xls", ".ppt")
"""Of files that people download; a platform may know a download by nothing else."""
_OTHER = ("Something else {}", "Zzyzx {}")
UNASKED = Happening(0, "visits", "any-page", {}, "/zzyzx")
"""A look at a page that no model names."""


def happening(stage: Stage, event: Event, at: int, pick: int = 0) -> Happening:
    """One such event at an instant; ``pick`` chooses among assets, and among the real ones behind each."""
    what = event.objects[pick % len(event.objects)] if event.objects else ""
    what = "hard" if event.verb == "bounces" and what == "any" else what
    made = Happening(at, event.verb, what, passing(stage, event, at))
    if VERBS[event.verb].takes != "assets":
        return made
    later = pick // max(1, len(event.objects))
    for name in _names(stage, stage.model.assets[what], later):
        named = made._replace(name=name)
        if stage.ask.is_about(named, event):
            return named
    return made


def passing(stage: Stage, event: Event, at: int) -> dict[str, Scalar]:
    """Properties that pass all tests of an event."""
    found: dict[str, Scalar] = {}
    for name in dict.fromkeys(name for name, _ in event.where):
        tests = [test for other, test in event.where if other == name]
        options = candidates(stage, event.verb, event.objects, name, at)
        found[name] = next((value for value in options if _all_pass(stage, value, tests)), None)
    return found


def _all_pass(stage: Stage, value: Scalar, tests: list[Test]) -> bool:
    return all(stage.ask.passes(value, test) for test in tests)


def candidates(stage: Stage, verb: str, objects: tuple[str, ...], prop: str, at: int) -> list[Scalar]:
    """The values at which the model's tests of a property turn, and others."""
    kinds = dict(VERBS[verb].properties)
    for name in objects if verb == "does" else ():
        kinds |= stage.model.activities[name].properties
    shown = stage.clock.wall(at)
    asked = [value for test in properties(stage.model, verb, prop) for value in around(test, shown)]
    return distinct([*asked, *plain(kinds.get(prop, "text")), None])


def misses(stage: Stage, event: Event, at: int) -> list[Happening]:
    """What is nearly such an event: another asset of the kind, and for each property a value that does not pass."""
    made, found = happening(stage, event, at), []
    for name in dict.fromkeys(name for name, _ in event.where):
        options = candidates(stage, event.verb, event.objects, name, at)
        found += [made._replace(properties={**made.properties, name: value}) for value in options]
    if VERBS[event.verb].takes == "assets":
        asset = stage.model.assets[made.what]
        any_ = _any_of(stage, asset)  # under its own id whatever is told is the asset itself
        found += [made._replace(what=any_, name=name) for name in _near(asset) if any_]
        for other in stage.model.assets.values():
            if not set(other.kinds).isdisjoint(VERBS[event.verb].kinds) and _is_spoken_of(stage, other):
                found.append(made._replace(what=other.key, name=next(iter(_names(stage, other, 0)), None)))
    return [item for item in found if not stage.ask.is_one(item, event)]


def _is_spoken_of(stage: Stage, asset: Asset) -> bool:
    """A click on an advert is a page view to many platforms: it happens by itself only where a model asks for it."""
    if asset.kinds != ("ad",) or not asset.builtin:
        return True
    return any(asset.key in event.objects for event in asked_events(stage.model))


# --- real names -----------------------------------------------------------------------------------------------------


def _names(stage: Stage, asset: Asset, pick: int) -> list[str | None]:
    """Real assets that an id stands for, the wanted one first; ``None`` where the id alone says which."""
    if asset.builtin:
        return _unnamed(stage, asset, pick)
    if asset.names or (asset.match == "is" and pick == 0):
        return [None]
    text = asset.texts[pick % len(asset.texts)]
    if asset.match == "is":
        return (
            [_other_spelling(text), text] if "pages" in asset.kinds and pick >= len(asset.texts) else [text]
        )
    return [_behind(asset, text, pick // len(asset.texts)), None]


def _other_spelling(path: str) -> str:
    """The same page, with a slash at its end or without."""
    return path.rstrip("/") or path if path.endswith("/") else f"{path}/"


def every_pick(stage: Stage, event: Event) -> int:
    """How many picks it takes until each real asset that an event names has been told."""
    assets = [stage.model.assets[name] for name in event.objects if name in stage.model.assets]
    if VERBS[event.verb].takes != "assets" or not assets:
        return max(1, len(event.objects))
    most = max(
        (len(ENDINGS) if asset.kinds == ("file",) else 2)
        if asset.builtin
        else len(asset.texts) + ("pages" in asset.kinds)
        for asset in assets
    )
    return len(event.objects) * max(1, most)


def _behind(asset: Asset, text: str, number: int) -> str:
    """A real name that matches a text in the asset's mode."""
    page = "pages" in asset.kinds
    more = ("seven", "eight", "nine")[number % 3]
    if asset.match == "starts_with":
        return f"{text.rstrip('/')}/{more}" if page else f"{text} {more}"
    if asset.match == "ends_with":
        return f"/{more}/{text.lstrip('/')}" if page else f"{more} {text}"
    return f"/{more}/{text.strip('/')}/more" if page else f"{more} {text} more"


def _any_of(stage: Stage, asset: Asset) -> str:
    """The built-in asset that stands for every asset of a kind; empty where there is none."""
    others = stage.model.assets.values()
    return next((other.key for other in others if other.builtin and asset.kinds[0] in other.kinds), "")


def _near(asset: Asset) -> list[str]:
    """Names close to those of an asset that may not be it."""
    found = []
    for text in asset.texts[:3]:
        found += [
            f"{text}-too",
            f"{text}x",
            f"{text.rstrip('/')}/more" if "pages" in asset.kinds else f"{text} more",
            f"/x{text}" if "pages" in asset.kinds else f"x{text}",
            _shorter(text) if "file" in asset.kinds else text[:-1] or "x",
        ]
    return found


def _shorter(text: str) -> str:
    """A file's name without its last letter: what it ends in says that it is a file, and stays."""
    stem, dot, ending = text.rpartition(".")
    return f"{stem[:-1] or 'x'}.{ending}" if dot else text[:-1] or "x"


def _unnamed(stage: Stage, asset: Asset, pick: int) -> list[str | None]:
    """Real assets of a kind that no id of the model stands for."""
    names = [name.format(pick + 1) for name in _OTHERS.get(asset.kinds[0], _OTHER)]
    if asset.kinds == ("file",):
        names = [name + ENDINGS[pick % len(ENDINGS)] for name in names]
    verb = next((verb.present for verb in VERBS.values() if set(verb.kinds) & set(asset.kinds)), "visits")
    return [name for name in names if not _is_declared(stage, Happening(0, verb, asset.key, {}, name))] + [
        None
    ]


def _is_declared(stage: Stage, made: Happening) -> bool:
    assets: Mapping[str, Asset] = stage.model.assets
    return any(
        not asset.builtin and stage.ask.names(key, made) for key, asset in assets.items() if key != made.what
    )
