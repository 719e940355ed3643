"""From a compiled spec to an instance: plan, guards, journal, apply, read-back.

Data flows one way here too: the emitted objects become resources (the target's client), a look at the instance finds
what is there, ``plan`` compares, ``guards`` refuses, ``apply`` drives the talks that make the difference, and the report is
rendered from the plan.  Only ``wire``, ``journal``, ``secrets`` and ``turn`` touch the world outside.
"""

from __future__ import annotations
