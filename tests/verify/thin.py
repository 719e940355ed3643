"""A proof by some of the lives, for what the tests prove many times over; whole proofs are commands of their own."""

from __future__ import annotations

from scorewright.verify import report
from scorewright.verify.run import verify
from scorewright.verify.work import Job, Work

__all__ = ["differs"]


def differs(task, target, step, about):
    """Play every ``step``-th life, the facts left as they are; what differs, in words (``""``: nothing does)."""
    task = task._replace(worlds=0)
    if not Work(task, target).do(Job(0, step)).failures:
        return ""
    verdict = verify(task, target, jobs=1, most_shown=1)
    return report.as_text(verdict, about)
