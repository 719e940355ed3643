"""``scorewright explain CODE``: the page of one message, or the list of all."""

from __future__ import annotations

import click

from scorewright.cli import exits, show
from scorewright.cli.options import format_option

__all__ = ["explain"]


@click.command()
@click.argument("code", required=False)
@format_option("text", "json", "markdown")
def explain(code: str | None, form: str) -> int:
    """Explain a message by its CODE (SW101) or name (unknown-key).  Without one, list them all."""
    from scorewright.checks.catalogue import all_rules
    from scorewright.diagnostics.pages import find_rule, listing, page

    rules = all_rules()
    if code is None:
        show.out(listing(rules.values(), form))
        return exits.DONE
    rule, near = find_rule(rules.values(), code)
    if rule is None:
        hint = f" Did you mean {near}?" if near else " `scorewright explain` lists them all."
        raise click.BadParameter(f"no message {code!r}.{hint}", param_hint="CODE")
    show.out(page(rule, form))
    return exits.DONE
