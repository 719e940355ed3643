"""Point Ledger keeps every promise of the contract."""

from __future__ import annotations

from scorewright.plugin.conformance import EmulatorConformance, TargetConformance
from scorewright_ledger import TARGET


class TestLedger(TargetConformance):
    target = TARGET


class TestLedgerEmulator(EmulatorConformance):
    target = TARGET
