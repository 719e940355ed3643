"""Decay: nightly batches that find the silent and lower their score, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorewright.model.actions import PutMark
from scorewright.model.conditions import HasMark, Not
from scorewright.model.values import Bounds, Duration, Number, round_half_up
from scorewright_marketo.lower import pieces as pc
from scorewright_marketo.lower.actions import actions
from scorewright_marketo.lower.conditions import clause_for, condition, score_range
from scorewright_marketo.lower.context import EVERY_TIME, RefusedError
from scorewright_marketo.lower.expr import both, either
from scorewright_marketo.lower.points import affected, change, literal, put
from scorewright_marketo.lower.silence import award_stamps, only_activity, silence
from scorewright_marketo.lower.standing import nightly
from scorewright_marketo.objects import DO_NOTHING, Choice, Clause, FlowStep

if TYPE_CHECKING:
    from scorewright.model.elements import Decay, Score, Step
    from scorewright_marketo.lower.context import Builder
    from scorewright_marketo.lower.expr import Expr
    from scorewright_marketo.lower.silence import Silence

__all__ = ["award_stamps", "lower_decay", "set_steps"]

FOLDER = "04 Decay"
_MOST_STEPS = 24


class Job(NamedTuple):
    """What the batches of one decay share."""

    decay: Decay
    score: Score
    label: str
    quiet: Silence
    sure: bool
    """Whether every point of the score comes with activity, so that nobody gains any while silent."""


def lower_decay(b: Builder, decay: Decay) -> None:
    """Plain steps by a counter, repeated steps by their qualification, a single set by disarming itself."""
    b.lowering = "decay-batch"
    b.rests_on("qualification-default", "score-operations", "absence-filters")
    score = b.model.scores[decay.score]
    plain, repeated = _sorted_steps(b, decay)
    job = Job(decay, score, b.score_field(score), silence(b, decay), only_activity(b, decay, strict=True))
    if not repeated and len(plain) == 1 and _disarms(job, plain[0]):
        _self_disarming(b, job, plain[0])
        b.exact(
            "decay-batch",
            f"A nightly batch sets {job.label} for everybody silent for {plain[0].after}; who has it and bears the "
            "mark no longer matches. At most a day late.",
        )
        return
    if plain:
        _counted(b, job, plain)
    for (after, every), steps in repeated.items():
        _repeated(b, job, after, every, steps)
    if plain:
        b.exact(
            "decay-steps",
            "A nightly batch for each step, in order, by a counter that activity sets back; people who are behind "
            "catch up one step a night. At most a day late.",
        )
    else:
        b.exact(
            "decay-every",
            "A nightly batch at most once in the step's interval, as long as the silence lasts; at most a day late.",
        )


# --- which steps ---------------------------------------------------------------------------------------------------------------


def _sorted_steps(b: Builder, decay: Decay) -> tuple[list[Step], dict[tuple[Duration, Duration], list[Step]]]:
    """Plain steps by rising silence, and repeated ones by interval; with a limit all become plain."""
    plain: list[Step] = []
    repeated: dict[tuple[Duration, Duration], list[Step]] = {}
    for step in decay.steps:
        if step.every is None:
            plain.append(step)
        elif decay.limit is not None:
            plain += _unrolled(decay, step)
        elif step.every.seconds > step.after.seconds:
            plain.append(step._replace(every=None))
            after = Duration((step.after.seconds + step.every.seconds) // 3600, "h")
            repeated.setdefault((after, step.every), []).append(step)
        else:
            repeated.setdefault((step.after, step.every), []).append(step)
    plain.sort(key=lambda step: step.after.seconds)
    return (_within_limit(decay, plain) if decay.limit is not None else plain), repeated


def _unrolled(decay: Decay, step: Step) -> list[Step]:
    """A repeated step as plain ones, as many as its limit allows."""
    assert step.every is not None
    assert decay.limit is not None
    if step.subtract is None or step.level != Bounds():
        raise RefusedError(
            "not-implemented",
            step.path,
            "a limit over a repeated step that is no plain subtraction is not lowered",
            "write the steps one by one",
        )
    count = -(-decay.limit // max(step.subtract.value, 1))
    if count > _MOST_STEPS:
        raise RefusedError(
            "not-implemented",
            step.path,
            f"the limit allows {count} steps, which is more than {_MOST_STEPS} batches",
            "take larger steps, or a lower limit",
        )
    hours = [(step.after.seconds + n * step.every.seconds) // 3600 for n in range(count)]
    return [
        step._replace(after=Duration(n // 24, "d") if n % 24 == 0 else Duration(n, "h"), every=None)
        for n in hours
    ]


def _within_limit(decay: Decay, steps: list[Step]) -> list[Step]:
    """The steps with what the limit leaves of each."""
    left = decay.limit or 0
    found: list[Step] = []
    for step in steps:
        if step.subtract is None or step.level != Bounds():
            raise RefusedError(
                "not-implemented",
                step.path,
                "a limit over steps that are no plain subtractions is not lowered",
                "leave the limit out, or write plain subtractions",
            )
        size = min(step.subtract.value, left)
        if size:
            found.append(step if size == step.subtract.value else step._replace(subtract=Number(size)))
        left -= size
    return found


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
    _batch(b, job, f"Decay {job.decay.title} {step.after}", who, flow, 60, "decay")


def _batch(
    b: Builder,
    job: Job,
    title: str,
    who: Expr,
    flow: tuple[FlowStep, ...],
    minutes: int,
    role: str,
    qualification: str = EVERY_TIME,
) -> None:
    schedule = job.decay.schedule
    times = [nightly(b, minutes)] if schedule is None else _times(b, schedule)
    for number, time in enumerate(times):
        name = b.campaign_name(
            title if number == 0 else f"{title} at {time.rpartition(' ')[2].replace(':', '-')}"
        )
        b.campaign(
            name,
            FOLDER,
            "batch",
            who,
            flow,
            qualification=qualification,
            schedule=time,
            stage="nightly",
            role=role if number == 0 else f"{role}-{number}",
            checks=("Thresholds are still inactive when this batch runs for the first time.",),
        )


def _times(b: Builder, schedule: str) -> list[str]:
    from scorewright_marketo.lower.thresholds import schedule_times

    return [time for time, _ in schedule_times(b, schedule)]


def _counted(b: Builder, job: Job, steps: list[Step]) -> None:
    """Step i acts on who is at i - 1; activity sets the counter back."""
    decay = job.decay
    counter = b.helper(
        "Step", "integer", f"How many steps of “{decay.title}” have been taken in this silence."
    )
    awake = both(Clause(counter, "at least", ("1",)), job.quiet.ended(steps[0].after))
    reset = FlowStep("Change Data Value", (("Attribute", counter), ("New Value", "0")))
    name = b.campaign_name(f"Awake {decay.title}")
    b.campaign(
        name,
        FOLDER,
        "batch",
        awake,
        (reset,),
        schedule=nightly(b, 30),
        stage="nightly",
        role="awake",
        population=False,
        why="Whoever was active begins a new silence, in which every step acts again.",
    )
    for number, step in enumerate(steps, 1):
        before = Clause(counter, "is", (str(number - 1),))
        after = FlowStep("Change Data Value", (("Attribute", counter), ("New Value", str(number))))
        who = both(job.quiet.of(step.after), before)
        if decay.then and (step.level != Bounds() or decay.when is not None):
            _acting_and_spent(b, job, step, who, after, number)
            continue
        guard = _guard(b, job, [step])
        flow = (*_lower(b, job, [step]), *actions(b, decay.then), after)
        _batch(
            b, job, f"Decay {decay.title} {step.after}", both(who, guard), flow, 60 + number, f"step-{number}"
        )


def _acting_and_spent(b: Builder, job: Job, step: Step, who: Expr, after: FlowStep, number: int) -> None:
    """Actions go with a step that acts, so who is spared goes through a batch of their own."""
    decay = job.decay
    level = score_range(b, job.label, step.level) if step.level != Bounds() else both()
    acts = both(level, condition(b, decay.when))
    spared = [score_range(b, job.label, step.level, negated=True)] if step.level != Bounds() else []
    spared += [condition(b, decay.when, negated=True)] if decay.when is not None else []
    flow = (*_lower(b, job._replace(decay=decay), [step], when=False), *actions(b, decay.then), after)
    _batch(b, job, f"Decay {decay.title} {step.after}", both(who, acts), flow, 60 + number, f"step-{number}")
    _batch(
        b,
        job,
        f"Spared {decay.title} {step.after}",
        both(who, either(*spared)),
        (after,),
        60 + number,
        f"spared-{number}",
    )


def _repeated(b: Builder, job: Job, after: Duration, every: Duration, steps: list[Step]) -> None:
    """One batch for all levels of one interval; half a day less, so that a late start costs no day."""
    decay = job.decay
    hours = every.seconds // 3600 - 12
    if hours < 12:
        raise RefusedError(
            "not-implemented",
            steps[0].path,
            f"a step every {every} is shorter than the nights of a batch",
            "repeat by days",
        )
    if decay.then and (decay.when is not None or any(step.level != Bounds() for step in steps)):
        raise RefusedError(
            "not-implemented",
            (*decay.path, "then"),
            "actions at a repeated step with a level or a condition are not lowered",
            "write the steps one by one, without every",
        )
    b.rests_on("qualification-rolls", "qualification-memory")
    who = both(job.quiet.of(after), _guard(b, job, steps))
    flow = (*_lower(b, job, steps), *actions(b, decay.then))
    _batch(
        b,
        job,
        f"Decay {decay.title} every {every}",
        who,
        flow,
        60,
        f"every-{every}",
        f"Once every {hours} hours",
    )


# --- what one step does ------------------------------------------------------------------------------------------------------------


def _guard(b: Builder, job: Job, steps: list[Step]) -> Expr:
    """Leave out who has nothing to lose; only where nobody can gain points while silent, else steps must be spent."""
    coins = any(step.percent is not None and pc.many_bands(b, job.score, step.percent) for step in steps)
    if not coins and (not job.sure or any(step.set_to is not None for step in steps)):
        return both()
    return Clause(job.label, "greater than", (str(_stop(job)),))


def _stop(job: Job) -> int:
    stop = job.decay.stop_at.value if job.decay.stop_at is not None else 0
    return max(stop, job.score.floor.value) if job.score.floor is not None else stop


def _lower(b: Builder, job: Job, steps: list[Step], *, when: bool = True) -> tuple[FlowStep, ...]:
    """Change Score by choices, highest score first; the sums before the score whose level the choices read."""
    b.rests_on("choices", "token-not-in-conditions")
    spared: tuple[Choice, ...] = ()
    if when and job.decay.when is not None:
        clause = clause_for(
            b, job.decay.when, f"Decays {job.decay.title}", f"Who decays by “{job.decay.title}”."
        )
        spared = (Choice(_not(clause), DO_NOTHING),)
    if len(steps) == 1 and steps[0].percent is not None and pc.many_bands(b, job.score, steps[0].percent):
        return _by_coins(b, job, steps[0].percent, spared)
    sums = affected(b, job.score.key)[1:]
    if sums and len(steps) == 1 and steps[0].set_to is not None and not spared:
        return _set_with_sums(b, job, steps[0])
    found = pc.pieces(b, job.score, steps, job.decay)
    down: list[FlowStep] = []
    if sums and any(piece.set_to is not None for piece in found):
        down = [step for piece in found if pc.near(piece) for step in _to_stop(b, job, piece)]
        found = pc.spelled_out([piece for piece in found if not pc.near(piece)], steps[0].path)
    texts = [pc.text(b, piece, f"Decay - {job.decay.title} {steps[0].after}") for piece in found]
    made = down + [
        change(
            b,
            item,
            DO_NOTHING,
            (*spared, *pc.choices(job.label, found, [pc.scaled(item, t, share) for t in texts])),
        )
        for item, share in reversed(sums)
    ]
    guarded = job.sure and not sums and not spared and len(found) == 1
    if guarded and found[0].low == _stop(job) + 1 and found[0].set_to is None:
        return (*made, change(b, job.score, texts[0]))
    return _chosen(b, job, made, spared, found, texts)


def _chosen(
    b: Builder,
    job: Job,
    made: list[FlowStep],
    spared: tuple[Choice, ...],
    found: list[pc.Piece],
    texts: list[str],
) -> tuple[FlowStep, ...]:
    default = texts[-1] if found[-1].low is None else DO_NOTHING
    rows = pc.choices(job.label, found, texts)
    for piece, text in zip(found, texts, strict=True):
        if piece.subtract is not None and text.startswith("{{"):
            b.pending.append(text)
    return (*made, change(b, job.score, default, (*spared, *rows)))


def _to_stop(b: Builder, job: Job, piece: pc.Piece) -> list[FlowStep]:
    """Bit by bit, down to the stop just below the stretch; nobody else is between these bounds."""
    assert piece.set_to is not None
    assert piece.high is not None
    found: list[FlowStep] = []
    for bit in range((piece.high - piece.set_to).bit_length() - 1, -1, -1):
        coin = 1 << bit
        when = Clause(job.label, "between", (str(piece.set_to + coin), str(piece.high)))
        found += [
            change(b, item, DO_NOTHING, (Choice(when, pc.scaled(item, literal(-coin), share)),))
            for item, share in reversed(affected(b, job.score.key))
        ]
    return found


def _not(clause: Clause) -> Clause:
    from scorewright_marketo.labels import NEGATED

    if clause.operator in NEGATED and not clause.primary:
        return clause._replace(operator=NEGATED[clause.operator])
    raise RefusedError(
        "not-implemented", (), "this condition has no negation in a choice", "put it into a segment"
    )


def _by_coins(b: Builder, job: Job, percent: int, spared: tuple[Choice, ...]) -> tuple[FlowStep, ...]:
    """A share of many values: copy the score, and take powers of two off both, largest first."""
    if spared:
        raise RefusedError(
            "not-implemented",
            (*job.decay.path, "when"),
            "a percent step over so many values takes no condition",
            "write a lower [targets.marketo] largest_score, or leave `when` out",
        )
    rest = b.helper(
        "Rest", "score", f"How much of the score “{job.decay.title}” still has to look at; for one run only."
    )
    b.rests_on("lead-token-in-data-value")
    steps = [
        FlowStep("Change Data Value", (("Attribute", rest), ("New Value", "{{lead." + job.label + "}}")))
    ]
    stop = _stop(job)
    every = 100 // percent
    for bit in range((pc.reach(b, job.score) // every).bit_length() - 1, -1, -1):
        coin = 1 << bit
        edge = -(-(2 * every * coin - every) // 2)
        when = Clause(rest, "at least", (str(edge),))
        for item, share in reversed(affected(b, job.score.key)):
            steps.append(change(b, item, DO_NOTHING, (Choice(when, pc.scaled(item, literal(-coin), share)),)))
        steps.append(put(rest, DO_NOTHING, (Choice(when, literal(-every * coin)),)))
    return (*steps, *_lift(b, job, stop, percent))


def _lift(b: Builder, job: Job, stop: int, percent: int) -> list[FlowStep]:
    """Everybody in this batch was above the stop; who fell below it comes back to it."""
    most = round_half_up((stop + 1) * percent, 100) - 1
    found: list[FlowStep] = []
    for bit in range(max(most, 0).bit_length() - 1, -1, -1):
        coin = 1 << bit
        when = Clause(job.label, "at most", (str(stop - coin),))
        found += [
            change(b, item, DO_NOTHING, (Choice(when, pc.scaled(item, literal(coin), share)),))
            for item, share in reversed(affected(b, job.score.key))
        ]
    return found


def _set_with_sums(b: Builder, job: Job, step: Step) -> tuple[FlowStep, ...]:
    """Set a part; who is at or below the target stays, where the step has a level or the decay a stop."""
    assert step.set_to is not None
    target = max(step.set_to.value, _stop(job)) if job.decay.stop_at is not None else step.set_to.value
    least = step.level.least
    if step.level.upper is not None or (least is not None and least > target):
        raise RefusedError(
            "not-implemented",
            step.path,
            "a set with this level is not lowered for a score that is part of a sum",
            "write at_least with the number that the score is set to",
        )
    down = job.decay.stop_at is not None or least is not None
    return set_steps(b, job.score.key, Number(target), down_only=down)


def set_steps(b: Builder, key: str, number: Number, *, down_only: bool = False) -> tuple[FlowStep, ...]:
    """Set a score.  Sums follow bit by bit, since no step can add the difference of two fields."""
    score = b.model.scores[key]
    target = number.value
    target = max(target, score.floor.value) if score.floor is not None else target
    target = min(target, score.ceiling.value) if score.ceiling is not None else target
    b.rests_on("score-token-set")
    if len(affected(b, key)) == 1:
        return (change(b, score, f"={target}"),)
    label = b.score_field(score)
    found: list[FlowStep] = []
    for sign in (-1,) if down_only else (-1, 1):
        for bit in range(max(pc.reach(b, score), 1).bit_length() - 1, -1, -1):
            coin = 1 << bit
            when = Clause(label, "at least" if sign < 0 else "at most", (str(target - sign * coin),))
            found += [
                change(b, item, DO_NOTHING, (Choice(when, pc.scaled(item, literal(sign * coin), share)),))
                for item, share in reversed(affected(b, key))
            ]
    return tuple(found)
