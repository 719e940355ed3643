"""What a person reads on the terminal, compared whole."""

from __future__ import annotations

import re
from textwrap import dedent

from hypothesis import given
from hypothesis import strategies as st

from scorewright.diagnostics.characters import width
from scorewright.diagnostics.diagnostic import Diagnostic, Place, Related
from scorewright.diagnostics.rule import Severity
from scorewright.diagnostics.text import render

LINE = 'limit = { time = 1, per = "30d" }'


def diagnostic(place: Place | None, **more: object) -> Diagnostic:
    values = {
        "code": "SW101",
        "name": "unknown-key",
        "severity": Severity.ERROR,
        "message": "there is no key time",
    }
    return Diagnostic(**{**values, "place": place, **more})  # type: ignore[arg-type]


def shown(*diagnostics: Diagnostic, color: bool = False) -> str:
    return render(diagnostics, color=color)


def expected(text: str) -> str:
    return dedent(text).lstrip("\n")


def excerpt(source: str, start: int, end: int) -> tuple[str, str]:
    """Give the source line and the caret line, without what stands before the bar."""
    lines = shown(diagnostic(Place("f", 1, start + 1, end + 1, source))).splitlines()
    return lines[3].removeprefix("1 |").removeprefix(" "), lines[4].removeprefix("  | ")


def test_nothing_to_say():
    assert render([]) == ""


def test_one_error():
    place = Place("specs/lead.toml", 14, 11, 15, LINE)
    assert shown(diagnostic(place, help='did you mean "times"?')) == expected(
        """
        error[SW101] unknown-key: there is no key time
          --> specs/lead.toml:14:11
           |
        14 | limit = { time = 1, per = "30d" }
           |           ^^^^
        help: did you mean "times"?

        1 error
        """
    )


def test_several_with_related_places_and_without_any():
    first = diagnostic(
        Place("parts/web.toml", 3, 8, 15, "[rules.contact]"),
        code="SW035",
        name="element-twice",
        message="rules.contact stands in two files: here and in lead.toml",
        help="keep one, or give one of them another id",
        related=(
            Related(Place("lead.toml", 120, 8, 15, "[rules.contact]"), "rules.contact is declared here too"),
        ),
    )
    second = diagnostic(
        Place("none.toml"), code="SW001", name="file-missing", message="there is no file none.toml"
    )
    third = diagnostic(
        None, severity=Severity.WARNING, message="a message of\ntwo lines", help="do this\nthen that"
    )
    fourth = diagnostic(None, severity=Severity.ADVICE, message="think of it")
    assert shown(first, second, third, fourth) == expected(
        """
        error[SW035] element-twice: rules.contact stands in two files: here and in lead.toml
           --> parts/web.toml:3:8
            |
          3 | [rules.contact]
            |        ^^^^^^^
        note: rules.contact is declared here too
           --> lead.toml:120:8
            |
        120 | [rules.contact]
            |        -------
        help: keep one, or give one of them another id

        error[SW001] file-missing: there is no file none.toml
         --> none.toml

        warning[SW101] unknown-key: a message of
          two lines
        help: do this
              then that

        advice[SW101] unknown-key: think of it

        2 errors, 1 warning, 1 piece of advice
        """
    )


def test_colour_only_when_asked():
    place = Place("lead.toml", 1, 1, 6, "limit = 1")
    plain, coloured = shown(diagnostic(place, help="x")), shown(diagnostic(place, help="x"), color=True)
    assert "\x1b" not in plain
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain
    assert coloured.startswith(
        "\x1b[1;31merror[SW101]\x1b[0m unknown-key: \x1b[1mthere is no key time\x1b[0m\n"
    )
    assert "\x1b[31m^^^^^\x1b[0m" in coloured


def test_carets_stand_right_behind_tabs_and_wide_characters():
    assert excerpt("\tid = 5", 6, 7) == ("    id = 5", "         ^")
    assert excerpt('a = "日本", b', 10, 11) == ('a = "日本", b', "            ^")
    assert excerpt('a = "日本"', 5, 7) == ('a = "日本"', "     ^^^^")
    assert excerpt('a = "e\u0301"', 7, 8) == ('a = "e\u0301"', "      ^")
    assert excerpt("a\tb", 1, 2) == ("a    b", " ^^^^")


def test_a_place_at_the_end_of_a_line_has_one_caret():
    assert excerpt("a =", 3, 4) == ("a =", "   ^")
    assert excerpt("", 0, 1) == ("", "^")


def test_what_a_terminal_obeys_is_shown_and_not_done():
    place = Place("a\x1b]0;x\x07.toml", 1, 6, 7, "a = '\x1b[2J\u202e\x9b\ud800'")
    text = shown(diagnostic(place, message="no \x1b[31m \r\u2066x", help="\x08\x7f"))
    assert text == expected(
        r"""
        error[SW101] unknown-key: no \u001b[31m \u000d\u2066x
         --> a\u001b]0;x\u0007.toml:1:6
          |
        1 | a = '\u001b[2J\u202e\u009b\ud800'
          |      ^^^^^^
        help: \u0008\u007f

        1 error
        """
    )
    assert text.encode()


def test_a_long_line_is_cut_round_the_carets():
    line, carets = excerpt("x" * 500 + " = bad # " + "y" * 500, 503, 506)
    assert line == "…" + "x" * 37 + " = bad # " + "y" * 72 + "…"
    assert carets == " " * 41 + "^^^"
    line, carets = excerpt("bad " + "y" * 500, 0, 3)
    assert line == "bad " + "y" * 115 + "…"
    assert carets == "^^^"
    line, carets = excerpt("x" * 500, 100, 400)
    assert line == "…" + "x" * 118 + "…"
    assert carets == " " * 41 + "^" * 79


def test_a_line_of_marks_without_width_is_cut_too():
    line, carets = excerpt("\u0301" * 10_000, 5_000, 5_001)
    assert len(line) < 300
    assert carets == " ^"


def test_a_line_that_fits_is_not_cut():
    line, carets = excerpt("x" * 110 + " = bad", 113, 116)
    assert line == "x" * 110 + " = bad"
    assert carets == " " * 113 + "^^^"


@given(st.text(st.characters(exclude_characters="\n"), max_size=400), st.integers(0, 400), st.integers(0, 50))
def test_any_line_is_shown_safely_and_short(source, start, length):
    start = min(start, len(source))
    line, carets = excerpt(source, start, min(start + max(length, 1), len(source) + 1))
    assert width(line) <= 121
    assert len(line) <= 500
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", line)
    assert re.fullmatch(r" *\^+", carets)
