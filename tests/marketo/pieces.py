"""Pieces of specs that several tests begin with, and what is looked up in what comes of them."""

from __future__ import annotations

from tests.marketo.compiling import SCORE

CONTACT = """
[assets]
contact = { form = ["Contact us", "Call me"], names = { marketo = ["WEB Contact", "WEB Call"] } }
careers = { pages = "example.com/careers" }
letter = { email = "Newsletter" }
"""
FIT = '[scores.fit]\nkind = "fit"\n'
TWO = '[scores.total]\nkind = "combined"\nsum_of = ["lead"]\n'
ASSETS = """
[assets]
contact = { form = "Contact" }
page = { pages = "/pricing" }
paper = { file = "paper.pdf" }
news = { email = "News" }
people = { list = "People" }
"""
ON_SUBMIT = '[rules.contact]\non = { submits = "contact" }\npoints = { lead = 10 }\n'


def rule(body: str) -> str:
    """One rule, with assets that it can name and a score."""
    return f"{CONTACT}{SCORE}\n[rules.x]\n{body}\n"


def note(bundle, name):
    """The one note of this name."""
    found = [item for item in bundle.notes if item.name == name]
    assert len(found) == 1, [(item.name, item.element) for item in bundle.notes]
    return found[0]


def names(bundle):
    """The names of all notes."""
    return {item.name for item in bundle.notes}


def texts(table, rule):
    """What each filter of one kind asks for."""
    return [row["values"] for row in table["smart_list"]["filters"] if row["rule"] == rule]
