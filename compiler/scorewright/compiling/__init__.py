"""From a spec to files: check it, hand it to each target, hold the answer to the contract, render what came."""

from __future__ import annotations

from scorewright.compiling.run import compile_spec
from scorewright.compiling.summary import summary
from scorewright.compiling.values import Compiled

__all__ = ["Compiled", "compile_spec", "summary"]
