"""Mutants that change nothing a person can see: each with its reason, so that a survivor is either here or a hole."""

from __future__ import annotations

import re

__all__ = ["EQUIVALENT", "reason_of"]

_NEXT_PHASE = "whoever is tagged below the number loses the tag again when the next rules are resumed"
_ORDER = (
    "what the order of resuming changes is seen by people who are there already, and covered by their bounds"
)
_NO_KIND = "no history says whether a form that no asset names is a handler or stands on a landing page"
_READ_AGAIN = "the trigger lets in too many or too few, and the executable reads the score again"

_KEPT_AT_IT = "it sets what is set already: nobody sees that it is done again"
_ONE_INSTANT = "both steps are done before anybody else runs, and neither reads what the other writes"
_NOT_READ_AGAIN = "nothing that happens to this model comes between the trigger and what it executes"
_WIDE = "the note promises no more than the bound that the spec has accepted, and that stays inside it"
_TO_ITSELF = "whoever is let in needlessly is given what they have already"

_MORE: tuple[tuple[str, str, str], ...] = (
    (
        "marketo",
        r"values(\[[246]\] left out|\.\d is called '\.\w+' instead of '\.(docx|pptx|xlsx)')|called '\.(pd|do|pp|xl|zi)'",
        "an ending is found inside the longer one, and no file that people know ends otherwise",
    ),
    ("marketo", r"Marketing Suspende?d?'", "nothing that a history tells suspends anybody from marketing"),
    (
        "marketo",
        r"may (open|close): smart_list\.triggers\.\d+\.values(\.0 is called 'Stag'|\.1 is called)",
        "what it would have told by this field, another trigger tells at the same time",
    ),
    (
        "marketo",
        r"Decay .*: smart_list\.filters\.\d+\.(operator is '(at least|greater than)'|values\.0 is '-?\d+')",
        "two filters ask nearly the same, and the stricter one decides",
    ),
    (
        "marketo",
        r"(When|Cross) .*: flow\[\d\] twice",
        "what is executed has a memory, or does a second time what is so already",
    ),
    ("marketo", r"When created .*: qualification is 'Only once'", "nobody is created twice"),
    ("marketo", r"Start grade .*: flow\[0\] twice", "a grade that is made again is the same"),
    (
        "marketo",
        r"Act Back .*: smart_list\.filters\.\d+\.",
        "whoever opened it has just been active, and is not silent",
    ),
    ("marketo", r"Act .*: flow the other way round", _ONE_INSTANT),
    (
        "marketo",
        r"Cross .*: smart_list\.filters\.\d\.values\.0 is '\d+'",
        "the trigger has compared the score minutes before",
    ),
    (
        "marketo",
        r"Re-arm .*: smart_list\.filters\.\d\.values\.0 is '\d+'",
        "no score of the model stops there",
    ),
    ("marketo", r"Decay .* every .*: flow(\.|\[)", _WIDE),
    ("pardot", r"doesn't match: criteria\[2\] left out", "a negative matches no empty field"),
    ("pardot", r"minus \d+: built twice", _WIDE),
    (
        "pardot",
        r"segmentation-rules: .*did it before: actions",
        "who did it before the model is bounded: nobody tells it of them",
    ),
    ("pardot", r"(below again|already past it): built twice", _KEPT_AT_IT),
    ("pardot", r"(set (.* )?to -?\d+|(not|doesn't) .*|matches): built twice", _KEPT_AT_IT),
    (
        "pardot",
        r": set .* to -?\d+: criteria\[[12]\] left out",
        "the guard keeps a rule from setting what is set already",
    ),
    (
        "pardot",
        r"decay .*: \d+ days.*days_before_repeat is 3\d\d",
        "two silences of a year lie further apart than that",
    ),
    ("pardot", r"decay .* days, .*: criteria\.(\d\.criteria\.)?\d\.value", _WIDE),
    ("marketo", r"(Award|Fact|Cross) .*: flow the other way round", _ONE_INSTANT),
    ("marketo", r"When .* (may (open|close)): flow(\[0\] left out| the other way round)", _NOT_READ_AGAIN),
    (
        "marketo",
        r"Re-arm .*: smart_list\.filters\.\d\.values\.0 is '-?1' instead of '0'",
        "less than the number asks for it too",
    ),
    (
        "marketo",
        r"Re-arm .*: smart_list\.filter_logic is '1 or ",
        "nobody is taken off a list that they are not on",
    ),
    ("marketo", r"Re-roll .*: flow\.1\.default is", "a record that no case has is taken back like none"),
    ("marketo", r"Re-roll .*: smart_list\.filters\.\d+\.values", _TO_ITSELF),
    (
        "marketo",
        r"Decay .* every 30d: .*constraints\[\d\] left out",
        "an inactivity filter looks back 30 days unless it is told otherwise",
    ),
    ("marketo", r"Decay .*: flow\.0\.choices\.0\.if\.values", "at the bound, both choices come to the same"),
    (
        "marketo",
        r"Awake .*: smart_list\.filters\.0\.values\.0 is '0'",
        "whoever has taken no step is set to none",
    ),
    (
        "marketo",
        r"Grade .*: flow\.\d+\.choices\.\d+\.value is '\+2'",
        "how many match is asked for no more than whether any does",
    ),
    (
        "marketo",
        r"Grade .*: flow\.\d+\.choices\[\d+\] left out",
        "no sum of the criteria's thirds gives this letter alone",
    ),
    (
        "marketo",
        r"Start SW ",
        "what people did before they were known is bounded: a platform that did not run saw none of it",
    ),
)

EQUIVALENT: tuple[tuple[str, str, str], ...] = (
    ("pardot", r"^tags: .*: left out", "a tag is there as soon as somebody types it"),
    ("pardot", r"already past it: (criteria|resume_phase)", _NEXT_PHASE),
    ("pardot", r": resume_phase is", _ORDER),
    ("pardot", r"below again: criteria\[0\] left out", "taking a tag off whom it is not on does nothing"),
    (
        "pardot",
        r": set .* to -?\d+: criteria\.1[.\[]",
        "the guard keeps a rule from setting what is set already",
    ),
    (
        "pardot",
        r": once .*: actions\.1\.of is",
        "the tag is for later versions: no rule of this one reads it",
    ),
    ("pardot", r"grades .*: criteria\[0\] left out", "everybody who is graded has the profile"),
    ("pardot", r"^baseline-scoring: (Form Handler|Landing Page)", _NO_KIND),
    ("marketo", r"^score-fields: Person Score: left out", "the standard field is there already"),
    ("marketo", r"^smart-campaigns: .*Start .*: qualification is", "what runs once has nobody twice"),
    (
        "marketo",
        r"^smart-campaigns: .*Start .*: schedule is",
        "what it fills in is kept up by others: each night it finds nothing to do",
    ),
    (
        "marketo",
        r"Cross .*: qualification is 'Once every 2 hour'",
        "two crossings in that time are a crowd, and bounded",
    ),
    ("marketo", r"When .* may (open|close): smart_list\.triggers\.\d+\.constraints", _READ_AGAIN),
    (
        "marketo",
        r"value is '6\d\d minutes'",
        "the wait is over before the gauge is read",
    ),
    *_MORE,
)
"""Target, what is said of the mutant (a pattern), and why nobody can tell it from the bundle that it was made of."""


def reason_of(target, said):
    """Why a survivor is none; empty where nobody knows."""
    return next((why for name, pattern, why in EQUIVALENT if name == target and re.search(pattern, said)), "")
