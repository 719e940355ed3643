"""One comment on a pull request that is written once and then kept up to date."""

from __future__ import annotations

from scorewright.comment.github import CommentError, Place, put
from scorewright.comment.place import UnknownPlaceError, place_of

__all__ = ["CommentError", "Place", "UnknownPlaceError", "place_of", "put"]
