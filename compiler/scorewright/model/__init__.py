"""Frozen values that say what a spec says, and the reader that makes them from a document."""
