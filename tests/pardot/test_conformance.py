"""The target keeps every promise of the contract."""

from __future__ import annotations

from scorewright.plugin.conformance import ApiConformance, EmulatorConformance, TargetConformance
from scorewright_pardot import TARGET


class TestPardot(TargetConformance):
    target = TARGET


class TestPardotEmulator(EmulatorConformance):
    target = TARGET


class TestPardotApi(ApiConformance):
    target = TARGET
