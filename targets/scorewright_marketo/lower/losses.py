"""What a decay step takes: the flow that lowers a score, sets it, or takes a share, with the sums it is part of."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorewright.model.values import Bounds, Number, round_half_up
from scorewright_marketo.folders import DECAY
from scorewright_marketo.labels import NEGATED
from scorewright_marketo.lower import pieces as pc
from scorewright_marketo.lower.conditions import clause_for, condition
from scorewright_marketo.lower.expr import both, either
from scorewright_marketo.lower.points import around, execute
from scorewright_marketo.lower.sums import NOTHING, Amount, affected, change, follow, literal, put
from scorewright_marketo.objects import DO_NOTHING, Choice, Clause, FlowStep

if TYPE_CHECKING:
    from scorewright.model.elements import Decay, Score, Step
    from scorewright_marketo.lower.context import Builder
    from scorewright_marketo.lower.expr import Expr
    from scorewright_marketo.lower.silence import Silence

__all__ = ["Job", "guard", "loss", "set_steps"]


class Job(NamedTuple):
    """What the batches of one decay share."""

    decay: Decay
    score: Score
    label: str
    quiet: Silence
    sure: bool
    """Whether every point of the score comes with activity, so that nobody gains any while silent."""
    lost: str | None = None
    """Where it is kept what the silence has taken, for a limit."""


def guard(job: Job) -> Expr:
    """Leave out who has nothing to lose, where nobody can gain points while silent (else steps must be spent) and
    nothing but points is at stake: actions are for people at the stop too.
    """
    if not job.sure or job.decay.then or any(step.set_to is not None for step in job.decay.steps):
        return both()
    return Clause(job.label, "greater than", (str(stop_of(job)),))


def stop_of(job: Job) -> int:
    stop = job.decay.stop_at.value if job.decay.stop_at is not None else 0
    return max(stop, job.score.floor.value) if job.score.floor is not None else stop


def loss(b: Builder, job: Job, steps: list[Step], *, when: bool = True) -> tuple[FlowStep, ...]:
    """Change Score by choices, highest score first; the sums before the score whose level the choices read."""
    asked = job.decay.when if when else None
    inside = job.lost is not None or (asked is not None and _many_steps(b, job, steps))
    spared: tuple[Choice, ...] = ()
    if asked is not None and not inside:
        clause = clause_for(b, asked, f"Decays {job.decay.title}", f"Who decays by “{job.decay.title}”.")
        fails = _fails(b, clause)
        inside, spared = not fails, tuple(Choice(failing, DO_NOTHING) for failing in fails)
    if not inside:
        return around(b, job.score.key, _loss(b, job, steps, spared))
    inner = _loss(b, job, steps, ())
    name = b.campaign_name(f"Lower {job.decay.title} {steps[0].after}")
    who, why = (
        both(condition(b, asked), _has_room(b, job, steps)),
        "Whether somebody decays is asked once, before the first of several steps.",
    )
    role = f"lower-{steps[0].after}" if steps[0].every is None else f"lower-every-{steps[0].every}"
    b.campaign(name, DECAY, "executable", who, inner, role=role, why=why)
    return around(b, job.score.key, (execute(b, name),))


def _has_room(b: Builder, job: Job, steps: list[Step]) -> Expr:
    """Whether the silence has not yet taken all that it may; what is set is set all the same."""
    if job.lost is None or any(step.set_to is not None for step in steps):
        return both()
    b.rests_on("is-zero-matches-empty")
    return either(Clause(job.lost, "less than", (str(job.decay.limit),)), Clause(job.lost, "is", ("0",)))


def _many_steps(b: Builder, job: Job, steps: list[Step]) -> bool:
    """Whether a loss is several Change Score steps: what one of them changes must not spare somebody the next."""
    return len(affected(b, job.score.key)) > 1 or _by_half_and_half(b, job, steps)


def _by_half_and_half(b: Builder, job: Job, steps: list[Step]) -> bool:
    """Whether a share is taken by powers of two."""
    whole = len(steps) == 1 and steps[0].percent is not None and steps[0].level == Bounds()
    return whole and pc.many_bands(b, job.score, steps[0].percent or 0)


def _loss(b: Builder, job: Job, steps: list[Step], spared: tuple[Choice, ...]) -> tuple[FlowStep, ...]:
    b.rests_on("choices", "token-not-in-conditions")
    if _by_half_and_half(b, job, steps):
        return (*_by_coins(b, job, steps[0].percent or 0), *_given_back(b, job))
    sums = affected(b, job.score.key)[1:]
    if sums and len(steps) == 1 and steps[0].set_to is not None and not spared:
        return _set_with_sums(b, job, steps[0])
    found, first, last = _moved(b, job, pc.pieces(b, job.score, steps, job.decay))
    return (*first, *_by_choices(b, job, steps[0], found, spared), *last, *_given_back(b, job))


def _moved(
    b: Builder, job: Job, found: list[pc.Piece]
) -> tuple[list[pc.Piece], list[FlowStep], list[FlowStep]]:
    """What is set, where sums have to lose as much or a limit counts it: a loss for each score, or bit by bit.

    Gives the stretches that are left to choices, and what comes before and after them.
    """
    sums = len(affected(b, job.score.key)) > 1
    left: list[pc.Piece] = []
    first: list[FlowStep] = []
    down: list[FlowStep] = []
    last: list[FlowStep] = []
    for piece in found:
        if piece.set_to is None or not (sums or (job.lost is not None and piece.taken)):
            left.append(piece)
        elif pc.near(piece):
            down += _to_stop(b, job, piece)
        elif pc.wide(piece):
            copied, moves = _copied(b, job, piece, len(last))
            first, last = first + copied, last + moves
        else:
            left += pc.spelled_out(piece)
    return left, first + down, last


def _by_choices(
    b: Builder, job: Job, step: Step, found: list[pc.Piece], spared: tuple[Choice, ...]
) -> list[FlowStep]:
    """One choice for each stretch; whoever is spared comes first."""
    if not found:
        return []
    sums = affected(b, job.score.key)[1:]
    amounts = [pc.amount(b, piece, f"Decay - {job.decay.title} {step.after}") for piece in found]
    rows = [*((choice.condition, NOTHING) for choice in spared), *pc.rows(job.label, found, amounts)]
    counted = [Choice(when, literal(-amount.value)) for when, amount in rows if job.lost is not None]
    booked = [put(job.lost, DO_NOTHING, tuple(counted))] if job.lost is not None else []
    made = booked + follow(b, job.score.key, rows, itself=False)
    alone = job.sure and not job.decay.then and not sums and not spared and len(found) == 1
    if alone and not booked and found[0].low == stop_of(job) + 1 and found[0].set_to is None:
        return [*made, change(b, job.score, amounts[0].text)]
    default = amounts[-1].text if found[-1].low is None else DO_NOTHING
    b.pending.extend(amount.text for amount in amounts if amount.text.startswith("{{"))
    return [*made, change(b, job.score, default, tuple(Choice(when, amount.text) for when, amount in rows))]


def _to_stop(b: Builder, job: Job, piece: pc.Piece) -> list[FlowStep]:
    """Bit by bit, down to the stop just below the stretch; nobody else is between these bounds."""
    assert piece.set_to is not None
    assert piece.high is not None
    found: list[FlowStep] = []
    for bit in range((piece.high - piece.set_to).bit_length() - 1, -1, -1):
        coin = 1 << bit
        when = Clause(job.label, "between", (str(piece.set_to + coin), str(piece.high)))
        found += _coin_off(b, job, when, coin)
    return found


def _coin_off(b: Builder, job: Job, when: Clause, coin: int, *, taken: bool = True) -> list[FlowStep]:
    """So many points less under a condition, in the sums too; booked first, where a limit counts them."""
    booked = (
        [put(job.lost, DO_NOTHING, (Choice(when, literal(coin)),))] if job.lost is not None and taken else []
    )
    return booked + follow(b, job.score.key, [(when, _taken(coin))])


def _given_back(b: Builder, job: Job) -> list[FlowStep]:
    """What a silence has taken beyond its limit, bit by bit."""
    if job.lost is None:
        return []
    found: list[FlowStep] = []
    for bit in range(pc.reach(b, job.score).bit_length() - 1, -1, -1):
        coin = 1 << bit
        when = Clause(job.lost, "at least", (str((job.decay.limit or 0) + coin),))
        found += follow(b, job.score.key, [(when, _taken(-coin))])
        found.append(put(job.lost, DO_NOTHING, (Choice(when, literal(-coin)),)))
    return found


def _taken(coin: int) -> Amount:
    return Amount(-coin, literal(-coin))


def _fails(b: Builder, clause: Clause) -> tuple[Clause, ...]:
    """Whom a clause does not hold of: those of another value, and those of none where the operator leaves them out.

    Nothing where a choice cannot say so.
    """
    if clause.operator in NEGATED and not clause.primary:
        negative = clause._replace(operator=NEGATED[clause.operator])
        if not clause.values or b.fact("negative-operators-match-empty"):
            return (negative,)
        return negative, clause._replace(operator="is empty", values=())
    return ()


def _by_coins(b: Builder, job: Job, percent: int) -> tuple[FlowStep, ...]:
    """A share of many values: copy the score, and take powers of two off both, largest first."""
    rest = b.helper(
        "Rest", "score", f"How much of the score “{job.decay.title}” still has to look at; for one run only."
    )
    b.rests_on("lead-token-in-data-value")
    stop = stop_of(job)
    edge = _falls_to(stop, percent)
    copied = (("Attribute", rest), ("New Value", "{{lead." + job.label + "}}"))
    spares = (Choice(Clause(job.label, "at most", (str(edge),)), "0"),)
    steps = [FlowStep("Change Data Value", copied, "New Value", spares), *_near_stop(b, job, stop, edge)]
    every = 100 // percent
    for bit in range((pc.reach(b, job.score) // every).bit_length() - 1, -1, -1):
        coin = 1 << bit
        edge = -(-(2 * every * coin - every) // 2)
        when = Clause(rest, "at least", (str(edge),))
        steps += _coin_off(b, job, when, coin)
        steps.append(put(rest, DO_NOTHING, (Choice(when, literal(-every * coin)),)))
    return tuple(steps)


def _falls_to(stop: int, percent: int) -> int:
    """The greatest score that the share would take to the stop or below."""
    score = stop
    while score + 1 - round_half_up((score + 1) * percent, 100) <= stop:
        score += 1
    return score


def _near_stop(b: Builder, job: Job, stop: int, edge: int) -> list[FlowStep]:
    """Who would fall to the stop or below goes to it, before the others lose their share."""
    if edge == stop:
        return []
    piece = pc.Piece(stop + 1, edge, set_to=stop)
    if len(affected(b, job.score.key)) > 1 or job.lost is not None:
        return _to_stop(b, job, piece)
    between = Clause(job.label, "between", (str(stop + 1), str(edge)))
    return [change(b, job.score, DO_NOTHING, (Choice(between, f"={stop}"),))]


def _set_with_sums(b: Builder, job: Job, step: Step) -> tuple[FlowStep, ...]:
    """Set a part; who is at or below the target stays, where the step has a level or the decay a stop."""
    assert step.set_to is not None
    target = max(step.set_to.value, stop_of(job)) if job.decay.stop_at is not None else step.set_to.value
    least = step.level.least
    if step.level.upper is not None or (least is not None and not target <= least <= target + 1):
        return _set_inside(b, job, step, target)
    down = job.decay.stop_at is not None or least is not None
    return _set_steps(b, job.score.key, Number(target), down_only=down)


def _set_inside(b: Builder, job: Job, step: Step, target: int) -> tuple[FlowStep, ...]:
    """Set who is inside a level, and above the stop."""
    least = step.level.least
    if job.decay.stop_at is not None:
        least = stop_of(job) + 1 if least is None else max(least, stop_of(job) + 1)
    copied, moves = _copied(b, job, pc.Piece(least, step.level.most, set_to=target, taken=False), 0)
    return (*copied, *moves)


def _copied(b: Builder, job: Job, piece: pc.Piece, number: int) -> tuple[list[FlowStep], list[FlowStep]]:
    """Set a stretch: a copy of the score, for who is in it only, says how far it has to go, before and after others."""
    assert piece.set_to is not None
    rest = b.helper(
        f"Rest {number}" if number else "Rest",
        "score",
        f"How far “{job.decay.title}” still has to take the score; for one run only.",
    )
    b.rests_on("lead-token-in-data-value")
    (low, high), target = piece[:2], piece.set_to
    spares = (
        [Choice(Clause(job.label, "greater than", (str(high),)), str(target))] if high is not None else []
    )
    spares += [Choice(Clause(job.label, "less than", (str(low),)), str(target))] if low is not None else []
    empty = change(b, job.score, DO_NOTHING, (Choice(Clause(job.label, "is empty"), "=0"),))
    copied = (("Attribute", rest), ("New Value", "{{lead." + job.label + "}}"))
    moves: list[FlowStep] = []
    for sign in (1, -1):
        for bit in range(max(pc.reach(b, job.score), 1).bit_length() - 1, -1, -1):
            coin = sign << bit
            when = Clause(rest, "at least" if sign > 0 else "at most", (str(target + coin),))
            moves += _coin_off(b, job, when, coin, taken=piece.taken)
            moves.append(put(rest, DO_NOTHING, (Choice(when, literal(-coin)),)))
    return [empty, FlowStep("Change Data Value", copied, "New Value", tuple(spares))], moves


def set_steps(b: Builder, key: str, number: Number) -> tuple[FlowStep, ...]:
    """Set a score.  Sums follow bit by bit, since no step can add the difference of two fields."""
    return around(b, key, _set_steps(b, key, number))


def _set_steps(b: Builder, key: str, number: Number, *, down_only: bool = False) -> tuple[FlowStep, ...]:
    score = b.model.scores[key]
    target = number.value
    target = max(target, score.floor.value) if score.floor is not None else target
    target = min(target, score.ceiling.value) if score.ceiling is not None else target
    if len(affected(b, key)) == 1:
        return (change(b, score, f"={target}"),)
    label = b.score_field(score)
    found: list[FlowStep] = []
    if target > 0 and not down_only:  # an empty score may be no number to compare with
        found.append(change(b, score, DO_NOTHING, (Choice(Clause(label, "is empty"), "=0"),)))
    for sign in (-1,) if down_only else (-1, 1):
        for bit in range(max(pc.reach(b, score), 1).bit_length() - 1, -1, -1):
            coin = 1 << bit
            when = Clause(label, "at least" if sign < 0 else "at most", (str(target - sign * coin),))
            found += follow(b, key, [(when, _taken(-sign * coin))])
    return tuple(found)
