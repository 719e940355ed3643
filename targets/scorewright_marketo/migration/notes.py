"""The notes of migrations, by name: what each means for whoever carries one out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["NOTES"]

NOTES: Mapping[str, str] = {
    "token-only": "a number in a token: new events get the new one, and what was given stays",
    "edited-in-place": "the campaign is edited in place and goes on remembering who has been through",
    "computed-anew": "what holds is worth its new points for everybody, those who had the old ones included",
    "points-stay": "nobody earns it any more; what was given stays",
    "awards-were-not-counted": "nothing has counted an award that had no limit, or another one, so what was given does not use all of the limit up",
    "past-it-counts-as-handed-over": "who is past the threshold only by the change is not handed over, also with existing = true, which speaks of the model's start",
    "wakes-up-by-the-change": "a threshold that takes its own mark off keeps no record of who is past it",
    "steps-go-on": "the count of steps that were taken in a silence goes on, so none is taken twice",
    "set-again-in-silence": "a batch that sets a score has no memory of who met it: whoever is silent already is set anew",
    "steps-are-not-counted": "steps that are counted are taken to have been met in their order, and another order cannot be told",
    "repeat-counts-from-the-last": "a repeated step comes so long after the last one was taken, not after the silence began",
    "renames-are-lost": "on this instance whoever refers to something loses it when it has another name",
    "outside-keep-theirs": "who is outside the population keeps the old points until they come in, and no record says what these were",
    "stamps-begin-late": "a silence that only a date tells begins with the date, and the day of the change is the first that anybody gets",
    "taken-back-by-night": "who is outside the population keeps the old points until they come in, and a nightly batch takes them back then",
    "score-has-moved": "points that events gave cannot be moved from one score to another",
    "waiting-go-on": "who waits for an award to end goes on in the campaign of then, which stays active until the last has left",
}
"""Each note by name."""
