"""What keeps `verify` from a proof: files that are no bundle, or the bundle of another spec (SW740 to SW749)."""

from __future__ import annotations

from scorewright.diagnostics.rule import Rule, Severity

__all__ = ["BUNDLE_OTHER", "BUNDLE_UNREAD", "EMULATOR_FAILS", "SPEC_OF_THEN"]

BUNDLE_UNREAD = Rule(
    "SW740",
    "bundle-unreadable",
    Severity.ERROR,
    """What
The folder that `scorewright verify --bundle DIR` is to prove is not there, or a file in it holds what no compile
writes.
Why
The proof reads the files as somebody does who builds from them. What cannot be read cannot be built either, and a
proof that passed over it would say nothing.
Example
    scorewright verify model.toml --bundle out/pardot
Use instead
The folder that `scorewright compile --out` was given: it holds a folder for each target.
    scorewright verify model.toml --bundle out
""",
)

BUNDLE_OTHER = Rule(
    "SW741",
    "bundle-of-another-spec",
    Severity.ERROR,
    """What
The files of a bundle speak of other scores, marks, segments or actions than the spec, are those of another target, or
allow themselves more than a compile of the spec does: a greater difference in `notes.toml`, more hours in `gauges.toml`.
Why
Scores and actions that are in the spec and not in the bundle would never be compared, and what a bundle allows itself
is not found: the spec has been changed since the bundle was compiled, somebody edited those two files, or it was compiled
for another instance or by another version.
Example
    scorewright verify model.toml --bundle out-of-last-year
Use instead
Compile the spec anew, and prove that; or name the spec that the bundle was made from, and the `--instance` or
`--edition` that it was compiled for.
    scorewright compile model.toml --out out
    scorewright verify model.toml --bundle out
""",
)

EMULATOR_FAILS = Rule(
    "SW742",
    "emulator-fails",
    Severity.ERROR,
    """What
The emulator of a target failed while a person's history was played, or answered with what the contract does not know.
Why
A proof that went on without the answer would prove nothing. The fault lies in the plugin, not in the spec.
Example
A plugin whose emulator raises an exception for a person without fields.
Use instead
Report it to the plugin's authors with the spec; `SCOREWRIGHT_DEBUG=1` shows where it failed. The conformance kit
(`scorewright.plugin.conformance`) finds such faults before anybody meets them.
""",
)

SPEC_OF_THEN = Rule(
    "SW743",
    "spec-of-then-unknown",
    Severity.ERROR,
    """What
`scorewright verify --since DIR` is to prove the way from an earlier output, and the spec that it was made from is not
known, or has errors.
Why
What people hold when the version changes is what the spec of then meant. An output folder does not keep its spec.
Example
    scorewright verify model.toml --since out
Use instead
The lock file, which keeps the spec; or name the spec of then.
    scorewright verify model.toml --since scorewright.lock --instance sandbox
    scorewright verify model.toml --since out --was model-of-last-year.toml
""",
)
