"""What Marketo is known, said or suspected to do: the fact table that every lowering rests on."""

from __future__ import annotations

from scorewright.plugin.facts import Confidence, Fact

__all__ = ["FACTS"]

_D, _P, _I, _U = Confidence.DOCUMENTED, Confidence.PRACTITIONER, Confidence.INFERRED, Confidence.UNKNOWN
_CHECKED = "2026-11-16"
_DOCS = "Marketo Engage product docs (experienceleague.adobe.com/en/docs/marketo/using): "
_DEV = "Marketo Engage developer docs (experienceleague.adobe.com/en/docs/marketo-developer): "
_NATION = "Marketing Nation community (nation.marketo.com): "

_Value = bool | int | str


def _fact(
    name: str,
    value: _Value,
    confidence: Confidence,
    *text: str,
    others: tuple[_Value, ...] = (),
) -> Fact:
    statement, source, *probe = text
    return Fact(name, statement, value, confidence, source, _CHECKED, "".join(probe), others)


_FIELDS_AND_TOKENS = (
    _fact(
        "asset-name-length",
        100,
        _I,
        "Names of campaigns and lists up to 100 characters are safe; no limit is published.",
        _DEV + "assets",
        "Create campaigns with names of 100 and 200 characters; look at what is stored.",
        others=(255,),
    ),
    _fact("custom-fields-limit", 100, _D, "The API creates at most 100 custom fields.", _DEV + "lead fields"),
    _fact(
        "description-length",
        2000,
        _D,
        "A description has at most 2,000 characters.",
        _DEV + "smart campaigns",
    ),
    _fact("field-never-deleted", True, _D, "A field can be hidden but never deleted.", _DEV + "lead fields"),
    _fact(
        "no-count-limits",
        True,
        _U,
        "No limit is published for tokens, campaigns, triggers, filters or choices.",
        _DEV + "assets",
        "Ask Adobe's support for the limits of the subscription.",
        others=(False,),
    ),
    _fact(
        "person-score",
        "Person Score",
        _D,
        "The standard score field is called Person Score on the screen and Lead Score in the API.",
        _DOCS + "smart lists",
    ),
    _fact(
        "program-name-length",
        255,
        _D,
        "A program's name is unique in the whole instance and has at most 255 characters.",
        _DEV + "programs",
    ),
    _fact(
        "score-operations",
        "+ - =",
        _D,
        "Change Score adds, subtracts or sets; it cannot multiply or read another field.",
        _DOCS + "flow actions, Change Score; " + _NATION + "148595",
    ),
    _fact(
        "score-token-set",
        False,
        _U,
        "Change Score takes a token whose value begins with an equals sign.",
        "jasonraisleger.com, creating and updating tokens via API; the API's own description says integer",
        "Give a score token the value =5, use it in Change Score on a person at 20, and read the score.",
        others=(True,),
    ),
    _fact(
        "score-token-signed",
        True,
        _P,
        "A score token holds a signed number (+10, -5), which Change Score adds.",
        _DOCS + "program library, OP-Scoring-Behavior",
        "Push a score token 10 and +10 by the API, use each in Change Score, and read both scores.",
        others=(False,),
    ),
    _fact("token-name-length", 50, _D, "A token's name has at most 50 characters.", _DEV + "tokens"),
    _fact(
        "token-not-in-conditions",
        True,
        _D,
        "A token does not work in a choice's condition: literals stand there.",
        _DOCS + "add a choice to a flow step",
    ),
)

_SMART_LISTS = (
    _fact(
        "absence-filters",
        True,
        _D,
        "Inactivity filters (Not Visited Web Page, …) look back a time, 30 days unless changed.",
        _DOCS + "smart lists, inactivity filters",
    ),
    _fact(
        "before-matches-empty",
        True,
        _D,
        "The operators before, on or before and in past before also match an empty date.",
        _DOCS + "smart list operator glossary",
    ),
    _fact(
        "bot-constraint",
        True,
        _P,
        "Opens Email and Clicks Link in Email have the constraint Is Bot Activity.",
        _NATION + "Filtering Email Bot Activity V2",
        "Open the trigger Clicks Link in Email and look under Add Constraint.",
        others=(False,),
    ),
    _fact(
        "created-at-is-known",
        True,
        _I,
        "Created At is never empty, so Created At is not empty is everybody.",
        _DOCS + "smart lists",
        "Count a smart list with Created At is empty.",
        others=(False,),
    ),
    _fact(
        "created-without-change",
        True,
        _I,
        "A field that is filled when a person is created fires no Data Value Changes.",
        "General knowledge of the product",
        "Create a person with a job title by a form; look for Data Value Changes in the activity log.",
        others=(False,),
    ),
    _fact(
        "empty-scores",
        "either",
        _U,
        "How a comparison treats an empty score is not said; only that is 0 matches it.",
        _DOCS + "smart list operator glossary",
        "Compare an empty score with at most 5 in a smart list.",
        others=("as 0", "never matches"),
    ),
    _fact(
        "filter-logic",
        True,
        _D,
        "Filters are joined by ALL, ANY or an expression over their numbers, at any depth; triggers are not numbered.",
        _DOCS + "smart lists, advanced logic; " + _NATION + "351586",
    ),
    _fact(
        "hour-windows-roll",
        True,
        _I,
        "In past N hours looks back N hours from the moment of asking.",
        _DOCS + "smart list operator glossary",
        "Fill out a form; ask for Filled Out Form in past 24 hours one hour before and after the 24 hours are over.",
        others=(False,),
    ),
    _fact(
        "is-zero-matches-empty",
        True,
        _D,
        "On a number, is 0 also matches an empty field.",
        _DOCS + "smart list operator glossary",
    ),
    _fact(
        "negative-operators-match-empty",
        True,
        _I,
        "is not, not contains and not starts with also match an empty field.",
        "General knowledge of the product",
        "Count Job Title is not CEO with and without Job Title is empty.",
        others=(False,),
    ),
    _fact(
        "opportunity-triggers",
        True,
        _I,
        "Added to Opportunity and Opportunity is Updated are triggers; a stage is a value of the second.",
        _DOCS + "smart lists, triggers",
        "Search for Opportunity in the list of triggers.",
        others=(False,),
    ),
    _fact(
        "page-without-host",
        True,
        _I,
        "Web Page holds the path of a page, without host and query string.",
        _DEV + "activity types, Visit Webpage",
        "Visit a page and read the value of Visits Web Page in the activity log.",
        others=(False,),
    ),
    _fact(
        "retention-rest",
        760,
        _D,
        "Form fills, e-mail opens and clicks and program status changes are kept for 25 months.",
        _NATION + "251480, activity data retention",
    ),
    _fact(
        "retention-web",
        90,
        _D,
        "Web visits, web link clicks, score and data value changes are kept for 90 days.",
        _NATION + "251480, activity data retention",
    ),
    _fact(
        "several-values",
        True,
        _I,
        "Several values in one filter mean any of them; with a negative operator, none of them.",
        _DOCS + "smart lists",
        "Count a smart list with two values, and the two lists with one each.",
        others=(False,),
    ),
    _fact(
        "time-frame",
        True,
        _D,
        "In time frame takes Today, This Week, This Month, This Quarter and This Year.",
        _DOCS + "smart list operator glossary",
    ),
    _fact(
        "week-starts-monday",
        False,
        _U,
        "This Week begins on a Monday.",
        _DOCS + "smart list operator glossary",
        "Ask on a Monday for a visit of the Sunday before with In time frame This Week.",
        others=(True,),
    ),
)

_CAMPAIGNS = (
    _fact(
        "campaign-status-adds",
        True,
        _D,
        "Change Status in SFDC Campaign adds people who are not members yet.",
        _DOCS + "flow actions",
    ),
    _fact(
        "choices",
        True,
        _D,
        "Of a step's choices only the first that matches acts, else the default choice; a choice has one condition.",
        _DOCS + "add a choice to a flow step",
    ),
    _fact(
        "clone-keeps-score-names",
        True,
        _I,
        "A clone keeps the Score Name of each step, and the literals in choices and filters.",
        _DOCS + "add a choice to a flow step",
        "Clone a program and open a Change Score step of the copy.",
        others=(False,),
    ),
    _fact(
        "clone-repoints",
        True,
        _I,
        "In a clone, references to assets of the same program point to the copies.",
        "General knowledge of the product",
        "Clone a program; look where an Execute Campaign step of the copy points.",
        others=(False,),
    ),
    _fact(
        "executable-empty-list",
        True,
        _D,
        "An executable with an empty smart list qualifies nobody.",
        _DOCS + "executable campaigns",
    ),
    _fact(
        "executable-nesting",
        3,
        _D,
        "Executables nest three deep; none can hold a Wait or a webhook.",
        _DOCS + "executable campaigns",
    ),
    _fact(
        "filter-counts-trigger-event",
        "either",
        _U,
        "Whether a filter counts the event that has just started the campaign is not said.",
        _DOCS + "smart lists",
        "Use Fills Out Form with the filter Filled Out Form, Min. Number of Times 2; fill it out twice.",
        others=("counted", "not counted"),
    ),
    _fact(
        "idle-triggers",
        6,
        _D,
        "A trigger campaign that nobody qualified for in 6 months is deactivated.",
        _DOCS + "smart campaigns, idle triggers",
    ),
    _fact(
        "lead-token-in-data-value",
        True,
        _I,
        "Change Data Value takes {{lead.…}} tokens, and blanks and signs beside them stay.",
        "General knowledge of the product",
        "Change Data Value of a text field to |{{lead.Job Title}}| and read it.",
        others=(False,),
    ),
    _fact(
        "new-score-on-decrease",
        True,
        _U,
        "Score is Changed with New Score at least N also fires when a score falls to N or above.",
        _NATION + "DOC-4723",
        "Lower a score from 150 to 140 under a trigger New Score at least 100.",
        others=(False,),
    ),
    _fact(
        "qualification-default",
        "Only once",
        _D,
        "A new campaign lets a person through only once.",
        _DOCS + "qualification rules",
    ),
    _fact(
        "qualification-memory",
        True,
        _I,
        "Each campaign, executables too, remembers for itself who went through, and keeps it when edited.",
        _DOCS + "qualification rules",
        "Run a person through an only-once executable from two parents; then edit it and run again.",
        others=(False,),
    ),
    _fact(
        "qualification-rolls",
        True,
        _D,
        "Once every N days counts N times 24 hours; a month is 30 days.",
        _DOCS + "qualification rules",
    ),
    _fact(
        "request-from-executable",
        True,
        _I,
        "An executable's flow may request a trigger campaign.",
        _DOCS + "executable campaigns",
        "Put Request Campaign into an executable and see whether it validates and runs.",
        others=(False,),
    ),
    _fact(
        "runs-interleave",
        True,
        _U,
        "Two runs of one person may be carried out at the same time, step beside step.",
        _NATION + "245891",
        "Fire two triggers for one person at once, each with ten steps on one field, and read the order in the log.",
        others=(False,),
    ),
    _fact(
        "trigger-order",
        False,
        _P,
        "Several trigger campaigns of one event run in a fixed order.",
        _NATION + "245891",
        "Fire two triggers by one event a hundred times and read the order in the log.",
        others=(True,),
    ),
    _fact(
        "trigger-runs-executable",
        True,
        _D,
        "Execute Campaign runs an executable inside its parent; its own filters and qualification apply.",
        _DOCS + "executable campaigns",
    ),
    _fact(
        "file-is-link-click",
        True,
        _D,
        "A download is a click on a link to the file; Adobe's own program scores it so.",
        _DOCS + "program library, OP-Scoring-Behavior",
    ),
    _fact(
        "late-anonymous-past",
        True,
        _P,
        "When a visitor becomes known, earlier visits are attached and triggers may run on them at once.",
        _NATION + "262722",
        "Visit five pages unknown, fill out a form, and look at the scores.",
        others=(False,),
    ),
)

FACTS: tuple[Fact, ...] = tuple(
    sorted((*_FIELDS_AND_TOKENS, *_SMART_LISTS, *_CAMPAIGNS), key=lambda fact: fact.id)
)
"""Every fact, ordered by id."""
