"""The target keeps every promise of the contract."""

from __future__ import annotations

from scorewright.plugin.conformance import ApiConformance, EmulatorConformance, TargetConformance
from scorewright_marketo import TARGET


class Marketo:
    """What is tested: classes with one base share what it has compiled."""

    target = TARGET


class TestMarketo(Marketo, TargetConformance):
    pass


class TestMarketoEmulator(Marketo, EmulatorConformance):
    pass


class TestMarketoApi(Marketo, ApiConformance):
    pass
