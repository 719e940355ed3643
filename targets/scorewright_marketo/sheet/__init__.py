"""The build sheet: sections in the order of the work, from what must be there to the switching on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.plugin.sheet import Sheet
from scorewright_marketo.names import counted
from scorewright_marketo.sheet.campaigns import campaign_sections
from scorewright_marketo.sheet.clones import clone_section, cloned_programs
from scorewright_marketo.sheet.french import FRENCH
from scorewright_marketo.sheet.ground import ground_sections
from scorewright_marketo.sheet.lists import list_section
from scorewright_marketo.sheet.switching import switching_section

if TYPE_CHECKING:
    from scorewright.plugin.sheet import Section
    from scorewright_marketo.objects import Lowered

__all__ = ["sheet"]


def sheet(lowered: Lowered) -> Sheet:
    """Everything that a person does in Marketo, in order."""
    clones = cloned_programs(lowered)
    sections: tuple[Section, ...] = (
        *ground_sections(lowered, clones),
        list_section(lowered),
        *campaign_sections(lowered, clones),
        *clone_section(lowered, clones),
        switching_section(lowered),
    )
    return Sheet(
        f"{lowered.title}: building it in Marketo",
        _intro(lowered),
        tuple(part for part in sections if part.tasks),
        FRENCH,
    )


def _intro(lowered: Lowered) -> tuple[str, ...]:
    fields = sum(not field.standard for field in lowered.fields)
    triggers = sum(campaign.type == "trigger" for campaign in lowered.campaigns)
    size = (
        f"To make: {counted(len(lowered.programs), 'program')}, {counted(fields, 'field')}, {counted(len(lowered.tokens), 'token')} "
        f"and {counted(len(lowered.campaigns), 'smart campaign')}, {triggers} of them with triggers. Everything is built inactive; "
        "the last section switches it on, in order."
    )
    tokens = (
        "Every number that can stand in a token does, because Marketo's API cannot read a flow back. Type tokens exactly as "
        "they stand here, with their sign. A number that also stands as a literal says so: change both together."
    )
    once = (
        "A fresh campaign lets each person through only once. Where this sheet says otherwise, change it under Schedule, or "
        f"the campaign works a single time in a person's life. Hours are in the time zone {lowered.timezone}."
    )
    return size, tokens, once
