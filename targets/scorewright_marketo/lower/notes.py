"""The names of all notes and what each means: a spec accepts a bounded lowering by one of them."""

from __future__ import annotations

__all__ = ["NAMES"]

NAMES: dict[str, str] = {
    # exact
    "award": "A thin trigger executes one executable, which holds filters, qualification and Change Score.",
    "award-after-count": "The trigger waits, then the executable counts the events in the window.",
    "award-after-wait": "The trigger waits as long as the rule says, then executes the award.",
    "band-field": "Choices on the score write the label into a field, highest first.",
    "band-read": "The band is read as stretches of its score wherever it is asked for.",
    "combined": "Each award, loss and reset of a part is done on the sum as well.",
    "decay-batch": "A nightly batch at every time, guarded by silence, creation date and level.",
    "decay-every": "A nightly batch whose qualification repeats the step as long as the silence lasts.",
    "decay-steps": "A step counter makes each step act once in a silence.",
    "fact-batch": "A nightly batch gives points to whom the condition fits and takes them back by the record.",
    "fact-kept": "A nightly batch with qualification Only once gives the points for good.",
    "grade": "A nightly batch re-rolls the grade of people whose fields changed.",
    "input": "A nightly batch copies the field's points into the score, bit by bit.",
    "mark": "Membership in a static list.",
    "score": "A score field that Change Score steps move.",
    "segment": "A smart list that filters ask for.",
    "threshold": "A trigger, a wait, and an executable that reads the score again; a list holds who is past it.",
    "threshold-disarms": "The threshold takes the mark that it reads, so nothing else has to remember it.",
    "tier": "A nightly batch takes back the recorded points and gives those of the first case that fits.",
    # exact, and something is left to a person
    "dates-by-hand": "Campaigns are activated and deactivated on given days by a person.",
    "clone-by-hand": "The product's program is cloned and the listed edits are made in it.",
    "scheduled-hours": "The hours are set in the subscription's time zone by a person.",
    "zones-by-hand": "Each time zone's batch is scheduled at its own hour by a person.",
    # bounded
    "ad-by-address": "A click on an advert is told by the address of the page that follows, on which more views can follow.",
    "any-link-counts-files": "A download also counts where any link does except some: both are clicks on links.",
    "any-program-counts": "A webinar also counts where any event does, and the other way round: both are programs.",
    "batch-start": "A calendar window begins when its batch has run, some minutes after midnight.",
    "clipped-award": "The last award of a window that does not fit whole is not given.",
    "count-after-wait": "Events are counted some minutes after each of them, so close ones see one another.",
    "dates-leave-points": "What holds until a date leaves its points when a person switches its batch off.",
    "first-silence-late": "The first long silence of people without a date counts from the start of the stamp.",
    "late-past-stamped": "The date of a long silence is that of the trigger's run, also for what a visitor did before.",
    "largest-score": "Steps reach up to a largest score.",
    "opened-by-the-clock": "A score that moves without an event can open a threshold before the next event.",
    "sibling-order": "A condition on a score is read while other campaigns of the same event may be changing it.",
    "simultaneous-events": "Two events of one person at the same moment can be counted as one or give one award too many.",
    "word-separators": "A word beside a sign that is not in the list of separators is not found.",
    "spare-handoff": "A batch that stays long between two steps can hand a person over once too often.",
    "unknown-past": "What people did before they were known is not scored.",
    "unknown-counts-as-no": "A yes/no field that nobody has answered counts as no.",
    "week-start": "It is not known on which day a calendar week begins.",
    "window-edge": "A window may be counted from midnight.",
    # refused
    "condition-impossible": "Marketo has no filter for the condition.",
    "event-impossible": "Marketo records no such event.",
    "each-asset-unlisted": "Each asset counted apart needs the assets by name.",
    "history-not-kept": "The activity is kept for a shorter time than the window.",
    "limit-impossible": "Marketo has no such window.",
    "field-taken": "The platform's own score field belongs to the score that is overall.",
    "name-too-long": "A name is over Marketo's limit.",
    "no-such-action": "Marketo has no such flow step.",
    "not-implemented": "Marketo could, this version of the target does not.",
    "weights-not-whole": "A weighted award is not a whole number.",
}
