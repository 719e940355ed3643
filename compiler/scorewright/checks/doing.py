"""What rules and thresholds do: to one thing, and to some effect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.checks.fits import a_type, wrong_value
from scorewright.checks.fits_rules import WRONG_FIELD_TYPE
from scorewright.checks.subject import Family
from scorewright.checks.walk import actions, events, thens
from scorewright.diagnostics.rule import Rule, Severity
from scorewright.model import actions as act
from scorewright.model.vocabulary import LIFECYCLE_STAGES, LIFECYCLE_STAGES_PAST_MQL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.checks.subject import Subject
    from scorewright.diagnostics.rule import Finding, KeyPath
    from scorewright.model.elements import Asset, Model

__all__ = ["FAMILY", "word_of_stage"]

WITHOUT_EFFECT = Rule(
    "SW365",
    "rule-without-effect",
    Severity.ERROR,
    """What
A rule with `on` that gives no points and does nothing.
Why
It would be built, run at each event, and change nobody.
Example
    [rules.contact]
    on = { submits = "contact" }
Use instead
    [rules.contact]
    on = { submits = "contact" }
    points = { engagement = 50 }
""",
)

PAST_MQL = Rule(
    "SW366",
    "stage-past-mql",
    Severity.ERROR,
    """What
A score sets a lifecycle stage past MQL: `sal`, `sql`, `opportunity` or `customer`.
Why
From MQL on a person at sales says what somebody is. A score that sets these stages overwrites what sales has found
out, and the conversion rates that the model is judged by become its own.
Example
    [fields]
    lifecycle-stage = { type = "text" }

    [lifecycle]
    field = "lifecycle-stage"

    [thresholds.sql]
    when = { score = "engagement", at_least = 200 }
    then = [
      { lifecycle = "sql" },
    ]
Use instead
    [fields]
    lifecycle-stage = { type = "text" }

    [lifecycle]
    field = "lifecycle-stage"

    [thresholds.mql]
    when = { score = "engagement", at_least = 200 }
    then = [
      { lifecycle = "mql" },
    ]
""",
)

LIFECYCLE_WITHOUT_FIELD = Rule(
    "SW367",
    "lifecycle-without-field",
    Severity.ERROR,
    """What
An action sets a lifecycle stage, and `[lifecycle]` names no field.
Why
The stage is written into a field of the person, and each instance calls it otherwise.
Example
    [thresholds.mql]
    when = { score = "engagement", at_least = 100 }
    then = [
      { lifecycle = "mql" },
    ]
Use instead
    [fields]
    lifecycle-stage = { type = "text" }

    [lifecycle]
    field = "lifecycle-stage"

    [thresholds.mql]
    when = { score = "engagement", at_least = 100 }
    then = [
      { lifecycle = "mql" },
    ]
""",
)

UNKNOWN_STAGE = Rule(
    "SW368",
    "unknown-stage",
    Severity.ERROR,
    """What
A name under `[lifecycle]` for a stage that does not exist.
Why
The stages are inquiry, engaged, mql, recycled and disqualified. A misspelt stage keeps its default name, and the
platform gets a word that it does not know.
Example
    [fields]
    lifecycle-stage = { type = "text" }

    [lifecycle]
    field = "lifecycle-stage"
    names = { mqll = "Marketing qualified" }
Use instead
    [fields]
    lifecycle-stage = { type = "text" }

    [lifecycle]
    field = "lifecycle-stage"
    names = { mql = "Marketing qualified" }
""",
)

ONE_ASSET = Rule(
    "SW371",
    "one-asset-to-act-on",
    Severity.ERROR,
    """What
An action on an asset that stands for several, or for any: several names, a `match` other than `is`, or a built-in
asset such as `any-campaign`. Or a `then` that assigns a person to two.
Why
An event may be about any of several assets, but a person is handed to one queue, and added to one list.
Example
    [assets]
    sales = { queue = ["Sales east", "Sales west"] }

    [thresholds.mql]
    when = { score = "engagement", at_least = 100 }
    then = [
      { assign = "sales" },
    ]
Use instead
    [assets]
    sales-east = { queue = "Sales east" }

    [thresholds.mql]
    when = { score = "engagement", at_least = 100 }
    then = [
      { assign = "sales-east" },
    ]
""",
)

TWO_KINDS = Rule(
    "SW373",
    "form-and-landing-page",
    Severity.WARNING,
    """What
A form and a landing page (or a form handler) of the same name, both of which the spec asks about.
Why
A form that stands on a landing page is one event, of the asset that the platform reports. Where both kinds are
declared for one thing, one of the two never happens, or both platforms count it otherwise.
Example
    [assets]
    demo-form = { form = "Request a demo" }
    demo-page = { landing_page = "Request a demo" }

    [rules.demo]
    on = { submits = ["demo-form", "demo-page"] }
    points = { engagement = 50 }
Use instead
    [assets]
    demo-form = { form = "Request a demo" }

    [rules.demo]
    on = { submits = "demo-form" }
    points = { engagement = 50 }
""",
)

RULES = (WITHOUT_EFFECT, PAST_MQL, LIFECYCLE_WITHOUT_FIELD, UNKNOWN_STAGE, ONE_ASSET, TWO_KINDS)


def effects(subject: Subject) -> Iterator[Finding]:
    """A rule gives points or does something."""
    for rule in subject.model.rules.values():
        if not rule.points and not rule.then:
            message = f"{rule.id!r} gives no points and does nothing"
            help_ = "add points = { … = … }, or then = [ … ]"
            yield WITHOUT_EFFECT.at(rule.path, message, help=help_, on="key")


# --- lifecycle ------------------------------------------------------------------------------------------------------


def stages(subject: Subject) -> Iterator[Finding]:
    """Stages up to MQL, written into a field that is named and fits."""
    model = subject.model
    for _, action in actions(model):
        if isinstance(action, act.SetLifecycle):
            yield from _stage(model, action, whole=subject.whole)
    for stage in model.lifecycle.names:
        if stage not in (*LIFECYCLE_STAGES, *LIFECYCLE_STAGES_PAST_MQL):
            yield _unknown_stage(stage)
    name = model.lifecycle.field
    if name is not None and model.fields[name].type not in {"text", "choice"}:
        message = f"{name!r} is {a_type(model.fields[name].type)}, and a stage is a text"
        yield WRONG_FIELD_TYPE.at(
            ("lifecycle", "field"), message, help='name a field with type = "text" or "choice"'
        )


def _stage(model: Model, action: act.SetLifecycle, *, whole: bool) -> Iterator[Finding]:
    at = (*action.path, "lifecycle")
    field = model.lifecycle.field
    if action.stage in LIFECYCLE_STAGES_PAST_MQL:
        message = f"{action.stage!r} is for people at sales to set, not for a score"
        yield PAST_MQL.at(at, message, help='write "mql", or a task or notice for the owner')
    elif field is None and whole:  # otherwise [lifecycle] may be what could not be read
        message = "no field is named that holds the lifecycle stage"
        help_ = 'add field = "…" under [lifecycle], and declare it under [fields]'
        yield LIFECYCLE_WITHOUT_FIELD.at(at, message, help=help_)
    elif field is not None and model.fields[field].type == "choice":
        yield from wrong_value(model.fields[field], word_of_stage(model, action.stage), at)


def word_of_stage(model: Model, stage: str) -> str:
    """The platform's word for a stage: the one that the spec gives, or the stage in capitals."""
    return model.lifecycle.names.get(stage, stage.upper())


def _unknown_stage(stage: str) -> Finding:
    from scorewright.diagnostics.suggest import did_you_mean

    help_ = did_you_mean(stage, LIFECYCLE_STAGES) or f"stages are {', '.join(LIFECYCLE_STAGES)}"
    return UNKNOWN_STAGE.at(
        ("lifecycle", "names", stage), f"there is no stage {stage!r}", help=help_, on="key"
    )


# --- one thing to act on --------------------------------------------------------------------------------------------

_WORDS = {"crm-rule", "owner", "opportunity-owner"}


def targets_of_actions(subject: Subject) -> Iterator[Finding]:
    """Actions name one asset, and one ``then`` assigns once."""
    for _, action in actions(subject.model):
        named = _acts_on(action)
        if named is not None and named[1] not in _WORDS:
            yield from _one(subject.model.assets[named[1]], (*action.path, named[0]))
    for _, then in thens(subject.model):
        assigns = [action for action in then if isinstance(action, act.Assign)]
        for action in assigns[1:]:
            if action.to != assigns[0].to:
                message = f"assigned to {assigns[0].to!r} and to {action.to!r} at once"
                related = (((*assigns[0].path, "assign"), "the first one"),)
                yield ONE_ASSET.at(
                    (*action.path, "assign"), message, help="keep one of the two", related=related
                )


def _acts_on(action: act.Action) -> tuple[str, str] | None:
    match action:
        case act.Assign(to):
            return "assign", to
        case act.Notify(to):
            return "notify", to
        case act.AddToCampaign(campaign):
            return "add_to_campaign", campaign
        case act.AddToList(key):
            return "add_to_list", key
        case act.RemoveFromList(key):
            return "remove_from_list", key
    return None


def _one(asset: Asset, path: KeyPath) -> Iterator[Finding]:
    kind = asset.kinds[0].replace("_", " ")
    if asset.builtin:
        message = f"{asset.id!r} is every {kind}, and an action needs one"
    elif len(asset.texts) > 1:
        message = f"{asset.id!r} stands for {len(asset.texts)} names, and an action needs one {kind}"
    elif asset.match != "is":
        message = f'{asset.id!r} is whatever {asset.match.replace("_", " ")} "{asset.texts[0]}", and an action needs one {kind}'
    else:
        return
    yield ONE_ASSET.at(
        path, message, help=f"declare one {kind} with its whole name under [assets], and name that one"
    )


# --- one event under two names --------------------------------------------------------------------------------------

_SUBMITTED = {"form", "landing_page", "form_handler"}


def two_kinds(subject: Subject) -> Iterator[Finding]:
    """A form and the landing page that it stands on are one event (question 14)."""
    assets = subject.model.assets
    used = {key for _, event in events(subject.model) if event.verb == "submits" for key in event.objects}
    first: dict[str, Asset] = {}
    for key, asset in assets.items():
        if key not in used or asset.builtin or asset.kinds[0] not in _SUBMITTED:
            continue
        for text in asset.texts:
            other = first.setdefault(text.casefold(), asset)
            if other.kinds != asset.kinds:
                yield _two_kinds(other, asset, text)


def _two_kinds(one: Asset, other: Asset, text: str) -> Finding:
    kinds = [kind.replace("_", " ") for kind in (one.kinds[0], other.kinds[0])]
    message = f'"{text}" is a {kinds[0]} ({one.id!r}) and a {kinds[1]} ({other.id!r}), and a submission of it is one event'
    help_ = "keep the one that the platform reports; a rule for one score needs only that one"
    related = (((*one.path, one.kinds[0]), f"the {kinds[0]}"),)
    return TWO_KINDS.at((*other.path, other.kinds[0]), message, help=help_, related=related)


FAMILY = Family(RULES, (effects, stages, targets_of_actions, two_kinds))
