"""The smallest spec of each feature of the language: what every target compiles, or refuses at its place."""

from __future__ import annotations

from scorewright.plugin.conformance.spec import Spec
from scorewright.plugin.conformance.specs import conditions, decay, happens, points, scores, thresholds

__all__ = ["SPECS"]

_ALL: dict[str, Spec | tuple[Spec, ...]] = {
    **happens.SPECS,
    **points.SPECS,
    **conditions.SPECS,
    **scores.SPECS,
    **decay.SPECS,
    **thresholds.SPECS,
}

SPECS: dict[str, tuple[Spec, ...]] = {
    feature: (shapes,) if isinstance(shapes, Spec) else shapes for feature, shapes in _ALL.items()
}
"""By the feature's id: its plainest shape, and others where a platform may have one and not the other."""
