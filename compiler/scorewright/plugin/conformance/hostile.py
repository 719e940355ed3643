"""Specs that are sound and unkind: long names, odd signs, names that are alike, great numbers, many of everything."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from scorewright.plugin.conformance.spec import FORM, Spec

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

__all__ = ["HOSTILE", "MANY", "crowd", "long_names", "long_text"]

MANY = 600
"""More rules than most platforms have room for."""

_READY = '\n[thresholds.ready]\nwhen = { score = "points", at_least = 50 }\n'
_NOTIFY = 'then = [{ notify = "owner" }]\n'


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


# --- limits of length ------------------------------------------------------------------------------------------------


def long_text(place: str, length: int, end: str) -> str:
    """A text of so many characters in which every word is another: what is cut off can be seen."""
    words = [f"{place}{length}"]
    while sum(map(len, words)) + len(words) < length - len(end):
        words.append(f"w{len(words):04}")
    return f"{' '.join(words)[: length - len(end) - 1]} {end}"


_PLACES: Mapping[str, str] = {
    "rule": """
[rules.a]
title = ONE
on = { submits = "any-form" }
points = { points = 3 }
limit = { times = 1 }

[rules.b]
title = TWO
on = { clicks = "any-link" }
points = { points = 4 }
limit = { times = 1 }
""",
    "score": """
[scores.a]
title = ONE
kind = "engagement"

[scores.b]
title = TWO
kind = "engagement"

[rules.form]
on = { submits = "any-form" }
points = { a = 3, b = 4 }
""",
    "form": """
[assets]
a = { form = ONE }
b = { form = TWO }

[rules.a]
on = { submits = "a" }
points = { points = 3 }

[rules.b]
on = { submits = "b" }
points = { points = 4 }
""",
    "mark": f"""{FORM}
[marks]
a = {{ title = ONE }}
b = {{ title = TWO }}
{_READY}then = [{{ mark = "a" }}, {{ mark = "b" }}]
""",
    "segment": """
[segments.a]
title = ONE
when = { field = "country", is = "Spain" }

[segments.b]
title = TWO
when = { field = "country", is = "France" }
""",
    "condition": """
[segments.a]
when = { field = "company", is = ONE }

[segments.b]
when = { field = "company", is = TWO }
""",
    "threshold": f"""{FORM}
[thresholds.a]
title = ONE
when = {{ score = "points", at_least = 30 }}
{_NOTIFY}
[thresholds.b]
title = TWO
when = {{ score = "points", at_least = 60 }}
{_NOTIFY}""",
    "task": f"""{FORM}{_READY}then = [{{ task = ONE }}, {{ task = TWO }}]
""",
}
"""Where a long text can stand: at ONE and at TWO."""


def long_names() -> Iterator[tuple[str, Spec, tuple[str, str]]]:
    """For each place where a text can stand, and each length: a spec with two texts that differ at their very end."""
    for place, tables in _PLACES.items():
        for length in (60, 300, 3000):
            texts = (long_text(place, length, "one"), long_text(place, length, "two"))
            yield (
                f"long-{place}-{length}",
                Spec(tables.replace("ONE", _quoted(texts[0])).replace("TWO", _quoted(texts[1]))),
                texts,
            )


_CROWDS: Mapping[str, tuple[str, str]] = {
    "submits": ("form", "Form {0}"),
    "visits": ("pages", "/page-{0}"),
    "opens": ("email", "E-mail {0}"),
    "clicks": ("link", "https://example.com/{0}"),
    "downloads": ("file", "File {0}"),
}
"""What many rules can be of: a verb, the kind of its asset, and what the asset is called."""


def crowd(refused: Collection[str] = (), count: int = MANY) -> Spec:
    """So many rules, each for an asset of its own and once for each person, as far as a target has that.

    ``refused`` are the features that it does not have: what the compiler refuses says nothing of the target.
    """
    verb = next((verb for verb in _CROWDS if f"event-{verb}" not in refused), "submits")
    kind, name = _CROWDS[verb]
    limit = "" if "limit-once" in refused else "limit = { times = 1 }\n"
    assets = "".join(f'a{number} = {{ {kind} = "{name.format(number)}" }}\n' for number in range(count))
    rules = "".join(
        f'\n[rules.r{number}]\non = {{ {verb} = "a{number}" }}\npoints = {{ points = {number % 97 + 1} }}\n{limit}'
        for number in range(count)
    )
    return Spec(f"\n[assets]\n{assets}{rules}")


# --- unkind, and to be borne -----------------------------------------------------------------------------------------

_ODD = (
    'Quote " and \\ back',
    "Comma, dot. semicolon; colon: bar | slash / tab\tend",
    "{{my.Token}} ${x} %s <b>&amp;</b>",
    "# not a comment",
    "=1+1",
    "École – Zürich – Łódź – 日本語 – مرحبا",
    "A\u0301 combining, \U0001f600 outside the plane, \u200bzero width",
    "  blanks at both ends  ",
    "line one\nline two",
    "-",
)


def _odd() -> str:
    parts = [
        FORM,
        "\n[marks]\n",
        *(f"m{place} = {{ title = {_quoted(text)} }}\n" for place, text in enumerate(_ODD)),
    ]
    for place, text in enumerate(_ODD):
        parts.append(
            f"\n[assets.a{place}]\nform = {_quoted(text)}\n\n[segments.s{place}]\ntitle = {_quoted(text)}\n"
        )
        parts.append(f'when = {{ field = "company", is = {_quoted(text)} }}\nwhy = {_quoted(text)}\n')
        parts.append(f'\n[rules.r{place}]\ntitle = {_quoted(text)}\non = {{ submits = "a{place}" }}\n')
        parts.append("points = { points = 2 }\nlimit = { times = 1 }\n")
    marks = ", ".join(f'{{ mark = "m{place}" }}' for place in range(len(_ODD)))
    parts.append(f"{_READY}then = [{marks}]\n")
    return "".join(parts)


def _alike() -> str:
    """Titles that are equal, equal but for their case, or equal to another element's id."""
    rules = "".join(
        f'\n[rules.{key}]\ntitle = "{title}"\non = {{ submits = "any-form" }}\npoints = {{ points = 1 }}\nlimit = {{ times = 1 }}\n'
        for key, title in (
            ("a", "Same name"),
            ("b", "Same name"),
            ("c", "SAME NAME"),
            ("d", "a"),
            ("same-name", "b"),
        )
    )
    marks = '\n[marks]\nm = { title = "Same name" }\nn = { title = "same name" }\n'
    return f'{rules}{marks}{_READY}then = [{{ mark = "m" }}, {{ mark = "n" }}]\n'


def _deep(depth: int) -> str:
    condition = '{ field = "country", is = "Spain" }'
    for level in range(depth):
        word = ("any", "all")[level % 2]
        condition = f'{{ {word} = [{condition}, {{ field = "company", is = "C{level}" }}] }}'
    return f"\n[segments.deep]\nwhen = {condition}\n"


def _wide(count: int) -> str:
    members = ", ".join(f'{{ field = "company", contains = "Company {number}" }}' for number in range(count))
    cases = "".join(f'  {{ is = "Country {number}", points = {number % 50} }},\n' for number in range(count))
    return (
        f'\n[segments.wide]\nwhen = {{ any = [{members}] }}\n\n[scores.fit]\nkind = "fit"\n'
        f'\n[tiers.place]\nscore = "fit"\nfield = "country"\ncases = [\n{cases}]\n'
    )


def _great() -> str:
    most, least = 2**31 - 1, -(2**31)
    return (
        f'\n[rules.most]\non = {{ submits = "any-form" }}\npoints = {{ points = {most} }}\n'
        f'\n[rules.least]\non = {{ clicks = "any-link" }}\npoints = {{ points = {least} }}\n'
        '\n[rules.none]\non = { opens = "any-email" }\npoints = { points = 0 }\nlimit = { times = 10000 }\n'
        f'\n[thresholds.never]\nwhen = {{ score = "points", at_least = {most} }}\n{_NOTIFY}'
    )


HOSTILE: Mapping[str, Spec] = {
    "nothing-but-a-score": Spec(""),
    "odd-signs": Spec(_odd()),
    "names-alike": Spec(_alike()),
    "nested-twelve-deep": Spec(_deep(12)),
    "two-hundred-of-each": Spec(_wide(200)),
    "great-numbers": Spec(_great()),
}
"""By name."""
