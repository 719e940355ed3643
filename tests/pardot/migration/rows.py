"""Pairs of small specs, one for each kind of change that a live model meets."""

from __future__ import annotations

from tests.pardot.making import HEAD, TOTAL

__all__ = ["REFUSED", "REGION", "ROWS", "award", "decay", "ends", "scored"]

PAGE = """
[rules.page]
on = {{ visits = "any-page" }}
points = {{ lead = {} }}
"""
GUARDED = HEAD + 'eligible = "ours"\n'
DAYS = "active = { from = 2026-02-10, until = 2026-04-15 }\n"
SALES = '[assets]\nsales = { user = "Sales" }\n'


def award(points, limit="limit = { times = 1 }", assets='"demo"'):
    """A form that earns points, within a limit."""
    return (
        f'{TOTAL}[assets]\ndemo = {{ form = "Demo" }}\ntalk = {{ form = "Talk" }}\n'
        f"[rules.demo]\non = {{ submits = {assets} }}\npoints = {{ lead = {points} }}\n{limit}\n"
    )


def of_country(country, limit="limit = { times = 1 }"):
    """A form that earns points for who is of a country."""
    when = f'\nwhen = {{ field = "country", is = "{country}" }}'
    return award(15, limit).replace("points = { lead = 15 }", "points = { lead = 15 }" + when)


def from_the_third(text):
    """An award that is given from the third time on."""
    return text.replace('submits = "demo"', 'submits = "demo", at_least = 3')


def begins(start):
    """A score at which everybody who comes begins."""
    return award(15, "").replace("overall = true", f"overall = true\nstart = {start}")


def bounded(bound, points=None, chief=False):
    """A score within a bound, with points for a form or none, and for a title."""
    form = f'[assets]\ndemo = {{ form = "Demo" }}\n[rules.demo]\non = {{ submits = "demo" }}\npoints = {{ lead = {points} }}\n'
    holds = '[rules.chief]\nwhen = { field = "job-title", is = "CEO" }\npoints = { lead = 5 }\n'
    score = TOTAL.replace("overall = true", f"overall = true\n{bound}")
    return f"{score}{form if points else ''}{holds if chief else ''}"


def summed(overall):
    """A part that only a sum holds, while that is the overall score."""
    keep = '[targets.pardot]\nsums = { part = "total" }\n' if overall == "true" else ""
    return (
        f'{keep}[scores.part]\nkind = "engagement"\n[scores.fit]\nkind = "fit"\n[scores.lead]\nkind = "combined"\n'
        f'overall = {overall}\nsum_of = ["part", "fit"]\n[assets]\ndemo = {{ form = "Demo" }}\n'
        '[rules.demo]\non = { submits = "demo" }\npoints = { part = 15 }\n'
    )


def part_begins(start):
    """A part of the overall score that stands nowhere by itself."""
    return (
        '[targets.pardot]\nsums = { part = "total" }\n[scores.lead]\nkind = "combined"\noverall = true\nsum_of = ["part", "fit"]\n[scores.fit]\nkind = "fit"\n'
        f'[scores.part]\nkind = "engagement"\n{start}\n[assets]\ndemo = {{ form = "Demo" }}\n'
        '[rules.demo]\non = { submits = "demo" }\npoints = { part = 15 }\n'
    )


def copies_begin(start):
    """A score of each of two products."""
    return (
        '[products.tea]\nassets = { form = "tea" }\n[products.cups]\nassets = { form = "cups" }\n'
        '[assets]\ntea = { form = "Tea" }\ncups = { form = "Cups" }\n'
        f'[scores.interest]\nkind = "engagement"\neach = "product"\n{start}\n'
        '[rules.form]\non = { submits = "form" }\npoints = { interest = 15 }\neach = "product"\n'
    )


def scored(tier=15, threshold=30, more="", marks=""):
    """A tier in the total, a form that earns points, and a threshold."""
    cases = f'[tiers.title]\nscore = "lead"\nfield = "job-title"\ncases = [\n  {{ is = "CEO", points = {tier} }},\n'
    cases += '  { is = "CTO", points = 10 },\n]\n'
    return (
        f'{TOTAL}{cases if tier else ""}[assets]\ndemo = {{ form = "Demo" }}\nsales = {{ user = "Sales" }}\n'
        '[rules.demo]\non = { submits = "demo" }\npoints = { lead = 15 }\n'
        f'[thresholds.hot]\nwhen = {{ score = "lead", at_least = {threshold} }}\n{more}then = [{{ notify = "sales" }}]\n{marks}'
    )


def decay(steps, more="", points=7):
    """Page views that earn points, and silence that takes them."""
    found = TOTAL + PAGE.format(points)
    return f'{found}[decay.quiet]\nscore = "lead"\nsteps = [{steps}]\n{more}' if steps else found


def fact(title, points, keep=""):
    """Points for a title."""
    return f'{TOTAL}[rules.chief]\nwhen = {{ field = "job-title", is = "{title}" }}\npoints = {{ lead = {points} }}\n{keep}'


def fit(*cases):
    """A fit score of its own, which a field shows."""
    lines = "".join(f'  {{ is = "{title}", points = {points} }},\n' for title, points in cases)
    return f'{TOTAL}[scores.fit]\nkind = "fit"\n[tiers.t]\nscore = "fit"\nfield = "job-title"\ncases = [\n{lines}]\n'


def titles(first, second=None):
    """Tiers that ask the same, each worth so much for one title and 3 for another."""
    tiers = "".join(
        f'[tiers.{name}]\nscore = "lead"\nfield = "job-title"\n'
        f'cases = [{{ is = "CEO", points = {points} }}, {{ is = "CTO", points = 3 }}]\n'
        for name, points in (("t", first), ("u", second))
        if points is not None
    )
    return TOTAL + PAGE.format(5) + tiers


def two_thresholds(second):
    """Two thresholds of one score, from 20 and from another number on."""
    each = "".join(
        f'[thresholds.{name}]\nwhen = {{ score = "lead", at_least = {bound} }}\nthen = [{{ notify = "sales" }}]\n'
        for name, bound in (("one", 20), ("two", second))
    )
    return TOTAL + PAGE.format(5) + SALES + each


def guarded(points):
    """A tier of those who are scored, and some who are not."""
    tier = scored(points).partition("[thresholds")[0]
    return f'{tier}[fields]\nregion = {{ type = "text" }}\n[segments.ours]\nwhen = {{ field = "region", is = "EU" }}\n'


def wake_up(above, tag="#quiet"):
    """A mark that silence leaves, and a threshold that takes it off."""
    return (
        f'{TOTAL}[assets]\ndemo = {{ form = "Demo" }}\nsales = {{ user = "Sales" }}\n'
        f'[marks]\nquiet = {{ names = {{ pardot = "{tag}" }} }}\n'
        '[rules.demo]\non = { submits = "demo" }\npoints = { lead = 5 }\n'
        '[decay.q]\nscore = "lead"\nsteps = [{ after = "30d", at_least = 3, set = 3 }]\nthen = [{ mark = "quiet" }]\n'
        f'[thresholds.back]\nwhen.all = [{{ mark = "quiet" }}, {{ score = "lead", above = {above} }}]\n'
        'then = [{ unmark = "quiet" }, { notify = "sales" }]\n'
    )


def segment(region):
    """A threshold for a segment."""
    return (
        f'{TOTAL}[fields]\nregion = {{ type = "text" }}\n[segments.ours]\nwhen = {{ field = "region", is = "{region}" }}\n'
        '[assets]\ndemo = { form = "Demo" }\nsales = { user = "Sales" }\n'
        '[rules.demo]\non = { submits = "demo" }\npoints = { lead = 5 }\n'
        '[thresholds.hot]\nwhen.all = [{ segment = "ours" }, { score = "lead", above = 4 }]\nthen = [{ notify = "sales" }]\n'
    )


def parts(points):
    """A score in a category, with points for a form or none."""
    rule = (
        f'[rules.demo]\non = {{ submits = "demo" }}\npoints = {{ behaviour = {points} }}\n' if points else ""
    )
    return f'[scores.behaviour]\nkind = "engagement"\n[assets]\ndemo = {{ form = "Demo" }}\n{rule}'


def two_parts(score):
    """Two scores in categories, and a form that counts for one of them."""
    other = '[scores.interest]\nkind = "engagement"\n[rules.talk]\non = { submits = "talk" }\npoints = { interest = 15 }\n'
    assets = '[assets]\ndemo = { form = "Demo" }\ntalk = { form = "Talk" }\n'
    demo = f'[rules.demo]\non = {{ submits = "demo" }}\npoints = {{ {score} = 15 }}\n'
    return f'[scores.behaviour]\nkind = "engagement"\n{other}{assets}{demo}'


def page(points):
    """A page that is worth something of its own."""
    rule = f'[rules.price]\non = {{ visits = "pricing" }}\npoints = {{ lead = {points} }}\n'
    return f'{TOTAL}[assets]\npricing = {{ pages = ["/pricing"] }}\n{rule}'


def counts(*asked):
    """Files that earn points, and what holds of those who have taken so many of them, or seen a page."""
    facts = "".join(
        f"[rules.f{place}]\nwhen = {{ {when} }}\npoints = {{ lead = 7 }}\n"
        for place, when in enumerate(asked)
    )
    assets = (
        '[assets]\npaper = { file = "Paper" }\nfilm = { file = "Film" }\nprices = { pages = "/prices" }\n'
    )
    return f'{TOTAL}{assets}[rules.any]\non = {{ downloads = ["paper", "film"] }}\npoints = {{ lead = 2 }}\n{facts}'


def ends(term, points=15, times=1):
    """A form whose award ends, or melts."""
    return award(points, f"limit = {{ times = {times} }}\n{term}")


def named(title):
    """A form whose award ends, in a category of a name."""
    score = f'[scores.interest]\ntitle = "{title}"\nkind = "engagement"\n'
    return score + ends('expires = "20d"').removeprefix(TOTAL).replace("lead", "interest")


def through(steps, points=7, by="program", score="interest", more=""):
    """A form that earns points in a category, and a decay that a program carries out, or rules."""
    return (
        f'[assets]\ndemo = {{ form = "Demo" }}\n[scores.{score}]\nkind = "engagement"\n'
        f'[rules.demo]\non = {{ submits = "demo" }}\npoints = {{ {score} = {points} }}\n'
        f'[decay.quiet]\nscore = "{score}"\nsteps = [{steps}]\n'
        f'[targets.pardot]\ndecays = {{ quiet = "{by}" }}\nrange = {{ {score} = 60 }}\n{more}'
    )


OVERALL = (f'{TOTAL}[scores.fit]\nkind = "fit"', '[scores.fit]\nkind = "fit"\noverall = true')
REGION = '[fields]\nregion = { type = "text" }\n[segments.ours]\nwhen = { field = "region", is = "EU" }\n'
RESET = '[thresholds.far]\nwhen = { score = "lead", at_least = 15 }\nthen = [{ reset = "lead", to = 0 }]\n'
EXISTING = "existing = true\n"
ONCE_IN_A_LIFE = "limit = { times = 1 }\n"
WARM = '[thresholds.warm]\n{}when = {{ score = "lead", at_least = 15 }}\nthen = [{{ notify = "sales" }}]\n'
TEN = '{ after = "30d", subtract = 10 }'
LEVEL = '{ after = "30d", at_least = 20, subtract = 10 }'


def by_file(points=8, steps=TEN):
    """A file whose points a category gets from the baseline, beside a decay that subtracts."""
    return (
        decay(steps)
        + '[scores.river]\nkind = "engagement"\nfeeds = "lead"\n[assets]\npaper = { file = "Paper" }\n'
        f'[rules.paper]\non = {{ downloads = "paper" }}\npoints = {{ river = {points} }}\n'
    )


def opens(points):
    """E-mails that are opened, beside a decay that subtracts."""
    return (
        decay(LEVEL)
        .replace('visits = "any-page"', 'opens = "any-email"')
        .replace("lead = 7", f"lead = {points}")
    )


MORE = """
[rules.more]
on = { downloads = "paper" }
points = { river = 4 }
limit = { times = 1, per = "1d" }
"""
OTHER = (
    TOTAL
    + '[assets]\ndemo = { form = "Demo" }\n[rules.other]\non = { submits = "demo" }\npoints = { lead = 1 }\n'
)

ROWS = {
    # awards: in place, and counts go on by id
    "an award is worth more": (award(15), award(20)),
    "an award is given twice": (award(15), award(15, "limit = { times = 2 }")),
    "an award is given three times": (award(15, "limit = { times = 2 }"), award(15, "limit = { times = 3 }")),
    "an award is given once only": (award(15, "limit = { times = 2 }"), award(15)),
    "an award has another window": (
        award(15, 'limit = { times = 1, per = "30d" }'),
        award(15, 'limit = { times = 1, per = "60d" }'),
    ),
    "an award has a form more": (award(15), award(15, assets='["demo", "talk"]')),
    "an award has a form less": (award(15, assets='["demo", "talk"]'), award(15)),
    "an award goes": (award(15), OTHER),
    "an award comes": (OTHER, award(15) + "[rules.other]" + OTHER.partition("[rules.other]")[2]),
    "an award is for others": (of_country("DE"), of_country("FR")),
    "an award is for everybody": (of_country("DE"), award(15)),
    "an award that is given twice is for everybody": (
        of_country("DE", "limit = { times = 2 }"),
        award(15, "limit = { times = 2 }"),
    ),
    "an award from the third time on is for everybody": (
        from_the_third(of_country("DE", "limit = { times = 2 }")),
        from_the_third(award(15, "limit = { times = 2 }")),
    ),
    "an award of some people is for others": (
        award(15) + REGION,
        award(15) + REGION.replace("EU", "US"),
        GUARDED,
    ),
    "a limit goes": (award(15), award(15, "")),
    "a limit comes": (award(15, ""), award(15)),
    "a page is worth more": (page(5), page(8)),
    "an asset is worth more": (award(15, ""), award(20, "")),
    # what holds
    "a tier's case is worth more": (scored(15), scored(20)),
    "a tier's case lifts over the threshold": (scored(15, 18), scored(20, 18)),
    "a tier comes": (scored(0), scored(15)),
    "a tier goes": (scored(15), scored(0)),
    "a tier of some people is worth more": (guarded(15), guarded(20), GUARDED),
    "a fact is worth less than nothing": (fact("CEO", 5), fact("CEO", -5)),
    "a fact is of others": (fact("CEO", 5), fact("CTO", 5)),
    "a fact is kept for good": (fact("CEO", 5), fact("CEO", 5, "keep = true\n")),
    "a fact gets days": (fact("CEO", 5), fact("CEO", 5, DAYS)),
    "a fact has other days": (fact("CEO", 5, DAYS), fact("CEO", 5, DAYS.replace("04-15", "05-15"))),
    "a fact with days is worth more": (fact("CEO", 5, DAYS), fact("CEO", 8, DAYS)),
    "a fact loses its days": (fact("CEO", 5, DAYS), fact("CEO", 5)),
    "what is kept is worth more": (fact("CEO", 5, "keep = true\n"), fact("CEO", 8, "keep = true\n")),
    "what is kept is of others": (fact("CEO", 5, "keep = true\n"), fact("CTO", 8, "keep = true\n")),
    "what is kept goes": (fact("CEO", 5, "keep = true\n"), OTHER),
    # what holds for several at once
    "another comes to share the rules": (titles(5), titles(5, 2)),
    "the first that shared the rules goes": (titles(5, 2), titles(None, 2)),
    "one that shares the rules is worth more": (titles(5, 2), titles(5, 4)),
    "cases come to one worth": (titles(5), titles(3)),
    "cases of one worth part": (titles(3), titles(5)),
    "two thresholds come to close alike": (two_thresholds(30), two_thresholds(20)),
    "two thresholds that closed alike part": (two_thresholds(20), two_thresholds(30)),
    "a field shows another worth": (fit(("CEO", 5)), fit(("CEO", 8), ("CTO", 3))),
    "a case comes first": (fit(("CEO", 5), ("CTO", 3)), fit(("CIO", 4), ("CEO", 5), ("CTO", 3))),
    # decay
    "a step takes more": (decay(TEN), decay('{ after = "30d", subtract = 15 }')),
    "a step comes later": (decay(TEN), decay('{ after = "45d", subtract = 10 }')),
    "a step comes sooner": (decay(TEN), decay('{ after = "20d", subtract = 10 }')),
    "a step more": (decay(TEN), decay(TEN + ', { after = "60d", subtract = 5 }')),
    "a step comes twice": (decay(TEN), decay(f"{TEN}, {TEN}")),
    "a later step comes much later": (
        decay(TEN + ', { after = "60d", subtract = 5 }'),
        decay(TEN + ', { after = "121d", subtract = 5 }'),
    ),
    "a decay stops lower": (
        decay(TEN, "stop_at = 20", points=15),
        decay(TEN, "stop_at = 0", points=15),
    ),
    "a step less": (decay(TEN + ', { after = "60d", subtract = 5 }'), decay(TEN)),
    "a step that repeats takes more": (
        decay('{ after = "30d", every = "30d", subtract = 10 }'),
        decay('{ after = "30d", every = "30d", subtract = 12 }'),
    ),
    "a step that repeats comes again sooner": (
        decay('{ after = "30d", every = "30d", subtract = 10 }', points=15),
        decay('{ after = "30d", every = "15d", subtract = 10 }', points=15),
    ),
    "decay stops elsewhere": (decay(TEN, "stop_at = 20\n"), decay(TEN, "stop_at = 10\n")),
    "decay goes": (decay(TEN), decay("")),
    "decay comes": (decay(""), decay(TEN)),
    "silence sets sooner": (
        decay('{ after = "30d", at_least = 4, set = 3 }'),
        decay('{ after = "20d", at_least = 4, set = 3 }'),
    ),
    "silence sets lower": (
        decay('{ after = "30d", at_least = 4, set = 3 }'),
        decay('{ after = "30d", at_least = 2, set = 1 }'),
    ),
    # thresholds, marks, segments
    "a threshold is lowered": (scored(threshold=40), scored(threshold=30)),
    "a threshold is lowered, and existing": (scored(15, 40, EXISTING), scored(15, 30, EXISTING)),
    "a threshold is raised": (scored(threshold=30), scored(threshold=40)),
    "a threshold comes": (scored(), scored(marks=WARM.format(""))),
    "a threshold comes for who is there": (scored(), scored(marks=WARM.format(EXISTING))),
    "a threshold goes": (scored(marks=WARM.format("")), scored()),
    "a threshold fires once in a life": (scored(), scored(15, 30, ONCE_IN_A_LIFE)),
    "a threshold fires again": (scored(15, 30, ONCE_IN_A_LIFE), scored()),
    "a wake-up is lowered": (wake_up(8), wake_up(4)),
    "a mark has another tag": (wake_up(8), wake_up(8, "#still")),
    "a segment is of others": (segment("EU"), segment("US")),
    # awards that end: a program waits beside each person
    "an award ends later": (ends('expires = "20d"'), ends('expires = "40d"')),
    "an award ends sooner": (ends('expires = "40d"'), ends('expires = "20d"')),
    "an award that ends is worth more": (ends('expires = "20d"'), ends('expires = "20d"', 20)),
    "an award that ends is given twice": (ends('expires = "20d"'), ends('expires = "20d"', 15, 2)),
    "an award ends no more": (ends('expires = "20d"'), ends("")),
    "an award comes to end": (ends(""), ends('expires = "20d"')),
    "an award melts otherwise": (
        ends('fades = { subtract = 6, every = "10d" }'),
        ends('fades = { percent = 50, every = "10d" }'),
    ),
    "an award that ends goes": (ends('expires = "20d"'), OTHER),
    "an award that ends comes": (
        OTHER,
        ends('expires = "20d"') + "[rules.other]" + OTHER.partition("[rules.other]")[2],
    ),
    "an award of some people ends later": (
        ends('expires = "20d"') + REGION,
        ends('expires = "40d"') + REGION,
        GUARDED,
    ),
    "an award ends in a category of another name": (named("Interest"), named("Warmth")),
    "an award that ends is reset": (ends('expires = "20d"') + RESET, ends('expires = "40d"') + RESET),
    # decays that programs carry out
    "a program takes more": (through(TEN), through('{ after = "30d", subtract = 15 }')),
    "a program takes from fewer": (
        through('{ after = "30d", subtract = 10, above = 20 }'),
        through('{ after = "30d", subtract = 10, above = 30 }'),
    ),
    "a program comes later": (through(TEN), through('{ after = "45d", subtract = 10 }')),
    "a program comes sooner": (through(TEN), through('{ after = "20d", subtract = 10 }')),
    "a program has a step more": (through(TEN), through(TEN + ', { after = "60d", subtract = 10 }')),
    "a program repeats with more": (
        through('{ after = "30d", every = "30d", subtract = 10 }'),
        through('{ after = "30d", every = "30d", subtract = 12 }'),
    ),
    "a program brings lower": (
        through('{ after = "30d", at_least = 4, set = 3 }'),
        through('{ after = "30d", at_least = 2, set = 1 }'),
    ),
    "a program brings down later": (
        through('{ after = "30d", at_least = 4, set = 3 }'),
        through('{ after = "40d", at_least = 4, set = 3 }'),
    ),
    "a program brings down in fewer days": (
        through('{ after = "30d", at_least = 1, set = 0 }', 5),
        through('{ after = "30d", at_least = 1, set = 0 }', 5, more="settle_days = 2\n"),
    ),
    "a program in the place of rules": (through(TEN, by="bands"), through(TEN)),
    "rules in the place of a program": (through(TEN), through(TEN, by="bands")),
    "a program goes": (through(TEN), through(TEN).partition("[decay")[0]),
    "a program comes": (through(TEN).partition("[decay")[0], through(TEN)),
    # bounds that nothing passes any more
    "a ceiling is lowered, and nothing gives points": (bounded("ceiling = 40", 15), bounded("ceiling = 20")),
    "a ceiling is lowered, and only what holds gives points": (
        bounded("ceiling = 40", 15, chief=True),
        bounded("ceiling = 20", chief=True),
    ),
    "a floor is raised, and nothing takes points": (bounded("floor = -40", -15), bounded("floor = -20")),
    "a ceiling stays, and nothing gives points": (bounded("ceiling = 40", 15), bounded("ceiling = 40")),
    # starts, and limits in points
    "a score begins higher": (award(15, ""), begins(5)),
    "a score begins elsewhere": (begins(3), begins(5)),
    "a part that nothing reads begins higher": (part_begins(""), part_begins("start = 5")),
    "the copies for products begin higher": (copies_begin(""), copies_begin("start = 5")),
    "each asset comes to be counted apart": (
        award(15, assets='["demo", "talk"]'),
        award(15, 'limit = { times = 1, each = "asset" }', '["demo", "talk"]'),
    ),
    "a decay that repeats has another id": (
        decay('{ after = "30d", every = "30d", subtract = 10 }'),
        decay('{ after = "30d", every = "30d", subtract = 10 }').replace("decay.quiet", "decay.still"),
    ),
    "a version starts on another day": (award(15), f"starts = 2026-02-01\n{award(15)}"),
    "a limit in points is filled up": (
        award(15, "limit = { points = 40 }"),
        award(15, "limit = { points = 65 }"),
    ),
    "an award fills its limit up in other steps": (
        award(15, "limit = { points = 55 }"),
        award(20, "limit = { points = 55 }"),
    ),
    # waits
    "an award waits": (award(15), award(15, 'limit = { times = 1 }\nwait = "3d"')),
    "an award waits no more": (award(15, 'limit = { times = 1 }\nwait = "3d"'), award(15)),
    "an award waits for longer": (
        award(15, 'limit = { times = 1 }\nwait = "3d"'),
        award(15, 'limit = { times = 1 }\nwait = "9d"'),
    ),
    # what only actions on assets remember
    "what is counted, and seen, is asked for": (
        counts(),
        counts('downloaded = "paper", at_least = 2', 'not = { visited = "prices" }'),
    ),
    "another file counts": (
        counts('downloaded = "paper", exactly = 2'),
        counts('downloaded = ["paper", "film"], exactly = 2'),
    ),
    # the baseline
    "every page is worth more": (decay(""), decay("", points=9)),
    "every page is worth more, beside a decay": (decay(TEN), decay(TEN, points=9)),
    "a file is worth more, with its category": (by_file(), by_file(12)),
    "a file gives more, beside a row that nothing may move": (by_file(8, LEVEL), by_file(8, LEVEL) + MORE),
    "a fit score becomes the overall one": (fit(("CEO", 9)), fit(("CEO", 9)).replace(*OVERALL)),
    "another score is the overall one": (award(15, ""), award(15, "").replace("lead", "total")),
    "another score, and what holds under other ids": (
        scored(15),
        scored(15).replace("lead", "total").replace("tiers.title", "tiers.rank").replace("hot", "hotter"),
    ),
    "a new score in a category": (award(15, ""), parts("15")),
    "a form goes to another category": (two_parts("behaviour"), two_parts("interest")),
    "a category loses its form": (parts("15"), parts("")),
    "every page is worth more, beside a set": (
        decay('{ after = "30d", at_least = 4, set = 3 }'),
        decay('{ after = "30d", at_least = 4, set = 3 }', points=9),
    ),
}
"""What changes, the text before and after, and the head of both where it is another."""

REFUSED = {
    "baseline-beside-decay": (decay(LEVEL), decay(LEVEL, points=9), "on the asset by name"),
    "baseline-beside-decay, of a file": (
        by_file(8, LEVEL),
        by_file(12, LEVEL),
        'limit = { times = 1, per = "1d" }',
    ),
    "baseline-beside-decay, of opens": (opens(1), opens(2), "nothing else sees it"),
    "score-has-moved, out of a sum": (summed("true"), summed("false"), "in the overall score alone"),
    "score-has-moved, into a sum": (summed("false"), summed("true"), "nothing adds up there"),
    "score-has-moved": (fact("CEO", 5), fact("CEO", 5).replace("lead", "total"), "keep the id"),
}
"""What nothing leads to, by the note: both texts, and words of the way out."""
