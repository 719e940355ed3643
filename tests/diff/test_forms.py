"""The forms of a diff: nothing in a spec is markup, an order or a link in any of them, and none is too long."""

from __future__ import annotations

import json
import re

import pytest

from scorewright.diagnostics.json_ import dumps
from scorewright.diff.render.html import html
from scorewright.diff.render.lines import HEADINGS, clean
from scorewright.diff.render.markdown import LIMIT, MARKER, code, markdown
from scorewright.diff.render.text import text
from tests.diff.making import HEAD, changed, compared

HOSTILE = {
    "markup": "<img src=x onerror=alert(1)> <script>alert(1)</script> <!-- </details>",
    "mention": "@octocat and @github/team fix #12, GH-7 and 6cddc1d0f1e2d3c4b5a6978877665544332211ff",
    "link": "[here](https://example.com) https://example.com www.example.com javascript:alert(1)",
    "table": "| a | b |\n|---|---|",
    "code": "`one` ``two`` ```three``` ````",
    "order": "::set-output name=a::b ::error::c ##[set-env name=PATH]d ::add-mask::e",
    "control": "a\x1b[31mred\x1b[0m\x07 b\u202ereversed\u2066 c\x85 d\u2028::error::e",
    "long": "x" * 10_000,
    "escapes": "\\` \\\\ &lt; &#64;octocat",
}


def found(words):
    """A report in which every text that a writer may choose is this one, also what the reader refuses in a spec."""
    text_ = HEAD.replace('form = "Contact us"', 'form = "HOSTILE"').replace("= 50 }", "= 60 }")
    text_ = text_.replace("[rules.contact]", '[rules.contact]\ntitle = "HOSTILE"\nwhy = "HOSTILE"')
    report = compared(HEAD, text_.replace('title = "School"', 'title = "HOSTILE"'))
    return _said(report, words)


def _said(value, words):
    if isinstance(value, dict):
        return {key: _said(item, words) for key, item in value.items()}
    if isinstance(value, list):
        return [_said(item, words) for item in value]
    return value.replace("HOSTILE", words) if isinstance(value, str) else value


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_nothing_in_a_spec_gives_orders_to_a_terminal_or_a_runner(words):
    printed = text(found(words)) + markdown(found(words))
    assert not re.search(r"^\s*::", printed, re.MULTILINE)
    assert "##[" not in printed
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]", printed)


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_in_markdown_what_comes_from_a_spec_stands_in_code_alone(words):
    printed = markdown(found(words))
    outside = outside_code(printed.removeprefix(MARKER))
    allowed = {"<details>", "</details>", "<summary>", "</summary>"}
    assert set(re.findall(r"<[^>\n]*>?", outside)) <= allowed
    assert not re.search(r"[@\[\]#`|]|https?:|www\.", outside.replace("### ", ""))


def outside_code(printed):
    """The text without its code spans, read as CommonMark reads them: a span ends at as many ticks as began it."""
    kept, at = [], 0
    for match in re.finditer(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", printed):
        kept.append(printed[at : match.start()])
        at = match.end()
    return "".join([*kept, printed[at:]])


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_json_gives_every_text_back_as_it_was_and_orders_nobody(words):
    printed = dumps(found(words))
    assert json.loads(printed)["title"] == words
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]", printed)
    assert not re.search(r"^\s*::", printed, re.MULTILINE)


@pytest.mark.parametrize("words", ["`", "``", "a`", "`a", "a``b`c", "", " ", "a"])
def test_a_code_span_holds_what_it_is_given(words):
    span = code(words)
    assert outside_code(f"x {span} y") == "x  y"
    assert words.strip() in span


@pytest.mark.parametrize("rules", [1, 300, 5_000])
def test_a_comment_is_never_longer_than_it_may_be_and_says_what_it_leaves_out(rules):
    more = "".join(
        f'\n[rules.more-{place}]\ntitle = "{"long title " * 30}"\non = {{ clicks = "any-email" }}\n'
        f"points = {{ engagement = {place + 1} }}\n"
        for place in range(rules)
    )
    printed = markdown(compared(HEAD, HEAD + more))
    assert len(printed) <= LIMIT
    assert printed.startswith(MARKER + "\n")
    assert f"({rules})" in printed
    assert printed.count("<details>") == printed.count("</details>")
    shown = printed.count("\n- new ")
    if shown < rules:
        assert f"and {rules - shown:,} more" in printed


def test_hundreds_of_thresholds_and_people_with_long_names_leave_room_for_the_changes():
    more = "".join(
        f'\n[thresholds.t-{place}]\ntitle = "{"long title " * 30}"\n'
        'when = { score = "engagement", at_least = "mql" }\nthen = [\n  { notify = "owner" },\n]\n'
        for place in range(600)
    )
    report = compared(HEAD + more, (HEAD + more).replace("mql = 90", "mql = 100"))
    case = {
        "who": "x" * 5_000,
        "scores": [{"score": "y" * 5_000, "before": 0, "after": 1}] * 9,
        "thresholds": [],
    }
    people = {
        "source": "z" * 5_000,
        "people": 1,
        "scores": [],
        "thresholds": [],
        "bands": [],
        "cases": [case] * 90,
    }
    printed = markdown({**report, "people": people})
    assert len(printed) <= LIMIT
    assert "shows them all" in printed
    assert "`values.mql`" in printed
    assert len(printed.splitlines()[1]) < 1_000


def test_every_gravity_has_its_heading_and_the_grave_ones_are_open():
    text_ = HEAD.replace("mql = 90", "mql = 100").replace("= 50 }", "= 60 }").replace('"School"', '"Academy"')
    text_ = text_.replace('form = "Contact us"', 'form = "Talk to us"')
    printed = markdown(compared(HEAD, text_))
    opened, folded = printed.split("<details>")[0], printed.split("<details>")[1:]
    assert [heading in opened for heading in HEADINGS.values()] == [True, True, False, False]
    assert len(folded) == 2


def test_nothing_changed_is_said_so():
    same = changed("# nothing", "# nothing", HEAD + "# nothing\n")
    assert "Nothing changes" in text(same)
    assert "Nothing changes" in markdown(same)


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_in_html_nothing_from_a_spec_is_a_tag(words):
    from html.parser import HTMLParser

    tags, attributes, said = [], [], []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):
            tags.append(tag)
            attributes.extend(name for name, _ in attrs)

        def handle_data(self, data):
            said.append(data)

    Reader().feed(html(found(words)))
    known = {
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "main",
        "h1",
        "h2",
        "p",
        "code",
        "section",
        "ul",
        "li",
    }
    assert set(tags) <= {*known, "span"}
    assert set(attributes) <= {"lang", "charset", "http-equiv", "content", "name", "class"}
    assert clean(words) in said
