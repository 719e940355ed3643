"""The language of version 1 as one table of data: every table, every key, its type, its default, its words.

The JSON Schema, the reference page, the canonical order of ``fmt`` and the suggestions for unknown keys are all
made from here; a test holds the reader of the model to it key by key.
"""

from __future__ import annotations

from scorewright.model.vocabulary import ASSET_KINDS, MATCH_MODES, VERBS
from scorewright.schema.keys import Key, Record, Table, Variant
from scorewright.schema.records import RECORDS, VALUE_SHARE
from scorewright.schema.types import (
    BOOL,
    CLOCK,
    DATE,
    DURATION,
    ID,
    ID_ARRAY,
    LETTER,
    NUMBER,
    PERCENT,
    SCALAR_OR_TEXTS,
    TEXT,
    TEXT_ARRAY,
    TEXTS,
    TIME,
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

__all__ = ["RECORDS", "TABLES", "TOP_KEYS", "Key", "Record", "Table", "Variant"]

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _titled(name: str, doc: str, *keys: Key, **forms: object) -> Record:
    """A record that also takes ``title`` first and ``why`` last, as every table keyed by id does."""
    title = Key("title", TEXT, "What people call it.", default="the id with spaces")
    why = Key("why", TEXT, "The reason, for the reviewer and for the build sheet.")
    return Record(name, doc, (title, *keys, why), **forms)  # type: ignore[arg-type]


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
                {
                    "type": ["string", "array"],
                    "pattern": "^awards$",
                    "items": {"enum": list(VERBS)},
                    "minItems": 1,
                },
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
    Key(
        "type",
        enum("text", "number", "date", "yes_no", "choice", "choices"),
        "`choices` holds several.",
        required=True,
    ),
    Key(
        "of",
        enum("person", "account"),
        "An account field is unknown for a person without one.",
        default="person",
    ),
    Key("values", TEXT_ARRAY, "The only values; tests use these.", default="open"),
    Key(
        "source",
        enum("platform", "elsewhere"),
        "`elsewhere`: computed outside and written by API.",
        default="platform",
    ),
    Key("names", text_by_target(), "What a platform calls it.", default="the platform's standard name"),
)

_ASSET = _titled(
    "asset",
    "Something that people visit, submit, open or join; or somebody to hand over to.",
    *(
        Key(kind, TEXTS, f"Name (or names) of the {kind.replace('_', ' ')}; several mean any of them.")
        for kind in ASSET_KINDS
    ),
    Key("match", enum(*MATCH_MODES), "How names or paths are compared.", default="is"),
    Key("names", texts_by_target(), "Replaces the name on one platform.", default="the same name"),
    variants=(Variant(ASSET_KINDS, ("title", "match", "names", "why")),),
    one_of="an asset needs its kind as a key: " + ", ".join(ASSET_KINDS),
)

_RULE_EVENT = (
    "title",
    "on",
    "when",
    "wait",
    "points",
    "limit",
    "group",
    "then",
    "expires",
    "fades",
    "each",
    "active",
    "why",
)
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
    Key(
        "stop_at",
        NUMBER,
        "Decay takes nobody below this, and leaves alone who is there already.",
        default="0 for subtract and percent, none for set",
    ),
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
    Key(
        "existing", BOOL, "People who are past it when the model starts are handed over too.", default="false"
    ),
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
                Key(
                    "properties",
                    by_id(enum("text", "number", "date", "yes_no")),
                    "Its properties and their types.",
                ),
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
                Key(
                    "values",
                    by_id(Type("an integer", {"type": "integer", "minimum": -(2**31), "maximum": 2**31 - 1})),
                    "Numbers by role.",
                ),
                Key("assets", by_id(ID), "Assets by role."),
                Key("segments", by_id(ID), "Segments by role."),
                Key("terms", by_id(ID), "Terms by role."),
            ),
        ),
        Table(
            "segments",
            "Groups of people: customers, prospects, staff.",
            _titled(
                "segment",
                "A group of people.",
                Key("when", record("condition"), "Who is in it.", required=True),
            ),
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
                Key(
                    "unknown",
                    NUMBER,
                    "The field is unknown; must be written when `otherwise` is not 0.",
                    default="0",
                ),
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
        Table(
            "marks",
            "Marks (tags) that one part sets and another reads.",
            _titled("mark", "A mark on a person.", _NAMES),
            short=True,
        ),
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
                Key(
                    "cases",
                    array(record("band_case")),
                    "Labels from the highest bound down; the last without a bound.",
                ),
                Key(
                    "join",
                    Type("an array of band ids", {**ID_ARRAY.schema, "minItems": 2}),
                    "Labels joined: A + 1 = A1.",
                ),
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
                    Key(
                        "names",
                        by_id(TEXT),
                        "The platform's word for a stage.",
                        default="the stage in capitals",
                    ),
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
            _titled(
                "goal", "A rate that both sides aim at.", Key("percent", PERCENT, "The rate.", required=True)
            ),
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
                    Key(
                        "for",
                        TEXT,
                        'The element: `"decay.gone-quiet"`; or `"*"`: every element that has the note.',
                        required=True,
                    ),
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
        Table(
            "targets",
            "Options of the platforms; each plugin brings its own keys.",
            Record("target", "Options of one platform.", ()),
        ),
        Table(
            "examples",
            "Cases that show what the model does; each is a test of the model.",
            _titled(
                "example",
                "One person's story and what must come of it.",
                Key("created", TIME, "When the person was created.", required=True),
                Key(
                    "person",
                    by_id(SCALAR_OR_TEXTS),
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
