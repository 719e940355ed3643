"""The canonical form of a spec, so that a change shows in a diff as what it is and nothing else.

The text is read twice: by ``tomllib`` for the data, and by a scanner for the comments, each of which is filed under
the key path that it belongs to.  A small writer then renders the data from nothing and puts every comment back where
its key path now stands.  An editor of syntax trees (tomlkit) would have to be told for each blank, comma and header
what to do with it, and keeps what nobody named; written from the data, whatever is not the data's is canonical.
"""

from __future__ import annotations

import tomllib

__all__ = ["format_text"]


def format_text(text: str) -> str:
    """Give ``text`` in the canonical form: the same data, every comment kept, the same text when done again.

    ``text`` is any TOML that ``tomllib`` accepts, otherwise ``tomllib.TOMLDecodeError`` is raised; keys and tables
    that the language does not know are kept, behind the known ones.
    """
    from scorewright.fmt.comments import read_comments
    from scorewright.fmt.file import render

    text = text.replace("\r\n", "\n")
    return render(tomllib.loads(text), read_comments(text))
