"""The notes of migrations, by name: what each means for whoever carries one out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["NOTES"]

NOTES: Mapping[str, str] = {
    "edited-in-place": "who has the award keeps it as it was; whoever earns it from now on gets the new one",
    "computed-anew": "what holds is worth its new points for everybody, those who had the old ones included",
    "outside-keep-theirs": "whoever is outside the population keeps what the tag says, and the same tag means something else now",
    "paid-by-the-time": "a limit in points counts what was given, and rules know only how often an award was given",
    "points-stay": "nobody earns it any more; what was given stays",
    "start-for-who-comes": "who is there keeps what they have; whoever comes from now on begins at the new start",
    "awards-were-not-counted": "nothing has counted an award that had no limit, so what was given does not use the limit up",
    "counted-otherwise": "the limit counts in another way, and nothing that counts so holds what was given before",
    "past-it-counts-as-handed-over": "who is past the threshold only by the change is not handed over, also with existing = true, which speaks of the model's start",
    "wakes-up-by-the-change": "a threshold that takes its own mark off keeps no record of who is past it",
    "late-in-quarantine": "a rule whose memory is empty waits until nobody can meet the step twice in one silence",
    "new-step-has-no-past": "who has been silent for longer than a new step's window does not meet it in this silence",
    "set-again-in-silence": "a rule that sets a score has no memory of who met it: whoever is silent already is set anew",
    "remembered-from-now-on": "what only actions on assets leave is remembered from the change on",
    "given-for-the-past": "others can earn the award now, and what says that they did it before cannot be taken off",
    "bounded-after-what-holds": "what holds is worth its new points before the new bounds hold, and the spec means it the other way round",
    "brought-within-once": "nothing of this version takes the score past its bound, so no rule stands for it; who is past it from before is brought back once",
    "held-within-less": "a category comes within its new floor or ceiling step by step, and no decay acts meanwhile",
    "planned-for-what-is-given-now": "what brings a category to a value goes in steps of what this version gives, and some hold points that only the version before gave",
    "program-goes-on": "an engagement program is edited while it is paused: who is inside stays at their step, or goes on to the next one that is kept",
    "waits-otherwise": "an award is decided after another wait: the one that somebody is in goes by the new program, or ends with it",
    "ends-as-given": "an award ends as it was said when it was given: the program of then stays until nobody waits in it",
    "ends-nowhere": "the program of then takes points of a score that stands elsewhere now, and of others: these it takes",
    "reset-knows-new-awards": "a reset lets go of the awards of this version alone",
    "memory-of-limits-lost": "the platform freezes the days of a rule that repeats, and a new rule remembers nobody",
    "baseline-rescores": "a changed baseline row scores everybody anew, for all of their past",
    "baseline-beside-decay": "a changed baseline row moves scores over levels at which a decay takes another number, or undoes what it has taken",
    "begins-anew": "another score takes its place: nobody has any points of it, until it is earned or given for what holds",
    "score-has-moved": "points that events gave cannot be moved from one place on the platform to another",
    "folder-recounts": "a category counts the past of its assets: moving one recounts both categories",
}
"""Each note by name."""
