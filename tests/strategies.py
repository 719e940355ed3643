"""Hypothesis strategies that make sound specs; `tests.making` does the making, so that long runs can do without."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from tests.making.choose import Choose
from tests.making.spec import make_spec

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

    from tests.making.spec import Made

__all__ = ["specs"]


@st.composite
def specs(draw: DrawFn) -> Made:
    """A sound spec: it has the grammar's shape, every name is declared, and no check of meaning calls it an error."""
    return make_spec(Choose(lambda low, high: draw(st.integers(low, high))))
