"""The conformance kit: what every target promises, as pytest classes to inherit.

::

    from scorewright.plugin.conformance import EmulatorConformance, TargetConformance
    from scorewright_ledger import TARGET


    class TestLedger(TargetConformance):
        target = TARGET


    class TestLedgerEmulator(EmulatorConformance):
        target = TARGET

It is the one part of ``scorewright.plugin`` that looks at the rest of the compiler: it does to a target what
``scorewright compile`` and ``scorewright verify`` would.  Plugins import it in their tests and nowhere else.
"""

from __future__ import annotations

from scorewright.plugin.conformance.breach import PromiseBrokenError
from scorewright.plugin.conformance.suite import ApiConformance, EmulatorConformance, TargetConformance

__all__ = ["ApiConformance", "EmulatorConformance", "PromiseBrokenError", "TargetConformance"]
