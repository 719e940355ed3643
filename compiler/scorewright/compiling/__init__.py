"""From a spec to files: check it, hand it to each target, hold the answer to the contract, render what came."""

from scorewright.compiling.run import Compiled, compile_spec
from scorewright.compiling.summary import summary

__all__ = ["Compiled", "compile_spec", "summary"]
