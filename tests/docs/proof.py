"""The page that says how to read what ``scorewright verify`` prints, with the words that the code knows."""

from __future__ import annotations

from scorewright.plugin.emulation import GAUGES, SCHEDULES, SITUATIONS

__all__ = ["proof"]

_HEAD = """\
# Reading a proof

`scorewright verify PATH` plays made histories of people twice, on the reference machine and on an emulator of the
platform that reads the compiled files, and compares what they show whenever it is quiet. For each target it prints one
word, `holds` or `does NOT hold`, and below it what that rests on. The exit code is 0 when every target holds, and 1
otherwise.

| line | what it says |
|---|---|
| `tried` | how many histories (*lives*) were played, how often in all (each under several *schedules*, below), how many values were compared, and the seed and effort that make the same ones again |
| `reached` | how many of the rules, cases of tiers, steps of decay, thresholds, marks and segments some life has reached, each mark and segment in both directions |
| `missed` | one that no life has reached: either nobody can (is it meant?), or a greater `--effort` is needed |
| `unseen` | something that was never compared, since no life was quiet for as long as the platform needs |
| `hollow` | something that nothing moves in any life: that it was compared says nothing of what moves it |
| `bound` | a difference that a note of the compile states, with the ends of what it allows, the situation that it is confined to (below), and how far some life went: `kept, reached -106 and +47` |
| `slack` | such a difference that no life came near. The number may be wider than what happens; a greater `--effort` may come near it |
| `walked` | a plan of several objects that brings a score down, walked through from every value in every order: proven, not tried |
| `FAULT` | such a plan from which some value does not come down. Then the target does not hold |
| `depends on` | a fact about the platform that nobody is sure of, and what would differ were it otherwise: settle it with `scorewright targets NAME --probes --for PATH`. `NO NOTE NAMES IT`: the output rests on it without saying so; then the target does not hold |

Differences that are *bounded* have been accepted in the spec, by name, in `[accept]`. A note that is *exact* may still have
bounds: in situations without a quiet moment, and in those that rest on a past of which nobody knows the rest.

## When it does not hold

The first differences are cut down to the shortest history that still shows them, and printed in two columns: what the
spec means, with the element that did it, and what the platform does, with the object that did it. A line with `*` is
what happened to the person. The last line is where they differ. Below it stands the command that plays that life again
(`--life`), under every schedule. Then one of these is so:

- The bundle was edited, or compiled from an older spec: compile anew.
- An answer in `scorewright.toml` says of the platform what is not so, or says it of another instance.
- The lowering is wrong, its bound is too narrow, or the emulator does what the platform does not: that is a fault of the
  target. Report it with the spec and the printed command.

`--bundle DIR` proves the files in `DIR/<target>` as they stand, with the gauges and bounds that stand there. A bundle that
speaks of other scores, marks, segments or actions than the spec is refused (SW741): what is not in it would never be
compared. So is one that allows itself more than a compile of the spec does, in its `notes.toml` or `gauges.toml`.

The same spec, seed and effort make the same lives and print the same report, whatever `--jobs` is. `--effort` is 1 to 10:
3 is for every day, 10 tries everything and takes a minute or so for a model of a hundred rules. `--format json` says the same
for tools; `scorewright schema --kind verify` prints its schema.

## The way from one version to another

With `--since` (the lock file, or an earlier output) people live under the version before, the steps of the sheet are
carried out at their times, and they live on under this one: what is seen after that must be what the language says of a
new version. `--effort`, `--seed`, `--jobs`, `--life` and the answers of unsure facts are as above. `reached` counts what lives do under each
of both versions, and the steps: one is exercised when what it is for does something in the life, after it where the step
makes it or switches it on. `left out` are plays that had differed before the first step. `carried out` says how many steps
there are, and how long their waits last.
"""


def proof() -> str:
    """The page."""
    parts = (
        ("Situations", "situation", SITUATIONS, "A bound holds in its situation, and without one always."),
        ("Schedules", "schedule", SCHEDULES, "How the platform decides what its documents leave open."),
        ("What is compared", "kind", GAUGES, "`gauges.toml` of a bundle says where each is read off."),
    )
    tables = (
        "\n".join([f"\n## {title}\n\n{intro}\n\n| {head} | what it means |\n|---|---|", *_rows(words)])
        for title, head, words, intro in parts
    )
    return _HEAD + "\n".join(tables) + "\n"


def _rows(words):
    return (f"| `{name}` | {said.replace('|', chr(92) + '|')} |" for name, said in words.items())
