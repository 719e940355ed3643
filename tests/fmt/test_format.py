"""Before and after, case by case: what the canonical form is, and where each comment goes."""

from __future__ import annotations

import tomllib
from textwrap import dedent

import pytest

from scorewright.fmt import format_text

CASES = {
    "tables and keys in the order of the grammar, ids in the writer's": (
        """
        include = ["parts/web.toml"]
        language = 1

        [thresholds.mql]
        why = "Agreed."
        then = [{ lifecycle = "mql" }]
        when = { at_least = "mql", score = "person" }
        title = "Qualified"

        [rules.zebra]
        points = { b = 1, a = 2 }
        on = { within = "7d", at_least = 3, visits = "careers" }
        limit = { per = "7d", times = 1 }

        [rules.ant]
        on = { where = { minutes = { below = 30, at_least = 5 } }, attends = "any-webinar" }
        points = { a = 1 }

        [model]
        timezone = "UTC"
        title = "T"
        id = "t"
        """,
        """
        language = 1
        include = ["parts/web.toml"]

        [model]
        id = "t"
        title = "T"
        timezone = "UTC"

        [rules.zebra]
        on = { visits = "careers", at_least = 3, within = "7d" }
        points = { b = 1, a = 2 }
        limit = { times = 1, per = "7d" }

        [rules.ant]
        on = { attends = "any-webinar", where = { minutes = { at_least = 5, below = 30 } } }
        points = { a = 1 }

        [thresholds.mql]
        title = "Qualified"
        when = { score = "person", at_least = "mql" }
        then = [
          { lifecycle = "mql" },
        ]
        why = "Agreed."
        """,
    ),
    "of an action the verb stands first": (
        """
        then = [{ to = 3, reset = "person" }, { in = "was", snapshot = "person" }]
        [rules.a]
        then = [{ to = 3, reset = "person" }, { in = "was", snapshot = "person" }, { to = "x", set_field = "y" }]
        """,
        """
        then = [
          { to = 3, reset = "person" },
          { in = "was", snapshot = "person" },
        ]

        [rules.a]
        then = [
          { reset = "person", to = 3 },
          { snapshot = "person", in = "was" },
          { set_field = "y", to = "x" },
        ]
        """,
    ),
    "comments move with what they belong to": (
        """
        # The file.

        # Where the rest is.
        include = ["b.toml"] # one more
        # Always 1.
        language = 1
        # The end of the top.

        # Section.

        # The threshold.
        [thresholds.mql] # named so by sales
        # What is done.
        then = [ # opened
          # First.
          { mark = "mql" }, # first too

          # Second.
          { assign = "crm-rule" } # second too
          # After all.
        ] # then
        # When it is done.
        when = { score = "person", at_least = "mql" } # when
        # The end of the threshold.

        # The model.
        [model]
        title = "T" # title
        id = "t" # id

        # The end of the file.
        """,
        """
        # The file.

        # Always 1.
        language = 1
        # Where the rest is.
        include = ["b.toml"]  # one more
        # The end of the top.

        # The model.
        [model]
        id = "t"  # id
        title = "T"  # title

        # Section.

        # The threshold.
        [thresholds.mql]  # named so by sales
        # When it is done.
        when = { score = "person", at_least = "mql" }  # when
        # What is done.
        then = [  # opened
          # First.
          { mark = "mql" },  # first too

          # Second.
          { assign = "crm-rule" },  # second too
          # After all.
        ]  # then
        # The end of the threshold.

        # The end of the file.
        """,
    ),
    "the head stays on top, also right above a key that moves": (
        """
        #:schema ./scorewright.schema.json
        # A model.
        include = ["b.toml"]
        language = 1
        """,
        """
        #:schema ./scorewright.schema.json
        # A model.

        language = 1
        include = ["b.toml"]
        """,
    ),
    "a directive stays on top, also right above a table that moves": (
        """
        #:schema ./scorewright.schema.json
        [rules.a]
        [model]
        """,
        """
        #:schema ./scorewright.schema.json

        [model]

        [rules.a]
        """,
    ),
    "a comment right above the first table is the table's": (
        """
        # A rule.
        [rules.a]
        [model]
        """,
        """
        [model]

        # A rule.
        [rules.a]
        """,
    ),
    "short entries share a header, long ones and those with comments inside have their own": (
        """
        # The first.
        [assets.a] # beside a
        form = "A"
        # All assets.
        [assets]
        long = { form = "A name that is so long that it does not fit", match = "starts_with", names = { marketo = "M" } }

        # Of these there are many.
        b = { match = "contains", pages = ["/b", "/c"] }


        c = { form = "C" }
        # No more.

        [assets.d]
        form = "D" # not E
        [assets.e]
        form = "E"
        # The end of e.

        [marks]
        """,
        """
        # All assets.
        [assets]
        # The first.
        a = { form = "A" }  # beside a

        # Of these there are many.
        b = { pages = ["/b", "/c"], match = "contains" }
        c = { form = "C" }
        # No more.

        [assets.long]
        form = "A name that is so long that it does not fit"
        match = "starts_with"
        names = { marketo = "M" }

        [assets.d]
        form = "D"  # not E

        [assets.e]
        form = "E"
        # The end of e.

        [marks]
        """,
    ),
    "a header that nothing stands under goes, its comments do not": (
        """
        language = 1
        # All rules.
        [rules] # of 2026
        # None here.

        # A rule.
        [rules.a]
        """,
        """
        language = 1

        # All rules.
        # of 2026
        # None here.

        # A rule.
        [rules.a]
        """,
    ),
    "all and any are opened, other conditions stand on one line as long as they fit": (
        """
        [thresholds.a]
        unless = { any = [{ mark = "a" }, { mark = "b" }] }
        when = { not = { all = [{ mark = "a" }, { mark = "b" }] } }
        [thresholds.b]
        when.all = [{ mark = "a" }, { any = [{ score = "person", at_least = 100 }, { score = "person", at_least = "another" }] }]
        unless = { not = { any = [{ segment = "a-long-name-of-a-segment" }, { segment = "another-long-name-of-a-segment" }] } }
        """,
        """
        [thresholds.a]
        when = { not = { all = [{ mark = "a" }, { mark = "b" }] } }
        unless.any = [
          { mark = "a" },
          { mark = "b" },
        ]

        [thresholds.b]
        when.all = [
          { mark = "a" },
          { any = [{ score = "person", at_least = 100 }, { score = "person", at_least = "another" }] },
        ]
        unless.not.any = [
          { segment = "a-long-name-of-a-segment" },
          { segment = "another-long-name-of-a-segment" },
        ]
        """,
    ),
    "inside an array only what cannot be read on one line is broken": (
        """
        [tiers.a]
        cases = [
          { contains_word = ["Chief Executive Officer", "Chief Financial Officer", "Chief Operating Officer", "Vice President"], points = 1 },
          { contains_word = ["Chief Executive Officer", "Chief Financial Officer", "President"], label = "one line, though long", points = 1 },
          { when = { any = [{ field = "job-title", is = "Director" }, { field = "job-title", is = "Head" }] }, points = 1 },
        ]
        """,
        """
        [tiers.a]
        cases = [
          { contains_word = [
            "Chief Executive Officer",
            "Chief Financial Officer",
            "Chief Operating Officer",
            "Vice President",
          ], points = 1 },
          { label = "one line, though long", contains_word = ["Chief Executive Officer", "Chief Financial Officer", "President"], points = 1 },
          { when = { any = [
            { field = "job-title", is = "Director" },
            { field = "job-title", is = "Head" },
          ] }, points = 1 },
        ]
        """,
    ),
    "comments deep inside an array stay by their items": (
        """
        [segments.a]
        when = { any = [
          { all = [ # both
            { crm = "lead" }, # one
            # The other.
            { mark = "b" },
          ] }, # end
          { field = "country", is_any = ["FR", # France
            "DE"] },
        ] }
        """,
        """
        [segments.a]
        when.any = [
          { all = [  # both
            { crm = "lead" },  # one
            # The other.
            { mark = "b" },
          ] },  # end
          { field = "country", is_any = [
            "FR",  # France
            "DE",
          ] },
        ]
        """,
    ),
    "a line of more than 100 columns is broken where it can be": (
        """
        [model]
        counts_as_activity = ["visits", "opens", "clicks", "submits", "downloads", "registers", "attends", "joins"]
        exclude = ["visits", "opens", "clicks", "submits", "downloads", "registers", "attends", "misses", "wins"]
        [examples.a]
        person = { job-title = "VP Marketing", industry = "Software", annual-revenue = 10000, current-solution = "Ours" }
        [terms.a]
        values = []
        [rules.a]
        why = "A text may be as long as it likes, for there is no good place at which it could be broken into lines."
        """,
        """
        [model]
        counts_as_activity = [
          "visits",
          "opens",
          "clicks",
          "submits",
          "downloads",
          "registers",
          "attends",
          "joins",
        ]
        exclude = [
          "visits",
          "opens",
          "clicks",
          "submits",
          "downloads",
          "registers",
          "attends",
          "misses",
          "wins",
        ]

        [terms.a]
        values = []

        [rules.a]
        why = "A text may be as long as it likes, for there is no good place at which it could be broken into lines."

        [examples.a]
        person.job-title = "VP Marketing"
        person.industry = "Software"
        person.annual-revenue = 10_000
        person.current-solution = "Ours"
        """,
    ),
    "criteria are dotted, one a line": (
        """
        [grades.profile]
        start = "D"
        # Size.
        [grades.profile.criteria.size]
        thirds = 2
        when = { field = "employees", at_least = 200 }
        [grades.profile.criteria]
        place = { when = { any = [{ field = "country", is = "FR" }, { field = "country", is = "DE" }] }, thirds = 1 } # EU
        """,
        """
        [grades.profile]
        start = "D"
        # Size.
        criteria.size = { when = { field = "employees", at_least = 200 }, thirds = 2 }
        # EU
        criteria.place.when.any = [
          { field = "country", is = "FR" },
          { field = "country", is = "DE" },
        ]
        criteria.place.thirds = 1
        """,
    ),
    "there are no headers below an entry's": (
        """
        [rules.a.on]
        visits = "b"
        # Points.
        [rules.a.points] # whole
        engagement = 1
        # The end of the points.

        [[rules.a.then]]
        # Tag.
        mark = "b" # bee
        [[rules.a.then]] # and
        moment = "c"
        # The end of the rule.
        """,
        """
        [rules.a]
        on = { visits = "b" }
        # Points.
        # The end of the points.
        points = { engagement = 1 }  # whole
        then = [
          # Tag.
          # bee
          { mark = "b" },
          # The end of the rule.
          { moment = "c" },  # and
        ]
        """,
    ),
    "strings are basic, and literal where that saves escapes": (
        r"""
        [terms.a]
        values = ['a', 'say "a"', "C:\\a", 'it\s "a"', "it's \\ so", "\u00e9\u202e\u0007\t\"", "", '''b''', "a\nb"]
        [fields]
        "a" = { names = { 'b' = "B", "c d" = "C", '"' = "", "" = "" } }
        """,
        r"""
        [terms.a]
        values = ["a", 'say "a"', 'C:\a', 'it\s "a"', "it's \\ so", "é\u202E\u0007\t\"", "", "b", "a\nb"]

        [fields]
        a = { names = { b = "B", "c d" = "C", '"' = "", "" = "" } }
        """,
    ),
    "a text of several lines keeps them": (
        '''
        [rules.a]
        why = "One.\\n\\nTwo: \\\\ \\"\\"\\"\\t\\"\\n# No comment.\\n\\"" # a comment
        [rules.b]
        why = """
        Ends with its line.
        """
        [rules.c]
        why = """\\
          Folded \\
          only here."""
        ''',
        '''
        [rules.a]
        why = """
        One.

        Two: \\\\ ""\\"\\t"
        # No comment.
        \\""""  # a comment

        [rules.b]
        why = """
        Ends with its line.
        """

        [rules.c]
        why = "Folded only here."
        ''',
    ),
    "numbers and times have one spelling": (
        """
        [values]
        a = +5
        b = 1_0
        c = 0x7FFFFFFF
        d = -10000
        [targets.pardot]
        number = 1e3
        time = 2026-01-01 10:00:00.250
        utc = 2026-01-01t10:00:00-00:00
        zone = 2026-01-01T10:00:00.500000+05:30
        day = 2026-01-01
        clock = 08:00:00.10
        """,
        """
        [values]
        a = 5
        b = 10
        c = 2_147_483_647
        d = -10_000

        [targets.pardot]
        number = 1000.0
        time = 2026-01-01T10:00:00.25
        utc = 2026-01-01T10:00:00Z
        zone = 2026-01-01T10:00:00.5+05:30
        day = 2026-01-01
        clock = 08:00:00.1
        """,
    ),
    "what the language does not know is kept, behind what it knows": (
        """
        owner = "x"
        rules = 5
        [zoo]
        b = 1
        a = { c = { d = 1 } }
        [[list]]
        a = 1
        [agreements.mql]
        says = "person at least 100"
        marketing = { on = 2026-01-05, by = "Marketing" }
        [model]
        name = "x"
        why = "y"
        id = "z"
        [values]
        a = { odd = 1, of = "b", percent = 50 }
        [values.b]
        """,
        """
        owner = "x"
        rules = 5
        list = [
          { a = 1 },
        ]

        [model]
        id = "z"
        why = "y"
        name = "x"

        [values]
        a = { percent = 50, of = "b", odd = 1 }
        b = {}

        [zoo]
        b = 1
        a = { c = { d = 1 } }

        [agreements.mql]
        says = "person at least 100"
        marketing = { on = 2026-01-05, by = "Marketing" }
        """,
    ),
    "only comments": (
        """


        # A file.


        # Of comments.

        """,
        """
        # A file.

        # Of comments.
        """,
    ),
}


@pytest.mark.parametrize(("before", "after"), CASES.values(), ids=CASES.keys())
def test_a_text_becomes_canonical(before, after):
    before, after = (dedent(text).removeprefix("\n") for text in (before, after))
    assert format_text(before) == after
    assert format_text(after) == after
    assert tomllib.loads(after) == tomllib.loads(before)


def test_an_empty_file_stays_empty():
    assert format_text("") == format_text("\n\n") == ""


def test_lines_end_in_lf_and_the_last_one_ends():
    assert (
        format_text("language = 1 # one\r\n\r\n\r\n[model]\r\nid = 'x'")
        == 'language = 1  # one\n\n[model]\nid = "x"\n'
    )


def test_what_is_no_toml_is_refused():
    with pytest.raises(tomllib.TOMLDecodeError):
        format_text("[rules")
