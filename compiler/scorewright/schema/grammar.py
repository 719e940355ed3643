"""The language of version 1 as one table of data: every table, every key, its type, its default, its words.

The JSON Schema, the reference page, the canonical order of ``fmt`` and the suggestions for unknown keys are all
made from here; a test holds the reader of the model to it key by key.
"""

from __future__ import annotations

from dataclasses import dataclass

from scorewright.schema.types import (
    BOOL,
    CLOCK,
    COUNT,
    DATE,
    DURATION,
    ID,
    ID_ARRAY,
    IDS,
    LETTER,
    NUMBER,
    NUMBER_OR_LETTER,
    PERCENT,
    SCALAR,
    TEXT,
    TEXT_ARRAY,
    TEXTS,
    TIME,
    VALUE,
    WINDOW,
    Type,
    array,
    by_id,
    enum,
    enums,
    literal,
    record,
    text_by_target,
    texts_by_target,
)
from scorewright.model.vocabulary import ASSET_KINDS, LIFECYCLE_STAGES, LIFECYCLE_STAGES_PAST_MQL, MATCH_MODES, VERBS

__all__ = ["RECORDS", "TABLES", "TOP_KEYS", "Key", "Record", "Table", "Variant"]

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a table: its type, what it means, and what holds when it is not written."""

    name: str
    type: Type
    doc: str
    default: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Variant:
    """One form of a record: the keys of which one marks the form, and the keys that may stand beside it."""

    marks: tuple[str, ...]
    beside: tuple[str, ...] = ()
    required: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """A table of the language: its keys in canonical order and, where its form varies, the variants."""

    name: str
    doc: str
    keys: tuple[Key, ...]
    variants: tuple[Variant, ...] = ()
    one_of: str = ""
    """What to say when no key marks the form."""
    default_variant: Variant | None = None
    """The form of a record without a marking key; ``None`` when one is needed."""

    def key(self, name: str) -> Key:
        """The key of this name; raises ``KeyError``."""
        for key in self.keys:
            if key.name == name:
                return key
        raise KeyError(name)


@dataclass(frozen=True, slots=True)
class Table:
    """A table at the top of a spec: one record (``single``) or a record for each id the writer chooses."""

    name: str
    doc: str
    record: Record
    single: bool = False
    short: bool = False
    """Short entries are written one line each under a common header."""
    value: Type | None = None
    """For tables whose entries may be something else than a table: ``[values]``."""


def _titled(name: str, doc: str, *keys: Key, **forms: object) -> Record:
    """A record that also takes ``title`` first and ``why`` last, as every table keyed by id does."""
    title = Key("title", TEXT, "What people call it.", default="the id with spaces")
    why = Key("why", TEXT, "The reason, for the reviewer and for the build sheet.")
    return Record(name, doc, (title, *keys, why), **forms)  # type: ignore[arg-type]


# --- conditions, events, actions, limits ----------------------------------------------------------------------------

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
        IDS if verb.takes in {"assets", "activities", "fields"} else (literal(True) if verb.takes == "true" else enum("hard", "soft", "any")),
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
        Key("field", ID, "The present value of a field. An unknown value passes nothing but `known = false`."),
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
        Key("is", VALUE, "Exactly this: a text (whole, case ignored), a number, a letter, a label, true or false."),
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


def _present_key(present: str) -> Key:
    verb = VERBS[present]
    named = f"Somebody {present.replace('_', ' ')}"
    if verb.takes in {"assets", "activities", "fields"}:
        return Key(present, IDS, f"{named} one of these {verb.takes}.")
    if verb.takes == "true":
        return Key(present, literal(True), f"{named}.")
    words = verb.takes.split()
    return Key(present, enum(*words), f"{named.replace('Somebody opportunity', 'An opportunity is')} ({', '.join(words)}).")


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
        Key("assign", Type('the id of a queue, user or group, or "crm-rule"', ID.schema), "Hand the person over."),
        Key(
            "notify",
            Type('the id of a user, "owner" or "opportunity-owner"', ID.schema),
            "Send a notice.",
        ),
        Key("add_to_campaign", ID, "Add to a CRM campaign (an asset)."),
        Key("status", TEXT, "… with this status."),
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
        Key(
            "to",
            Type("a text, an integer, true or false", VALUE.schema),
            "… this value.",
        ),
        Key("moment", TEXT, "Record an interesting moment with this text."),
        Key("mark", ID, "Put a mark on the person."),
        Key("unmark", ID, "Take a mark off the person."),
        Key("reset", ID, "Set this engagement score …"),
    ),
    variants=(
        Variant(("assign", "notify", "add_to_list", "remove_from_list", "lifecycle", "stamp", "moment", "mark", "unmark")),
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
        Variant((mark,), ("after", "every", "above", "at_least", "below", "at_most")) for mark in ("subtract", "percent", "set")
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

_MONTH_DAY = Type('a month and day such as "11-01"', {"type": "string", "pattern": "^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"})

EXAMPLE_EVENT = Record(
    "example_event",
    "One thing that happens in an example: an event, or a field that changes.",
    (
        Key("at", TIME, "When.", required=True),
        *(_present_key(name) for name in VERBS if name != "changes"),
        Key("times", COUNT, "So many of it at that moment.", default="1"),
        Key("with", by_id(SCALAR), "The event's properties."),
        Key("sets", ID, "A field that changes …"),
        Key(
            "to",
            Type("a value, or an array of texts", {**SCALAR.schema, "type": ["string", "integer", "boolean", "array"], "items": {"type": "string"}}),
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

# --- the tables, in canonical order ---------------------------------------------------------------------------------

_EACH = Key("each", literal("product"), "One copy for each product.")
_NAMES = Key("names", text_by_target(), "What a platform calls it.", default="the title")
_ACTIVE = Key("active", record("active"), "The days on which it is in force.", default="always")
_VERBS = enums(*VERBS)

_MODEL = Record(
    "model",
    "What the model is and whom it scores.",
    (
        Key("id", ID, "The model's id.", required=True),
        Key("title", TEXT, "What people call the model.", required=True),
        Key("timezone", TEXT, "The IANA time zone of days and dates.", required=True),
        Key(
            "counts_as_activity",
            Type(
                'an array of verbs, or "awards"',
                {"type": ["string", "array"], "pattern": "^awards$", "items": {"enum": list(VERBS)}, "minItems": 1},
            ),
            'What ends a silence: verbs in the present, or `"awards"` (any award to the decaying score).',
        ),
        Key("eligible", ID, "Outside this segment nothing is scored.", default="everybody"),
        Key("exclude", ID_ARRAY, "Inside these segments nothing is scored.", default="none"),
        _ACTIVE,
        Key("starts", DATE, "Events before this day are not scored.", default="the first push"),
        Key("ignore_bots", BOOL, "Events known to be a bot's do not exist.", default="true"),
        Key("steward", TEXT, "Who keeps the model."),
        Key("review", record("review"), "When the model is looked at again."),
        Key("change_window", record("change_window"), "When the model may change without a reason."),
        Key("evidence", BOOL, "A change must carry a link or a reason.", default="false"),
        Key("why", TEXT, "The reason for the model."),
    ),
)

_FIELD = _titled(
    "field",
    "A field of the person, or of the person's account.",
    Key("type", enum("text", "number", "date", "yes_no", "choice", "choices"), "`choices` holds several.", required=True),
    Key("of", enum("person", "account"), "An account field is unknown for a person without one.", default="person"),
    Key("values", TEXT_ARRAY, "The only values; tests use these.", default="open"),
    Key("source", enum("platform", "elsewhere"), "`elsewhere`: computed outside and written by API.", default="platform"),
    Key("names", text_by_target(), "What a platform calls it.", default="the platform's standard name"),
)

_ASSET = _titled(
    "asset",
    "Something that people visit, submit, open or join; or somebody to hand over to.",
    *(Key(kind, TEXTS, f"Name (or names) of the {kind.replace('_', ' ')}; several mean any of them.") for kind in ASSET_KINDS),
    Key("match", enum(*MATCH_MODES), "How names or paths are compared.", default="is"),
    Key("names", texts_by_target(), "Replaces the name on one platform.", default="the same name"),
    variants=(Variant(ASSET_KINDS, ("title", "match", "names", "why")),),
    one_of="an asset needs its kind as a key: " + ", ".join(ASSET_KINDS),
)

_RULE_EVENT = ("title", "on", "when", "wait", "points", "limit", "group", "then", "expires", "fades", "each", "active", "why")
_RULE_FACT = ("title", "when", "points", "keep", "each", "active", "why")

_RULE = _titled(
    "rule",
    "Points for what happens (with `on`), or for what is so (with `when` alone).",
    Key("on", record("event"), "What happens. Without it the rule is worth its points while `when` holds."),
    Key("when", record("condition"), "What must be so.", default="always"),
    Key("wait", DURATION, "`when` and `limit` are looked at so long after the event.", default="none"),
    Key("points", by_id(NUMBER), "Points by score."),
    Key("limit", record("limit"), "How often.", default="every time"),
    Key("group", ID, "Shares this group's limit."),
    Key("then", array(record("action")), "Done at each award."),
    Key("expires", DURATION, "The points are taken back so long after.", default="never"),
    Key("fades", record("fades"), "The award melts, never below 0 of itself."),
    Key("keep", BOOL, "Once true, held for good (a rule without `on`).", default="false"),
    _EACH,
    _ACTIVE,
    variants=(Variant(("on",), _RULE_EVENT),),
    default_variant=Variant((), _RULE_FACT, ("when", "points")),
)

_DECAY = _titled(
    "decay",
    "What silence takes from a score.",
    Key("score", ID, "The engagement score that decays.", required=True),
    Key("counts_as_activity", _VERBS, "What ends a silence, for this decay.", default="the model's"),
    Key("never_active", BOOL, "Who was never active decays too, counted from creation.", default="false"),
    Key("when", record("condition"), "Who decays.", default="everybody"),
    Key("steps", array(record("step")), "What happens after how long.", required=True),
    Key("stop_at", NUMBER, "Decay takes nobody below this, and leaves alone who is there already.", default="0 for subtract and percent, none for set"),
    Key("limit", record("decay_limit"), "The most that one silence can take.", default="none"),
    Key("then", array(record("action")), "Done whenever one of the steps acts."),
    Key("schedule", ID, "When it is looked at.", default="the day's start"),
    _EACH,
)

_THRESHOLD = _titled(
    "threshold",
    "What is done when a condition becomes so: the handoff to sales, a wake-up.",
    Key("when", record("condition"), "Fires when this becomes so.", required=True),
    Key("or_on", array(record("event")), "Fires at these events too, whatever the scores (hand raisers)."),
    Key("required_fields", ID_ARRAY, "All must be known, for both ways."),
    Key("unless", record("condition"), "Shut for both ways.", default="never"),
    Key("limit", record("limit"), "How often it fires for one person (`times`).", default="each time"),
    Key("schedule", ID, "Looked at only at these hours; `or_on` at once all the same.", default="at once"),
    Key("existing", BOOL, "People who are past it when the model starts are handed over too.", default="false"),
    Key("then", array(record("action")), "What is done.", required=True),
    _EACH,
)

_SCORE = _titled(
    "score",
    "A number kept for each person.",
    Key(
        "kind",
        enum("engagement", "fit", "combined"),
        "`engagement` is a counter, `fit` the sum of what holds, `combined` is computed from other scores.",
        required=True,
    ),
    Key("overall", BOOL, "Pardot's overall score, Marketo's Person Score.", default="false"),
    Key("floor", NUMBER, "Never below.", default="none"),
    Key("ceiling", NUMBER, "Never above.", default="none"),
    Key("start", NUMBER, "A new person's score.", default="0"),
    Key("feeds", ID, "Each award here is added to that score too, whole."),
    Key("sum_of", ID_ARRAY, "The sum of these scores."),
    Key("percent_of", by_id(PERCENT), "These scores, each times its percent, rounded once, half up."),
    _EACH,
    _NAMES,
)

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        Table("model", "What the model is and whom it scores.", _MODEL, single=True),
        Table(
            "values",
            "Named numbers: points, bounds, thresholds, floors. Marketo tokens where a token may stand.",
            VALUE_SHARE,
            short=True,
            value=Type(
                "an integer, or { percent = …, of = … }",
                {"type": ["integer", "object"], "minimum": -(2**31), "maximum": 2**31 - 1},
            ),
        ),
        Table(
            "terms",
            "Lists of texts with the mode in which they are read.",
            _titled(
                "terms",
                "A list of texts with its mode.",
                Key("match", enum(*MATCH_MODES), "How the texts are compared.", required=True),
                Key("values", TEXT_ARRAY, "The texts."),
                Key("file", TEXT, "A file with one text a line, beside or below the spec."),
                variants=(
                    Variant(("values",), ("title", "match", "why")),
                    Variant(("file",), ("title", "match", "why")),
                ),
                one_of="terms need values or file",
            ),
        ),
        Table("fields", "Fields of the person or the account.", _FIELD, short=True),
        Table(
            "activities",
            "Kinds of activity of your own.",
            _titled(
                "activity",
                "A kind of activity of your own.",
                Key("properties", by_id(enum("text", "number", "date", "yes_no")), "Its properties and their types."),
                _NAMES,
            ),
            short=True,
        ),
        Table("assets", "Pages, forms, e-mails, lists, campaigns, queues, users.", _ASSET, short=True),
        Table(
            "products",
            "Products that share one model with other numbers and assets.",
            _titled(
                "product",
                "A product: what its copy of the model uses in each role.",
                Key("values", by_id(Type("an integer", {"type": "integer", "minimum": -(2**31), "maximum": 2**31 - 1})), "Numbers by role."),
                Key("assets", by_id(ID), "Assets by role."),
                Key("segments", by_id(ID), "Segments by role."),
                Key("terms", by_id(ID), "Terms by role."),
            ),
        ),
        Table(
            "segments",
            "Groups of people: customers, prospects, staff.",
            _titled("segment", "A group of people.", Key("when", record("condition"), "Who is in it.", required=True)),
        ),
        Table("scores", "The numbers kept for each person.", _SCORE),
        Table(
            "groups",
            "Limits that several rules share.",
            _titled(
                "group",
                "A limit that several rules share.",
                Key("score", ID, "The score that the limit counts.", required=True),
                Key("limit", record("group_limit"), "What the rules may give together.", required=True),
            ),
        ),
        Table("rules", "Points for what happens and for what is so.", _RULE),
        Table(
            "tiers",
            "Ordered cases of which the first that fits counts, and counts only while it fits.",
            _titled(
                "tier",
                "Ordered cases of which the first that fits counts.",
                Key("score", ID, "The score that it is worth points in.", required=True),
                Key("field", ID, "The cases test this field; without it each case has a `when`."),
                Key("cases", array(record("tier_case")), "The cases, first match wins.", required=True),
                Key("otherwise", NUMBER, "The field is known and no case fits.", default="0"),
                Key("unknown", NUMBER, "The field is unknown; must be written when `otherwise` is not 0.", default="0"),
                _EACH,
            ),
        ),
        Table(
            "inputs",
            "Points that come from a field: a manual review, an imported score.",
            _titled(
                "input",
                "The field's value counts as points while it stands.",
                Key("field", ID, "A number field.", required=True),
                Key("score", ID, "The score.", required=True),
                Key("percent", PERCENT, "So many percent of the value.", default="100"),
                Key("at_least", NUMBER, "Never less than this."),
                Key("at_most", NUMBER, "Never more than this."),
            ),
        ),
        Table("decay", "What silence takes.", _DECAY),
        Table("marks", "Marks (tags) that one part sets and another reads.", _titled("mark", "A mark on a person.", _NAMES), short=True),
        Table(
            "grades",
            "Letter grades.",
            _titled(
                "grade",
                "A letter grade, moved by criteria in thirds of a letter.",
                Key("start", LETTER, "Where everybody starts.", default="D"),
                Key("hidden_until_match", BOOL, "Not shown until a first criterion matches.", default="true"),
                Key("criteria", by_id(record("criterion")), "The criteria.", required=True),
            ),
        ),
        Table(
            "bands",
            "Labels for stretches of a score, and classes joined from them.",
            _titled(
                "band",
                "A label by score, or labels joined.",
                Key("score", ID, "The score."),
                Key("cases", array(record("band_case")), "Labels from the highest bound down; the last without a bound."),
                Key("join", Type("an array of band ids", {**ID_ARRAY.schema, "minItems": 2}), "Labels joined: A + 1 = A1."),
                Key("field", ID, "A text field that holds the label on the platform."),
                variants=(
                    Variant(("score",), ("title", "cases", "field", "why"), ("cases",)),
                    Variant(("join",), ("title", "field", "why")),
                ),
                one_of="a band needs score and cases, or join",
            ),
        ),
        Table("thresholds", "Handoffs and wake-ups.", _THRESHOLD),
        Table(
            "lifecycle",
            "The field that holds the lifecycle stage.",
            Record(
                "lifecycle",
                "The field that holds the lifecycle stage.",
                (
                    Key("field", ID, "The field; required if an action sets a stage."),
                    Key("names", by_id(TEXT), "The platform's word for a stage.", default="the stage in capitals"),
                ),
            ),
            single=True,
        ),
        Table(
            "schedules",
            "Hours at which something is looked at.",
            _titled(
                "schedule",
                "Hours at which something is looked at.",
                Key("at", array(CLOCK), "The clock times.", required=True),
                Key("days", enums(*_DAYS), "On these days.", default="every day"),
                Key("timezone", TEXT, "In this IANA time zone.", default="the model's"),
                Key("zones", array(record("zone")), "Time zones by segment; the first that fits counts."),
            ),
        ),
        Table(
            "goals",
            "Rates that both sides aim at; shown beside outcomes, never compiled.",
            _titled("goal", "A rate that both sides aim at.", Key("percent", PERCENT, "The rate.", required=True)),
            short=True,
        ),
        Table(
            "accept",
            "Bounded lowerings taken knowingly.",
            Record(
                "accept",
                "A bounded lowering that the model takes knowingly.",
                (
                    Key("target", ID, "The platform.", required=True),
                    Key("note", ID, "The name of the note, as `compile` prints it.", required=True),
                    Key("for", TEXT, 'The element: `"decay.gone-quiet"`.', required=True),
                    Key("why", TEXT, "The reason.", required=True),
                ),
            ),
        ),
        Table(
            "waive",
            "Checks switched off for one element.",
            Record(
                "waive",
                "A check that is switched off for one element.",
                (
                    Key("check", ID, "The name of the check, as `check` prints it.", required=True),
                    Key("for", TEXT, 'The element: `"tiers.seniority"`.', required=True),
                    Key("why", TEXT, "The reason.", required=True),
                ),
            ),
        ),
        Table("targets", "Options of the platforms; each plugin brings its own keys.", Record("target", "Options of one platform.", ())),
        Table(
            "examples",
            "Cases that show what the model does; each is a test of the model.",
            _titled(
                "example",
                "One person's story and what must come of it.",
                Key("created", TIME, "When the person was created.", required=True),
                Key(
                    "person",
                    by_id(
                        Type(
                            "a value, or an array of texts",
                            {**SCALAR.schema, "type": ["string", "integer", "boolean", "array"], "items": {"type": "string"}},
                        )
                    ),
                    "The fields at creation.",
                ),
                Key(
                    "scores",
                    by_id(Type("an integer", {"type": "integer", "minimum": -(2**31), "maximum": 2**31 - 1})),
                    "The scores that the person has already.",
                ),
                Key("marks", ID_ARRAY, "The marks that the person bears already."),
                Key("events", array(record("example_event")), "What happens, in order."),
                Key("expect", array(record("expectation")), "What must come of it.", required=True),
            ),
        ),
    )
}

TOP_KEYS: tuple[Key, ...] = (
    Key("language", literal(1), "The version of the language: 1.", required=True),
    Key("include", TEXT_ARRAY, "Other files of this spec (main file only)."),
)
"""The keys above the first table."""
