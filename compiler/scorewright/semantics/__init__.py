"""The reference machine: what a spec means, as a program that can be run.

``machine`` plays one person's history; the other files answer one kind of question each.  It is written to be read:
where the language's page and these files differ, these files are the definition.
"""

from __future__ import annotations

from scorewright.semantics.machine import Machine, Version, run
from scorewright.semantics.timeline import Change, Timeline

__all__ = ["Change", "Machine", "Timeline", "Version", "run"]
