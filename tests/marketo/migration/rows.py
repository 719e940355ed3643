"""Pairs of small specs, one for each kind of change: those of the other platform, and what only Marketo has."""

from __future__ import annotations

from tests.pardot.making import TOTAL
from tests.pardot.migration import rows
from tests.pardot.migration.rows import GUARDED, TEN, award, decay, guarded, scored, wake_up

__all__ = ["REFUSED", "ROWS"]

SIXTY = '{ after = "60d", subtract = 5 }'
PARTS = (
    '[scores.lead]\nkind = "engagement"\n[scores.fit]\nkind = "fit"\n[assets]\ndemo = { form = "Demo" }\n'
    '[rules.demo]\non = { submits = "demo" }\npoints = { lead = 10 }\n'
)
RANK = '[fields]\nrank = { type = "number" }\n'


def titled(title, limit="limit = { times = 2 }"):
    """An award of a rule with a title, after which fields and campaigns are called."""
    return award(15, f'{limit}\ntitle = "{title}"')


def ends(points, more):
    """An award that ends one day, or melts."""
    return award(points, more)


def in_all(tier, of):
    """A fit score in a sum."""
    cases = f'[{{ is = "CEO", points = {tier} }}, {{ is = "CTO", points = 3 }}]'
    total = f'[scores.all]\nkind = "combined"\noverall = true\n{of}\n'
    return f'{PARTS}{total}[tiers.t]\nscore = "fit"\nfield = "job-title"\ncases = {cases}\n'


def copied(percent, most=50):
    """A field whose value counts as points."""
    bounds = f"percent = {percent}\nat_least = 0\nat_most = {most}"
    return f'{award(10, "")}{RANK}[inputs.rank]\nfield = "rank"\nscore = "lead"\n{bounds}\n'


def marked(name):
    """A mark that is called something of its own on Marketo."""
    return wake_up(8).replace('pardot = "#quiet"', f'marketo = "{name}"')


def called(label):
    """A score whose field is called something of its own."""
    return scored(15).replace("overall = true", f'names = {{ marketo = "{label}" }}')


def together(points):
    """Two awards that share an account of points."""
    group = f'[groups.g]\nscore = "lead"\nlimit = {{ points = {points}, per = "30d" }}\n'
    talk = '[rules.talk]\non = { submits = "talk" }\npoints = { lead = 10 }\ngroup = "g"\n'
    return award(10, 'group = "g"') + group + talk


def seen(*ids):
    """Rules that ask how often one page has been seen; what counts is called after the first of them."""
    rules = (
        f'[rules.{id}]\non = {{ visits = "pricing", at_least = {nth} }}\npoints = {{ lead = {nth} }}\nlimit = {{ times = 1 }}\n'
        for id, nth in zip(("twice", "often"), (2, 4), strict=True)
        if id in ids
    )
    return f'{TOTAL}[assets]\npricing = {{ pages = ["/pricing"] }}\n{"".join(rules)}'


def two_scores(second):
    """A fact with points for two scores, of which its record names the first."""
    other = '[scores.other]\nkind = "engagement"\n[rules.chief]\nwhen = { field = "job-title", is = "CEO" }\n'
    return f"{TOTAL}{other}points = {{ lead = 5, other = {second} }}\n"


def word(text):
    """A tier that looks for a whole word, in a helper field."""
    cases = f'[{{ contains_word = "{text}", points = 9 }}]'
    return f'[scores.fit]\nkind = "fit"\n[tiers.r]\nscore = "fit"\nfield = "job-title"\ncases = {cases}\n'


def graded(thirds):
    """A letter, which is worked out for those alone whose fields change."""
    grade = (
        '[grades.fit]\nstart = "D"\n[grades.fit.criteria.role]\nwhen = { field = "job-title", is = "CEO" }\n'
    )
    return f"{award(10, '')}{grade}thirds = {thirds}\n"


def opened(twice):
    """A tier that asks what was done, by lists of its own."""
    news = award(10, "").replace("[assets]", '[assets]\nnews = { email = "News" }')
    case = '{ when = { opened = "news", exactly = 1, within = "14d" }, points = 9 }'
    tier = f'[scores.fit]\nkind = "fit"\n[tiers.o]\nscore = "fit"\ncases = [{case}]\n'
    return news + (tier if twice else "")


def ceiling(text):
    """A total that is held."""
    return award(15, "").replace("overall = true", f"overall = true\n{text}")


def held(most):
    """A fact's points in a total that is held."""
    return rows.fact("CEO", 5).replace("overall = true", f"overall = true\nceiling = {most}")


EACH = 'limit = { times = 1, each = "asset" }'
BOTH = '["demo", "talk"]'
NO_TIER = guarded(15).replace("[tiers.title]", "[scores.x]").partition("[scores.x]")
NO_TIER = NO_TIER[0] + "[assets]" + NO_TIER[2].partition("[assets]")[2]

OWN = {
    "the first step goes": (decay(f"{TEN}, {SIXTY}"), decay(SIXTY)),
    "a step comes first": (decay(SIXTY), decay(f"{TEN}, {SIXTY}")),
    "a step begins to repeat": (decay(TEN), decay('{ after = "30d", every = "30d", subtract = 10 }')),
    "a silence becomes longer than the log": (decay(TEN), decay('{ after = "120d", subtract = 10 }')),
    "a silence becomes longer than the log, and lifts who is low": (
        decay(TEN),
        decay('{ after = "120d", set = 25 }'),
    ),
    "a silence is called otherwise": (decay(TEN, 'title = "One"\n'), decay(TEN, 'title = "Two"\n')),
    "an award is called otherwise": (titled("One"), titled("Two")),
    "an award of one time is called otherwise": (
        titled("One", "limit = { times = 1 }"),
        titled("Two", "limit = { times = 1 }"),
    ),
    "a form more is counted apart": (award(15, EACH), award(15, EACH, BOTH)),
    "a form less is counted apart": (award(15, EACH, BOTH), award(15, EACH)),
    "an award that ends is worth more": (ends(15, 'expires = "30d"'), ends(20, 'expires = "30d"')),
    "an award ends no more": (ends(15, 'expires = "30d"'), ends(15, "")),
    "an award that ends goes, and the score is called otherwise": (
        ends(15, 'expires = "30d"').replace("overall = true", 'names = { marketo = "Heat" }'),
        rows.OTHER.replace("overall = true", 'names = { marketo = "Warmth" }'),
    ),
    "an award melts more slowly": (
        ends(15, 'fades = { every = "10d", subtract = 5 }'),
        ends(15, 'fades = { every = "10d", subtract = 3 }'),
    ),
    "an award melts by more, in as many steps, which are requested by parts": (
        ends(96, 'fades = { every = "3d", subtract = 4 }'),
        ends(192, 'fades = { every = "3d", subtract = 8 }'),
    ),
    "a limit in points is raised": (
        award(15, "limit = { points = 40 }"),
        award(15, "limit = { points = 55 }"),
    ),
    "each asset comes to be counted apart": (award(15, assets=BOTH), award(15, EACH, BOTH)),
    "all assets come to be counted together": (award(15, EACH, BOTH), award(15, assets=BOTH)),
    "a shared window is shorter": (together(30), together(30).replace("30d", "15d")),
    "a shared limit is raised": (together(30), together(50)),
    "a program is called otherwise": (
        f'{scored(15)}[targets.marketo]\nprogram = "A"\n',
        f'{scored(15)}[targets.marketo]\nprogram = "B"\n',
    ),
    "helper fields are called otherwise": (
        scored(15),
        f'{scored(15)}[targets.marketo]\nhelper_prefix = "ZZ"\n',
    ),
    "few campaigns are wanted": (scored(15), f"{scored(15)}[targets.marketo]\nfew_campaigns = true\n"),
    "a mark is called otherwise": (marked("Quiet"), marked("Still")),
    "a score is overall no more, and nothing gives it points": (
        award(15, ""),
        TOTAL.replace("overall = true", ""),
    ),
    "a score is called otherwise": (called("Heat"), called("Warmth")),
    "a tier in a sum is worth more": (
        in_all(15, 'sum_of = ["lead", "fit"]'),
        in_all(20, 'sum_of = ["lead", "fit"]'),
    ),
    "a tier in shares is worth more": (
        in_all(15, "percent_of = { lead = 50, fit = 35 }"),
        in_all(20, "percent_of = { lead = 50, fit = 35 }"),
    ),
    "a field counts for more": (copied(50), copied(100)),
    "a field counts up to less": (copied(100), copied(100, 20)),
    "a field counts no more": (copied(100), award(10, "")),
    "a fact's second score gets more": (two_scores(3), two_scores(4)),
    "a grade's criterion weighs more": (graded(1), graded(2)),
    "lists that ask for lists go": (opened(True), opened(False)),
    "the first of two that share a count goes": (seen("twice", "often"), seen("often")),
    "another asks for the count": (seen("twice"), seen("twice", "often")),
    "one of two that share a count comes to be dated": (
        seen("twice", "often"),
        seen("twice", "often").replace("limit", "active = { until = 2099-12-31 }\nlimit", 1),
    ),
    "another word is looked for": (word("CEO"), word("COO")),
    "a ceiling comes": (ceiling(""), ceiling("ceiling = 40")),
    "a ceiling comes, and what holds waits for its turn": (rows.fact("CEO", 5), held(40)),
    "a ceiling goes, and what holds is looked at alone": (held(40), rows.fact("CEO", 5)),
    "a ceiling is lowered": (ceiling("ceiling = 60"), ceiling("ceiling = 40")),
    "a tier of some people goes": (guarded(15), NO_TIER, GUARDED),
}

_OTHERS = {
    "a mark has another tag",
    "a program brings down in fewer days",
    "a program in the place of rules",
    "rules in the place of a program",
    "what is counted, and seen, is asked for",
    "another file counts",
    "another score is the overall one",
    "another score, and what holds under other ids",
}
ROWS = {name: row for name, row in rows.ROWS.items() if name not in _OTHERS} | OWN
"""What changes, the text before and after, and the head of both where it is another."""

REFUSED = {
    "score-has-moved": (
        in_all(15, "percent_of = { lead = 50, fit = 50 }"),
        in_all(15, "percent_of = { lead = 20, fit = 50 }"),
    ),
    "outside-keep-theirs": (
        two_scores(3) + '[segments.ours]\nwhen = { field = "country", is = "DE" }\n',
        two_scores(4) + '[segments.ours]\nwhen = { field = "country", is = "DE" }\n',
        GUARDED,
    ),
}
