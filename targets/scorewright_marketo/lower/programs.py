"""Programs: one for the model, one for each product, by the conventions of Adobe's own program library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.plugin.notes import Note, Result
from scorewright_marketo.lower.refusal import RefusedError
from scorewright_marketo.names import clean
from scorewright_marketo.objects import Program

if TYPE_CHECKING:
    from scorewright_marketo.lower.context import Builder

__all__ = ["name_programs"]


def name_programs(b: Builder) -> None:
    """Name every program; a name over the limit is refused, never cut."""
    head = b.model.header
    b.require(
        "channel",
        "Operational",
        "Admin > Tags > Channel shows it for the program type Default; make it if it is missing.",
    )
    prefix = b.options.program_prefix
    title = clean(head.title)
    title = title[len("OP-Scoring") :].strip(" -") if title.lower().startswith("op-scoring") else title
    main = clean(b.options.program or f"{prefix}{title or head.id}")
    _name(b, None, main, head.title, f"Scoring model “{head.title}” ({head.id}).")
    for product in b.model.products.values():
        _name(
            b,
            product.id,
            clean(f"{main} {product.title}"),
            product.title,
            f"“{product.title}” in the scoring model “{head.title}”.",
        )


def _name(b: Builder, product: str | None, name: str, title: str, description: str) -> None:
    path = ("model", "title") if product is None else ("products", product)
    name = b.claim("program", name, ("program", product), product or b.model.header.id)
    try:
        b.length("program-name", name, path, "write a shorter title, or [targets.marketo] program")
    except RefusedError as refusal:
        element = "model" if product is None else f"products.{product}"
        b.notes.append(
            Note(
                refusal.name,
                Result.REFUSED,
                element,
                refusal.path,
                refusal.message,
                instead=refusal.instead,
                facts=refusal.facts,
            )
        )
    used = ("program-name-length",)
    b.programs[product] = Program(
        name,
        ("model",) if product is None else (f"products.{product}",),
        "program",
        used,
        title,
        description,
        product,
    )
