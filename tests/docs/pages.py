"""Every page that is made from the code: where it stands, and what must stand there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scorewright.checks.catalogue import all_rules
from scorewright.diagnostics.json_ import dumps
from scorewright.diagnostics.pages import listing
from scorewright.plugin import registry
from scorewright.plugin.matrix import matrix, portrait
from scorewright.plugin.option_table import as_markdown
from scorewright.schema.build import json_schema
from tests.docs.accounts import accounts
from tests.docs.commands import commands
from tests.docs.person_files import person_files
from tests.docs.proof import proof
from tests.docs.reference import reference

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["between", "made_pages"]

_NOTE = "<!-- Made by `python -m tests.docs`; change the code, not this page. -->"


def made_pages(root: Path) -> dict[str, str]:
    """The text of every page by its path below the repository's root.

    Of a page that people wrote, only what stands between a pair of markers is made.
    """
    pages = {
        "docs/language.md": _inside(root, "docs/language.md", "reference", reference()),
        "docs/checks.md": f"{_NOTE}\n\n{_checks()}",
        "docs/cli.md": f"{_NOTE}\n\n{commands()}",
        "docs/person-files.md": f"{_NOTE}\n\n{person_files()}",
        "docs/verify.md": f"{_NOTE}\n\n{proof()}",
        "docs/targets.md": f"{_NOTE}\n\n{_targets()}",
        "docs/options.md": f"{_NOTE}\n\n{_options()}",
        "docs/push.md": _inside(root, "docs/push.md", "accounts", accounts()),
        "docs/schema/scorewright.schema.json": dumps(json_schema()),
        "README.md": _inside(root, "README.md", "matrix", _matrix() + "\n"),
    }
    return {path: text.rstrip() + "\n" for path, text in pages.items()}


def between(text: str, name: str, content: str) -> str:
    """The text with what stands between ``<!-- name -->`` and ``<!-- /name -->`` replaced; as it was without them."""
    pattern = re.compile(rf"(<!-- {name} -->\n)(.*?)(\n?<!-- /{name} -->)", re.DOTALL)
    return pattern.sub(lambda found: f"{found[1]}\n{content}{found[3].lstrip()}", text)


def _inside(root: Path, path: str, name: str, content: str) -> str:
    return between((root / path).read_text("utf-8"), name, content)


def _matrix() -> str:
    return matrix([registry.load(name) for name in registry.builtin_names()], "markdown")


def _checks() -> str:
    rules = sorted(all_rules().values(), key=lambda rule: rule.code)
    index = [
        f"| [{rule.code}](#{rule.code.lower()}-{rule.name}) | {rule.severity} | {rule.name} |"
        for rule in rules
    ]
    head = (
        "# Messages\n\n"
        "Every message has a code and a name; `scorewright explain CODE` prints its page in the terminal. An error\n"
        "stops a compile, a warning does not (with `--strict` it does), advice is for the reviewer. `[waive]` in a\n"
        "spec switches a warning or a piece of advice off for one element, with a reason.\n\n"
        "| code | severity | name |\n|---|---|---|\n"
    )
    return head + "\n".join(index) + "\n\n" + listing(rules, "markdown").partition("\n")[2].lstrip()


_SUPPORT = """\
`full`: as the spec says. `bounded`: with a difference that the message puts in numbers and the spec must accept by
name. `by hand`: exact, but a person must do it. `not implemented`: refused by name until it is. `impossible`: the
platform cannot, and the message says what comes nearest."""


_OPTIONS = """\
What a spec may say about how it is built on one platform. The same keys may stand in `scorewright.toml`, for every model of
a repository; those of the spec go first. A key that a target does not have, a value that it does not take, and an id that
the model does not have are errors, at the line.

    [targets.pardot]
    edition = "advanced"
    range = { engagement = 300 }

`scorewright targets NAME` prints the same, with what the platform can do and the facts that the output rests on
([targets.md](targets.md))."""


def _options() -> str:
    parts = ["# Options of the targets", _OPTIONS]
    for name in registry.builtin_names():
        target = registry.load(name)
        parts += [f"## `[targets.{name}]`: {target.title}", "\n".join(as_markdown(target))]
    return "\n\n".join(parts)


def _targets() -> str:
    portraits = (portrait(registry.load(name), "markdown") for name in registry.builtin_names())
    lower = [text.replace("\n## ", "\n### ").replace("# ", "## ", 1) for text in portraits]
    return "\n\n".join(["# What the platforms can do", _SUPPORT, _matrix(), *lower])
