"""The JSON Schema of a diff, and of all that ``diff --format json`` prints."""

from __future__ import annotations

from typing import Any

from scorewright.diagnostics.json_ import closed
from scorewright.diagnostics.json_ import schema as found_schema
from scorewright.diff.report import VERSION
from scorewright.diff.values import GRAVITIES

__all__ = ["diff_schema", "diff_schema_of_one"]


def diff_schema() -> dict[str, Any]:
    """The JSON Schema of what ``diff --format json`` prints: that of ``check`` and one key more."""
    one = {"anyOf": [diff_schema_of_one(), {"type": "null"}]}
    return {
        **found_schema(diff={**one, "description": "null when the two versions could not be compared."}),
        "title": "Scorewright diff report",
        "description": "What scorewright diff prints with --format json.",
    }


def diff_schema_of_one() -> dict[str, Any]:
    """The JSON Schema of one diff, which every other form is made from."""
    return closed(
        version={"const": VERSION},
        title={**_TEXT, "description": "The model's title."},
        base={**_TEXT, "description": "The older version."},
        head={**_TEXT, "description": "The newer version."},
        same={"type": "boolean", "description": "Both versions say the same."},
        counts={
            **closed(**dict.fromkeys(GRAVITIES, _COUNT)),
            "description": "How many changes, by gravity.",
        },
        agreements={"type": "array", "items": _AGREED},
        changes={"type": "array", "description": "Gravest first.", "items": _CHANGE},
        window={
            "anyOf": [_WINDOW, {"type": "null"}],
            "description": "null where the model may change at any time.",
        },
        people={
            "anyOf": [_PEOPLE, {"type": "null"}],
            "description": "What it does to people; null when nobody was played.",
        },
        platforms={"type": "array", "description": "What it does on each platform.", "items": _PLATFORM},
        left_out=_texts("What was not looked at, in sentences."),
    )


def _texts(description: str) -> dict[str, Any]:
    return {"type": "array", "description": description, "items": _TEXT}


_TEXT = {"type": "string"}
_COUNT = {"type": "integer", "minimum": 0}
_SAID = {"type": ["string", "null"], "description": "In words; null where nothing was said."}
_GRAVITY = {"enum": list(GRAVITIES)}
_PART = closed(what={**_TEXT, "description": "Which attribute."}, gravity=_GRAVITY, before=_SAID, after=_SAID)
_AGREED = closed(
    threshold={**_TEXT, "description": "The threshold's id."},
    title=_TEXT,
    before=_SAID,
    after=_SAID,
    state={
        "enum": ["agreed", "not-signed", "says-otherwise", "none"],
        "description": "none: nobody is handed over, so no agreement is asked for.",
    },
    signed={"type": "array", "items": closed(side=_TEXT, by=_TEXT, on=_TEXT)},
)
_CHANGE = closed(
    gravity=_GRAVITY,
    kind={"enum": ["added", "removed", "changed", "renamed"]},
    element={**_TEXT, "description": "Table and id, as rules.contact."},
    was={**_TEXT, "description": "The same before a renaming."},
    title=_TEXT,
    products=_texts("The products whose copies changed."),
    parts={"type": "array", "items": _PART},
    says={**_TEXT, "description": "The whole element, for one that is new or gone."},
    why={**_TEXT, "description": "The spec's own reason."},
    reached=_texts("Elements that mean something else now because they use this one."),
    moved={"type": "array", "description": "Values that are a share of this one.", "items": _PART},
)


def _pairs(what: str) -> dict[str, Any]:
    return {"type": "array", "items": closed(**{what: _TEXT}, before=_NUMBER, after=_NUMBER)}


_NUMBER = {"type": "integer"}
_PEOPLE = closed(
    source={**_TEXT, "description": "Who was played."},
    people=_COUNT,
    scores={
        "type": "array",
        "description": "Scores that differ at the end: of how many, and by how much at most.",
        "items": closed(score=_TEXT, people=_COUNT, down=_NUMBER, up=_NUMBER),
    },
    thresholds={
        "type": "array",
        "description": "How many each threshold handed over, and how many only now (come) or no more (gone).",
        "items": closed(threshold=_TEXT, before=_COUNT, after=_COUNT, come=_COUNT, gone=_COUNT),
    },
    bands={
        "type": "array",
        "description": "How many bear each label of the bands and grades that differ.",
        "items": closed(band=_TEXT, label=_TEXT, before=_COUNT, after=_COUNT),
    },
    cases={
        "type": "array",
        "description": "A few people, those first whose handovers differ.",
        "items": closed(who=_TEXT, scores=_pairs("score"), thresholds=_pairs("threshold")),
    },
)
_WINDOW = closed(
    first=_TEXT,
    last=_TEXT,
    excepted={**_TEXT, "description": "What may change at any time, in the spec's words."},
    outside={"type": "boolean", "description": "Today is not between these days."},
    unreasoned=_texts("Elements that change outside the window and give no new reason."),
)
_BY = {"enum": ["API", "hand"], "description": "Who acts on it."}
_OBJECTS = {"type": "array", "items": closed(kind=_TEXT, name=_TEXT, by=_BY)}
_NOTES = {"type": "array", "items": closed(result=_TEXT, note=_TEXT, element=_TEXT, words=_TEXT)}
_PLATFORM = closed(
    target=_TEXT,
    refused=_texts("Why the new version cannot be built there; then nothing else is known."),
    objects=closed(created=_OBJECTS, changed=_OBJECTS, retired=_OBJECTS),
    grave={
        "type": "array",
        "description": "What cannot be undone, or reaches everybody.",
        "items": closed(kind=_TEXT, name=_TEXT, words=_TEXT),
    },
    notes={
        **closed(come=_NOTES, gone=_NOTES),
        "description": "Differences and hand work that only one version has.",
    },
    quotas={
        "type": "array",
        "description": "Limited resources of which another amount is used; given is null where no limit is known.",
        "items": closed(name=_TEXT, before=_COUNT, after=_COUNT, given={"type": ["integer", "null"]}),
    },
    minutes_by_hand={"type": "number", "minimum": 0},
    hours_to_wait=_COUNT,
    steps={
        "type": "array",
        "description": "The way from one version to the other, in order, where the target knows it.",
        "items": closed(
            act=_TEXT, kind=_TEXT, name=_TEXT, title=_TEXT, minutes={"type": "number"}, hours=_COUNT
        ),
    },
)
