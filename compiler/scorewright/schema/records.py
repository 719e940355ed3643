"""The tables that stand inside others: conditions, events, actions, limits, steps, cases, expectations."""

from __future__ import annotations

from scorewright.model.vocabulary import LIFECYCLE_STAGES, LIFECYCLE_STAGES_PAST_MQL, VERBS
from scorewright.schema.keys import Key, Record, Variant
from scorewright.schema.types import (
    BOOL,
    COUNT,
    DATE,
    DURATION,
    ID,
    IDS,
    NUMBER,
    NUMBER_OR_LETTER,
    PERCENT,
    SCALAR,
    SCALAR_OR_TEXTS,
    TEXT,
    TEXTS,
    TIME,
    VALUE,
    WINDOW,
    Type,
    array,
    by_id,
    enum,
    literal,
    record,
)

__all__ = ["RECORDS"]

_NUMBER_BOUNDS = (
    Key("above", NUMBER, "Greater than this number."),
    Key("at_least", NUMBER, "This number or more."),
    Key("below", NUMBER, "Less than this number."),
    Key("at_most", NUMBER, "This number or less."),
)
_TEXT_TESTS = (
    Key("is_any", array(VALUE), "One of these."),
    Key("in", ID, "Matches one of the texts of this `[terms]` table, in that table's mode."),
    Key("starts_with", TEXTS, "Begins with one of these texts, case ignored."),
    Key("ends_with", TEXTS, "Ends with one of these texts, case ignored."),
    Key("contains", TEXTS, "One of these texts stands anywhere inside, also inside a longer word."),
    Key("contains_word", TEXTS, "One of these stands inside as a whole word."),
)
_OTHER_TESTS = (
    Key("known", BOOL, "`true`: it has a value; `false`: it has none. A blank text is unknown, 0 is known."),
    Key("within_last", DURATION, "The date lies at most so long ago."),
    Key("older_than", DURATION, "The date lies longer ago."),
    Key("within_next", DURATION, "The date lies at most so far ahead."),
    Key("on_or_after", DATE, "The date is this day or later."),
    Key("before", DATE, "The date is earlier than this day."),
)
_TEST_NAMES = (
    "is",
    *(key.name for key in (*_TEXT_TESTS, *_NUMBER_BOUNDS, *_OTHER_TESTS)),
)

_PAST_KEYS = tuple(
    Key(
        verb.past,
        IDS
        if verb.takes in {"assets", "activities", "fields"}
        else (literal(True) if verb.takes == "true" else enum("hard", "soft", "any")),
        f"Somebody {verb.past.replace('_', ' ')} in the past (what happens now is `{verb.present}`, under `on`).",
    )
    for verb in VERBS.values()
    if verb.past
)
_PAST_ASSETS = tuple(verb.past for verb in VERBS.values() if verb.takes == "assets")
_PAST_OTHERS = tuple(verb.past for verb in VERBS.values() if verb.past and verb.takes != "assets")
_COUNTS = ("at_least", "exactly", "at_most")

CONDITION = Record(
    "condition",
    "Something that is so about a person. One subject, and the tests that fit it.",
    (
        Key("all", array(record("condition"), 2), "All of these hold."),
        Key("any", array(record("condition"), 2), "At least one of these holds."),
        Key("not", record("condition"), "This does not hold."),
        Key(
            "field", ID, "The present value of a field. An unknown value passes nothing but `known = false`."
        ),
        Key("score", ID, "A score, after floor and ceiling."),
        Key("product", ID, "Which copy of a score that is made for each product."),
        Key("grade", ID, "A letter grade."),
        Key("band", ID, "The label of a band now."),
        Key("mark", ID, "The person bears this mark."),
        Key("segment", ID, "The person is in this segment now."),
        Key("member_of", ID, "The person is in this list or campaign (an asset)."),
        Key("status", TEXTS, "… with one of these campaign statuses."),
        Key("has_opportunity", enum("open", "won", "lost", "any"), "The person has such an opportunity."),
        Key("crm", enum("lead", "contact", "none"), "The kind of record that the person has in the CRM."),
        Key("assigned", BOOL, "Has an owner, or has none."),
        Key("mailable", BOOL, "May be mailed, or may not."),
        *_PAST_KEYS,
        Key("except", IDS, "These assets do not count."),
        Key("where", record("where"), "Tests of the event's properties; all must hold."),
        Key("within", WINDOW, "Only events in this window count.", default="ever"),
        Key(
            "is",
            VALUE,
            "Exactly this: a text (whole, case ignored), a number, a letter, a label, true or false.",
        ),
        *_TEXT_TESTS,
        *(Key(bound.name, NUMBER_OR_LETTER, bound.doc) for bound in _NUMBER_BOUNDS),
        Key("exactly", COUNT, "So many events, no more and no fewer."),
        *_OTHER_TESTS,
    ),
    variants=(
        Variant(("all", "any", "not")),
        Variant(("field",), _TEST_NAMES),
        Variant(("score",), ("product", "is", "above", "at_least", "below", "at_most")),
        Variant(("grade",), ("is", "at_least", "below")),
        Variant(("band",), ("is", "is_any")),
        Variant(("mark", "segment", "has_opportunity", "crm", "assigned", "mailable")),
        Variant(("member_of",), ("status",)),
        Variant(_PAST_ASSETS, ("except", "where", "within", *_COUNTS)),
        Variant(_PAST_OTHERS, ("where", "within", *_COUNTS)),
    ),
    one_of="a condition needs one of all, any, not, field, score, grade, band, mark, segment, member_of, "
    "has_opportunity, crm, assigned, mailable, or a verb in the past such as visited",
)

TEST = Record(
    "test",
    "Tests of one value: of a field, or of an event's property.",
    (
        Key("is", VALUE, "Exactly this value."),
        *_TEXT_TESTS,
        *_NUMBER_BOUNDS,
        *_OTHER_TESTS,
    ),
)


def _present_key(present: str, *, one: bool = False) -> Key:
    """The key of a verb; with ``one`` it names one thing, since what happens in an example happens to one."""
    verb = VERBS[present]
    named = f"Somebody {present.replace('_', ' ')}"
    if verb.takes in {"assets", "activities", "fields"}:
        return Key(present, ID if one else IDS, f"{named} one of {'the' if one else 'these'} {verb.takes}.")
    if verb.takes == "true":
        return Key(present, literal(True), f"{named}.")
    words = verb.takes.split()
    return Key(
        present,
        enum(*words),
        f"{named.replace('Somebody opportunity', 'An opportunity is')} ({', '.join(words)}).",
    )


_PRESENT_ASSETS = tuple(verb.present for verb in VERBS.values() if verb.takes == "assets")
_PRESENT_OTHERS = tuple(verb.present for verb in VERBS.values() if verb.takes != "assets")

EVENT = Record(
    "event",
    "Something that happens: one verb and what it is done to.",
    (
        Key("any", array(record("event"), 2), "Any of these; one event counts once."),
        *(_present_key(name) for name in VERBS),
        Key("except", IDS, "These assets do not count."),
        Key("at_least", COUNT, "This event is the n-th or a later one."),
        Key("within", WINDOW, "… counted in this window.", default="ever"),
        Key("where", record("where"), "Tests of the event's properties; all must hold."),
    ),
    variants=(
        Variant(("any",)),
        Variant(_PRESENT_ASSETS, ("except", "at_least", "within", "where")),
        Variant(_PRESENT_OTHERS, ("at_least", "within", "where")),
    ),
    one_of="an event needs any, or one verb in the present such as visits, submits, opens, clicks, attends, does, changes",
)

ACTION = Record(
    "action",
    "Something to do to the person.",
    (
        Key(
            "assign",
            Type('the id of a queue, user or group, or "crm-rule"', ID.schema),
            "Hand the person over.",
        ),
        Key(
            "notify",
            Type('the id of a user, "owner" or "opportunity-owner"', ID.schema),
            "Send a notice.",
        ),
        Key("add_to_campaign", ID, "Add to a CRM campaign (an asset)."),
        Key("status", TEXT, "… with this status; without one, who is a member already keeps theirs."),
        Key("add_to_list", ID, "Add to a static list (an asset)."),
        Key("remove_from_list", ID, "Remove from a static list (an asset)."),
        Key(
            "lifecycle",
            enum(*LIFECYCLE_STAGES, *LIFECYCLE_STAGES_PAST_MQL),
            "Set the field of `[lifecycle]` to this stage.",
        ),
        Key("task", TEXT, "Create a task in the CRM with this subject."),
        Key("due", DURATION, "… due so long after."),
        Key("stamp", ID, "Write the moment into this date field."),
        Key("snapshot", ID, "Copy this score …"),
        Key("in", ID, "… into this number field."),
        Key("set_field", ID, "Write into this field …"),
        Key("reset", ID, "Set this engagement score …"),
        Key(
            "to",
            Type("a text, an integer, true or false", VALUE.schema),
            "… this value.",
        ),
        Key("moment", TEXT, "Record an interesting moment with this text."),
        Key("mark", ID, "Put a mark on the person."),
        Key("unmark", ID, "Take a mark off the person."),
    ),
    variants=(
        Variant(
            (
                "assign",
                "notify",
                "add_to_list",
                "remove_from_list",
                "lifecycle",
                "stamp",
                "moment",
                "mark",
                "unmark",
            )
        ),
        Variant(("add_to_campaign",), ("status",)),
        Variant(("task",), ("due",)),
        Variant(("snapshot",), ("in",), ("in",)),
        Variant(("set_field", "reset"), ("to",), ("to",)),
    ),
    one_of="an action needs one verb: assign, notify, add_to_campaign, add_to_list, remove_from_list, lifecycle, task, "
    "stamp, snapshot, set_field, moment, mark, unmark or reset",
)

LIMIT = Record(
    "limit",
    "How often an award is given, or how much of it.",
    (
        Key("times", COUNT, "At most so many awards …"),
        Key("points", COUNT, "At most so many points; the last award gives what still fits …"),
        Key("per", WINDOW, "… in this window.", default="ever"),
        Key("each", literal("asset"), "Each asset is counted apart."),
    ),
    variants=(Variant(("times",), ("per", "each")), Variant(("points",), ("per", "each"))),
    one_of="a limit needs times or points",
)

FADES = Record(
    "fades",
    "How an award melts away.",
    (
        Key("subtract", NUMBER, "So many points each time …"),
        Key("percent", PERCENT, "So many percent of what is left each time …"),
        Key("every", DURATION, "… this often.", required=True),
    ),
    variants=(Variant(("subtract",), ("every",)), Variant(("percent",), ("every",))),
    one_of="fades needs subtract or percent",
)

STEP = Record(
    "step",
    "One step of a decay: when, for whom, and what it takes.",
    (
        Key("after", DURATION, "So long after the last activity, on the model's wall clock.", required=True),
        Key("every", DURATION, "And again this often while the silence lasts.", default="once in a silence"),
        *_NUMBER_BOUNDS,
        Key("subtract", NUMBER, "Take so many points."),
        Key("percent", PERCENT, "Take so many percent of the score."),
        Key("set", NUMBER, "Set the score to this number."),
    ),
    variants=tuple(
        Variant((mark,), ("after", "every", "above", "at_least", "below", "at_most"))
        for mark in ("subtract", "percent", "set")
    ),
    one_of="a step needs subtract, percent or set",
)

DECAY_LIMIT = Record(
    "decay_limit",
    "The most that one silence can take.",
    (
        Key("points", COUNT, "At most so many points …", required=True),
        Key("per", literal("silence"), "… in one silence.", required=True),
    ),
)

TIER_CASE = Record(
    "tier_case",
    "One case of a tier: its test (of the tier's field, or a `when`) and what it is worth.",
    (
        Key("label", TEXT, "A name for the case."),
        Key("when", record("condition"), "The case's condition, for a tier without `field`."),
        *TEST.keys,
        Key("points", NUMBER, "What the case is worth.", required=True),
    ),
)

BAND_CASE = Record(
    "band_case",
    "One case of a band: a label and its lower bound; the last case has none.",
    (
        Key("label", TEXT, "The label.", required=True),
        Key("at_least", NUMBER, "From this score on."),
        Key("above", NUMBER, "Over this score."),
    ),
)

CRITERION = Record(
    "criterion",
    "One criterion of a grade.",
    (
        Key("when", record("condition"), "When it matches.", required=True),
        Key(
            "thirds",
            Type("1, 2 or 3", {"type": "integer", "minimum": 1, "maximum": 3}),
            "By how many thirds of a letter it moves the grade: up on match, down on no match, not at all on unknown.",
            required=True,
        ),
    ),
)

ZONE = Record(
    "zone",
    "A time zone for a segment.",
    (
        Key("segment", ID, "People in this segment …", required=True),
        Key("timezone", TEXT, "… live in this IANA time zone.", required=True),
    ),
)

ACTIVE = Record(
    "active",
    "The days on which something is in force; both days included.",
    (Key("from", DATE, "First day."), Key("until", DATE, "Last day.")),
)

_MONTH_DAY = Type(
    'a month and day such as "11-01"',
    {"type": "string", "pattern": "^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"},
)

EXAMPLE_EVENT = Record(
    "example_event",
    "One thing that happens in an example: an event, or a field that changes.",
    (
        Key("at", TIME, "When.", required=True),
        *(_present_key(name, one=True) for name in VERBS if name != "changes"),
        Key("times", COUNT, "So many of it at that moment.", default="1"),
        Key("with", by_id(SCALAR), "The event's properties."),
        Key("sets", ID, "A field that changes …"),
        Key(
            "to",
            SCALAR_OR_TEXTS,
            "… to this value (an empty text makes it unknown).",
        ),
    ),
    variants=(
        Variant(tuple(name for name in VERBS if name != "changes"), ("at", "times", "with")),
        Variant(("sets",), ("at", "to"), ("to",)),
    ),
    one_of="an example's event needs one verb in the present, or sets and to",
)

EXPECTATION = Record(
    "expectation",
    "What must be so at a time: a condition, or how often a threshold has fired.",
    (
        Key("at", TIME, "When; a date is looked at after that day's start.", required=True),
        *CONDITION.keys,
        Key("fired", ID, "This threshold …"),
        Key(
            "times",
            Type("0 or a count", {"type": "integer", "minimum": 0, "maximum": 10_000}),
            "… has fired so many times until then.",
            default="1",
        ),
    ),
    variants=(
        *(Variant(v.marks, ("at", *v.beside), v.required) for v in CONDITION.variants),
        Variant(("fired",), ("at", "times")),
    ),
    one_of="an expectation needs fired, or a condition",
)

REVIEW = Record(
    "review",
    "When the model is looked at again.",
    (
        Key("first", DURATION, "The first review, so long after the model starts.", required=True),
        Key("every", DURATION, "And then this often.", required=True),
    ),
)

CHANGE_WINDOW = Record(
    "change_window",
    "The part of the year in which the model may change without a reason.",
    (
        Key("from", _MONTH_DAY, "First day of the year's window.", required=True),
        Key("until", _MONTH_DAY, "Last day.", required=True),
        Key("except", TEXT, "What is allowed outside it."),
    ),
)

VALUE_SHARE = Record(
    "value_share",
    "A share of another value, rounded half up.",
    (
        Key("percent", PERCENT, "So many percent …", required=True),
        Key("of", ID, "… of this value.", required=True),
    ),
)

GROUP_LIMIT = Record(
    "group_limit",
    "What the rules of a group may give together.",
    (
        Key("points", COUNT, "At most so many points …", required=True),
        Key("per", WINDOW, "… in this window.", required=True),
    ),
)

WHERE = Record("where", "Tests by property of an event; all must hold.", ())

RECORDS: dict[str, Record] = {
    item.name: item
    for item in (
        CONDITION,
        TEST,
        WHERE,
        EVENT,
        ACTION,
        LIMIT,
        GROUP_LIMIT,
        FADES,
        STEP,
        DECAY_LIMIT,
        TIER_CASE,
        BAND_CASE,
        CRITERION,
        ZONE,
        ACTIVE,
        REVIEW,
        CHANGE_WINDOW,
        VALUE_SHARE,
        EXAMPLE_EVENT,
        EXPECTATION,
    )
}
