"""Options that more than one command takes, so that they mean and say the same everywhere."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["PATH", "day", "format_option", "picks", "strict_option", "today_option"]

PATH = click.Path(path_type=Path)


def format_option(*formats: str) -> Callable[[Any], Any]:
    """``--format``; the first of ``formats`` is the default."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help="How to print.",
    )


strict_option = click.option("--strict", is_flag=True, help="Exit with 1 for warnings too.")

today_option = click.option(
    "--today",
    metavar="DATE",
    callback=lambda _context, _option, text: day(text),
    help="The day for review dates, as 2026-05-01; default: today.",
)


def day(text: str | None) -> date:
    """Read a date; without one it is today, in the machine's own zone, as a person would say it."""
    if text is None:
        return datetime.now().astimezone().date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"{text!r} is not a date; write it as 2026-05-01") from None


def picks(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Split ``--select a,b --select c`` into its words, each once."""
    return tuple(dict.fromkeys(word for text in texts for word in text.replace(",", " ").split()))
