"""A rule's page, as text and as Markdown."""

from __future__ import annotations

from textwrap import dedent

from scorewright.diagnostics.doc import parts, render_rule, rule_markdown
from scorewright.diagnostics.rule import Rule, Severity

RULE = Rule(
    "SW900",
    "for-tests",
    Severity.WARNING,
    dedent(
        """\
        What
        A thing is so.

        What it is stands on a line of its own.

        Why
        It matters.

        Example
        Before:
            a = 1

            [t]

        After that, more.

        Use instead
            scorewright check
        """
    ),
)


def test_the_parts():
    assert parts(RULE) == {
        "What": "A thing is so.\n\nWhat it is stands on a line of its own.",
        "Why": "It matters.",
        "Example": "Before:\n    a = 1\n\n    [t]\n\nAfter that, more.",
        "Use instead": "    scorewright check",
    }


def test_as_text():
    assert render_rule(RULE) == dedent(
        """\
        SW900 for-tests (warning)

        What
          A thing is so.

          What it is stands on a line of its own.

        Why
          It matters.

        Example
          Before:
              a = 1

              [t]

          After that, more.

        Use instead
              scorewright check
        """
    )


def test_as_markdown():
    assert rule_markdown(RULE) == dedent(
        """\
        ## SW900 for-tests

        Severity: warning.

        ### What

        A thing is so.

        What it is stands on a line of its own.

        ### Why

        It matters.

        ### Example

        Before:
        ```toml
        a = 1

        [t]
        ```
        After that, more.

        ### Use instead

        ```
        scorewright check
        ```
        """
    )
