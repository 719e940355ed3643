"""Marketo as its documents describe it, as a program: a bundle is read from its files, and people are played in it.

``emulator`` is what the proof asks for; ``instance`` holds what is made ready once and switches the bundle on; ``run`` and ``agenda`` play one person; ``ground``,
``campaigns``, ``flow``, ``rules``, ``logic`` and ``values`` read the tables; ``history`` says what happens in
Marketo's words; ``platform`` holds the facts that are switches, ``timing`` what no document promises.
"""

from __future__ import annotations
