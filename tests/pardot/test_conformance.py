"""The target keeps every promise of the contract."""

from __future__ import annotations

from scorewright.plugin.conformance import ApiConformance, EmulatorConformance, TargetConformance
from scorewright_pardot import TARGET


class Pardot:
    """What is tested: classes with one base share what it has compiled."""

    target = TARGET


class TestPardot(Pardot, TargetConformance):
    pass


class TestPardotEmulator(Pardot, EmulatorConformance):
    pass


class TestPardotApi(Pardot, ApiConformance):
    pass
