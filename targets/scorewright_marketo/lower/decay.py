"""Decay: nightly batches that find the silent and lower their score, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model.actions import PutMark
from scorewright.model.conditions import HasMark, Not
from scorewright_marketo.delays import AWAKE, DECAYS
from scorewright_marketo.folders import DECAY
from scorewright_marketo.lower.acting import deeds
from scorewright_marketo.lower.actions import actions
from scorewright_marketo.lower.bounds import by_decay
from scorewright_marketo.lower.conditions import condition
from scorewright_marketo.lower.context import A_WHILE, EVERY_TIME
from scorewright_marketo.lower.edges import of_decay
from scorewright_marketo.lower.expr import both, either
from scorewright_marketo.lower.losses import Job, guard, set_steps
from scorewright_marketo.lower.nights import FIRST_RUN, in_turn
from scorewright_marketo.lower.points import execute
from scorewright_marketo.lower.reading import score_range
from scorewright_marketo.lower.refusal import RefusedError
from scorewright_marketo.lower.silence import only_activity, silence
from scorewright_marketo.lower.steps import accounted, sorted_steps, together
from scorewright_marketo.lower.sums import affected, many_steps, put
from scorewright_marketo.lower.timing import nightly, say_schedule, schedule_times, side_by_side
from scorewright_marketo.lower.together import apart, comes_first, say_together
from scorewright_marketo.objects import Clause, FlowStep

if TYPE_CHECKING:
    from scorewright.model.elements import Decay, Step
    from scorewright.model.values import Duration
    from scorewright.plugin.emulation import Bound
    from scorewright_marketo.lower.context import Builder
    from scorewright_marketo.lower.expr import Expr
    from scorewright_marketo.lower.steps import Intervals

__all__ = ["lower_decay"]


def lower_decay(b: Builder, decay: Decay) -> None:
    """Plain steps by a counter, repeated steps by their qualification, a single set by disarming itself."""
    b.lowering = "decay-batch"
    b.rests_on("qualification-default", "score-operations", "absence-filters")
    _say_edge(b, decay)
    score = b.model.scores[decay.score]
    plain, repeated = sorted_steps(decay)
    job = Job(
        decay,
        score,
        b.score_field(score),
        silence(b, decay),
        only_activity(b, decay, strict=True),
        _lost(b, decay),
    )
    if decay.schedule is not None:
        say_schedule(b, decay.schedule, decay.path)
    batch = "nightly batch" if decay.schedule is None else "batch at the hours of the schedule"
    late = (
        "at most a day late, and who comes back before the batch keeps the points"
        if decay.schedule is None
        else "minutes late"
    )
    if not repeated and len(plain) == 1 and _disarms(job, plain[0]):
        _self_disarming(b, job, plain[0])
        b.exact(
            "decay-batch",
            f"A {batch} sets {job.label} for everybody silent for {plain[0].after}; who has it and bears the "
            f"mark no longer matches; {late}.",
            bounds=_edges(b, job),
        )
        return
    say_together(b, decay)
    _emit_steps(b, job, plain, repeated)
    if plain:
        b.exact(
            "decay-steps",
            f"A {batch} for each step, in order, by a counter that activity sets back; people who are behind "
            f"take every step that is due; {late}.",
            bounds=_edges(b, job),
        )
    else:
        b.exact(
            "decay-every",
            f"A {batch}, at most once in the step's interval, as long as the silence lasts; {late}.",
            bounds=_edges(b, job),
        )


def _lost(b: Builder, decay: Decay) -> str | None:
    """Where it is kept what a silence has taken, if a limit asks for it."""
    if not accounted(decay):
        return None
    return b.helper("Lost", "score", f"How many points “{decay.title}” has taken in this silence.")


def _emit_steps(b: Builder, job: Job, plain: list[Step], repeated: Intervals) -> None:
    """The batches in the order in which steps of one night come."""
    if job.lost is not None and not plain:
        _awake(b, job, _shortest(job.decay), {})
    minutes = DECAYS
    before: list[Step] = []
    firsts = [key for key, steps in repeated.items() if comes_first(job.decay, steps, plain)]
    for key in firsts:
        minutes += apart(job.decay, before, repeated[key]) if before else 0
        _repeated(b, job, key, repeated[key], minutes)
        before += repeated[key]
    if plain:
        minutes = _counted(b, job, plain, minutes + (apart(job.decay, before, plain) - 1 if before else 0))
        before += plain
    for key in (key for key in repeated if key not in firsts):
        minutes += apart(job.decay, before, repeated[key]) if before else 0
        _repeated(b, job, key, repeated[key], minutes)
        before += repeated[key]


def _edges(b: Builder, job: Job) -> tuple[Bound, ...]:
    return of_decay(b, job.decay, stamped=job.quiet.stamp is not None, by_date=job.quiet.by_date)


def _say_edge(b: Builder, decay: Decay) -> None:
    """A silence of days is told by windows of days."""
    if not b.fact("day-windows-roll"):
        b.bounded(
            "window-edge",
            "A silence is counted from a midnight.",
            "a step up to a day early or late",
            "day-windows-roll",
            bounds=by_decay(b, decay, early=True, late=True),
        )


def _disarms(job: Job, step: Step) -> bool:
    """Whether a single step switches itself off: it only lowers, points need activity, and its mark is a guard."""
    decay = job.decay
    least = step.level.least
    return (
        step.set_to is not None
        and least is not None
        and least >= step.set_to.value
        and step.level.upper is None
        and job.sure
        and decay.when is None
        and all(isinstance(action, PutMark) for action in decay.then)
        and decay.stop_at is None
    )


# --- batches --------------------------------------------------------------------------------------------------------------------


def _self_disarming(b: Builder, job: Job, step: Step) -> None:
    """M01: silent, at the level, and either above it or without the mark."""
    assert step.set_to is not None
    target = step.set_to.value
    level = score_range(b, job.label, step.level)
    undone: list[Expr] = [Clause(job.label, "greater than", (str(target),))]
    undone += [
        condition(b, Not(HasMark(action.mark))) for action in job.decay.then if isinstance(action, PutMark)
    ]
    flow = (*set_steps(b, job.decay.score, step.set_to), *actions(b, job.decay.then))
    again = undone[0] if step.level.least is not None and step.level.least > target else either(*undone)
    who = both(job.quiet.of(step.after), level, again)
    _batch(b, job, f"Decay {job.decay.title} {step.after}", who=who, flow=flow, minutes=DECAYS, role="decay")


def _batch(
    b: Builder,
    job: Job,
    title: str,
    *,
    who: Expr,
    flow: tuple[FlowStep, ...],
    minutes: int,
    role: str,
    qualification: str = EVERY_TIME,
) -> None:
    """What is done on a night, so many minutes after its first batch: by itself, in turn, or at the hours of a schedule."""
    schedule = job.decay.schedule
    held = next((item for item, _ in affected(b, job.score.key)[1:] if many_steps(b, item)), None)
    if held is not None and schedule is None:
        name = b.campaign_name(title)
        b.campaign(name, DECAY, "executable", who, flow, qualification=qualification, role=role)
        in_turn(b, held, name, (FIRST_RUN,), minutes)
        return
    times: list[tuple[str, Expr]] = [(nightly(b, minutes), both())]
    if schedule is not None:
        times = schedule_times(b, schedule, max(0, minutes - DECAYS - 1))
        if qualification == EVERY_TIME and side_by_side(b, schedule):
            qualification = A_WHILE
    # what is once for all hours is remembered in one place
    if qualification != EVERY_TIME and len(times) > 1:
        once = b.campaign_name(f"Do {title}")
        b.campaign(once, DECAY, "executable", who, flow, qualification=qualification, role=f"{role}-once")
        who, flow, qualification = both(), (execute(b, once),), EVERY_TIME
    for number, (time, zone) in enumerate(times):
        clock = time.rpartition(" ")[2].replace(":", "-")
        b.campaign(
            b.campaign_name(f"{title} at {clock}" if number else title),
            DECAY,
            "batch",
            both(who, zone),
            flow,
            qualification=qualification,
            schedule=time,
            stage="nightly",
            role=f"{role}-{number}" if number else role,
            checks=(FIRST_RUN,),
        )


def _counted(b: Builder, job: Job, steps: list[Step], minutes: int) -> int:
    """Step i acts on who is at i - 1; activity sets the counter back.  Gives the minutes of the last step."""
    decay = job.decay
    counter = b.helper(
        "Step", "integer", f"How many steps of “{decay.title}” have been taken in this silence."
    )
    reset = FlowStep("Change Data Value", (("Attribute", counter), ("New Value", "0")))
    _awake(b, job, steps[0].after if job.lost is None else _shortest(decay), {counter: reset})
    for number, due in enumerate(together(steps), 1):
        before = Clause(counter, "is", (str(number - 1),))
        after = FlowStep("Change Data Value", (("Attribute", counter), ("New Value", str(number))))
        _batch(
            b,
            job,
            f"Decay {decay.title} {due[0].after}",
            who=both(job.quiet.of(due[0].after), before, guard(job)),
            flow=(*deeds(b, job, due), after),
            minutes=minutes + number,
            role=f"step-{number}",
        )
    return minutes + number


def _shortest(decay: Decay) -> Duration:
    return min((step.after for step in decay.steps), key=lambda after: after.seconds)


def _awake(b: Builder, job: Job, first: Duration, resets: dict[str, FlowStep]) -> None:
    """A batch that sets back what has been counted in a silence."""
    if job.lost is not None:
        resets = {**resets, job.lost: put(job.lost, "=0")}
    counted = either(*(Clause(label, "at least", ("1",)) for label in resets))
    b.campaign(
        b.campaign_name(f"Awake {job.decay.title}"),
        DECAY,
        "batch",
        both(counted, job.quiet.ended(first)),
        tuple(resets.values()),
        schedule=nightly(b, AWAKE),
        stage="nightly",
        role="awake",
        population=False,
        why="Whoever was active begins a new silence, in which every step acts again.",
    )


def _repeated(
    b: Builder, job: Job, interval: tuple[Duration, Duration], steps: list[Step], minutes: int
) -> None:
    """One batch for all levels of one interval; half a day less, so that a late start costs no day."""
    decay, (after, every) = job.decay, interval
    if every.seconds % 86_400:
        raise RefusedError(
            "decay-impossible",
            (*steps[0].path, "every"),
            f"Marketo's batches recur by days, so a step every {every} finds no batch at its time",
            "repeat by whole days, as in every = "
            f'"{max(1, round(every.seconds / 86_400))}d", or write the steps one by one, without every',
        )
    b.rests_on("qualification-rolls", "qualification-memory")
    _batch(
        b,
        job,
        f"Decay {decay.title} every {every}",
        who=both(job.quiet.of(after), guard(job)),
        flow=deeds(b, job, steps),
        minutes=minutes,
        role=f"every-{every}",
        qualification=f"Once every {every.seconds // 3600 - 12} hours",
    )
