"""The target keeps every promise of the contract."""

from __future__ import annotations

from scorewright.plugin.conformance import ApiConformance, EmulatorConformance, TargetConformance
from scorewright_marketo import TARGET


class TestMarketo(TargetConformance):
    target = TARGET


class TestMarketoEmulator(EmulatorConformance):
    target = TARGET


class TestMarketoApi(ApiConformance):
    target = TARGET
