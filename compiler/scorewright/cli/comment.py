"""``scorewright comment``: put a diff on the pull request, once."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from scorewright.cli import exits, show
from scorewright.cli.options import PATH

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["comment"]


@click.command()
@click.option("--file", "path", metavar="FILE", type=PATH, required=True, help="What to write, as Markdown.")
@click.option("--key", metavar="WORD", default="", help="Tells several comments on one pull request apart.")
def comment(path: Path, key: str) -> int:
    """Write FILE as a comment on the pull request of this GitHub Actions run, or bring the one there up to date.

    The token is read from GITHUB_TOKEN.
    """
    from scorewright.comment import CommentError, UnknownPlaceError, place_of, put
    from scorewright.comment.body import body_of, marker_of
    from scorewright.comment.rules import NO_PLACE, NOT_WRITTEN

    try:
        marker = marker_of(key)
        body = body_of(path.read_text("utf-8"), marker)
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise click.BadParameter(str(error), param_hint="--file / --key") from None
    try:
        place, token = place_of(os.environ)
        done = put(place, token, marker, body)
    except UnknownPlaceError as error:
        help_ = "run it in a workflow on pull requests, with GITHUB_TOKEN: ${{ github.token }}"
        return show.stop(show.about(NO_PLACE, str(error), help_))
    except CommentError as error:
        help_ = "give the job `pull-requests: write`; from a fork, read the job's summary"
        return show.stop(show.about(NOT_WRITTEN, str(error), help_))
    show.out(f"{done} the comment on {place.repository}#{place.number}")
    return exits.DONE
