"""Every note that a lowering can write, and what it means: the names are stable, specs accept bounded ones by them."""

from __future__ import annotations

__all__ = ["NOTES"]

NOTES: dict[str, str] = {
    # exact
    "automation-rules": "Lowered to automation rules.",
    "baseline": "Lowered to rows of the baseline scoring.",
    "carriers": "Lowered to page or completion actions on each asset, beside the baseline.",
    "category": "Kept as a scoring category.",
    "crm-formula": "Added up by a Salesforce formula over one field a source.",
    "custom-field": "Kept in a custom field that rules set.",
    "dynamic-list": "Lowered to a dynamic list.",
    "nothing-to-build": "Nothing needs to be built.",
    "overall": "Kept as the prospect score.",
    "profile": "Lowered to the criteria of a grading profile.",
    "read-only": "Stands on the platform already; conditions read it.",
    "tag": "Lowered to a tag.",
    # by hand
    "formula-in-salesforce": "Somebody must make a formula field in Salesforce.",
    "switch-by-date": "Somebody must switch it on and off on the day.",
    "baseline-rescores-everyone": "Saving the baseline rows scores everybody anew over all of their past.",
    # bounded
    "activity-is-the-platforms": "What ends a silence is fixed by the platform, for every score alike.",
    "blocked-handoff-comes-late": "A handoff that the limit holds back comes when the limit ends, instead of never.",
    "category-may-move-total": "Nobody documents whether a rule that moves a category moves the overall score too.",
    "category-settles-slowly": "A category cannot be set: several rules bring it down over some days.",
    "clamped-later": "The score is brought back to its bound some time after it has left it.",
    "decay-last-step-early": "The last, smaller step of a repeating decay comes up to one interval early.",
    "decay-stops-after-periods": "A repeating percent step is built for so many intervals of one silence.",
    "grade-hidden": "The grade is hidden until a criterion matches.",
    "no-schedule": "Rules run all the time, not at fixed hours.",
    "earlier-ones-never-earn": "Who did it before the start is kept out by a list, for good.",
    "once-looked-at-later": "The condition is looked at when the rule runs, not at the moment of the event.",
    "once-per-window-late": "A window is counted from award to award by a repeating rule.",
    "only-first-opens": "Only the first open of each e-mail is counted.",
    "outsiders-collect-points": "Baseline and actions score everybody; the population guards only what rules do.",
    "past-counts": "What people did before the start counts too.",
    "percent-in-steps": "A percent is taken by bands with fixed steps, planned for a range of scores.",
    "row-pays-other-assets": "A baseline row pays for every asset of its kind, also those that the spec does not name.",
    "row-taken-back": "What the baseline row pays too much is taken back by an action that can be lost.",
    "score-not-kept-apart": "The score's points are in the overall score only; by itself it cannot be seen.",
    "whole-words-by-containing": "Whole words are looked for by what contains them, without the collisions that the options name.",
    # refused
    "asset-needs-a-name": "The shape needs an action on each asset, so each must be named.",
    "categories-need-plus": "The edition has no scoring categories.",
    "category-cannot-be-set": "A scoring category can be moved and cannot be set.",
    "category-needs-its-row": "The category would need other points than the baseline row gives.",
    "category-sees-no-such-event": "Scoring categories do not count this kind of event.",
    "clamp-of-several-facts": "No rule clamps the sum of several facts.",
    "decays-overlap": "Two decays of one score would act on the same people at once.",
    "grade-of-its-own": "A business unit grades by one profile a person, from D.",
    "input-needs-bands": "A field's value cannot be added to a score.",
    "limit-needs-a-clock": "The limit needs a clock of its own for each person.",
    "name-too-long": "A name is longer than the platform takes.",
    "no-action-for-it": "No action does this.",
    "no-criterion-for-it": "No criterion asks this.",
    "no-event-for-it": "No baseline row and no action sees this event.",
    "no-home-for-score": "The platform has no place for this score.",
    "no-window-on-events": "No criterion counts events in a window.",
    "not-implemented": "This version does not lower the shape.",
    "silence-too-short": "The steps need more days than lie between them.",
    "text-too-long": "A text is longer than a value box.",
    "when-on-every-event": "Baseline, page and completion actions have no conditions.",
}
"""Note name = its meaning in one sentence."""
