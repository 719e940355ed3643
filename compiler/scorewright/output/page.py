"""The head of a page that opens from disk: it fetches nothing, and runs nothing but what it was written with."""

from __future__ import annotations

from html import escape

__all__ = ["page_head"]

_COLOURS = """\
:root { color-scheme: light dark; --back: #fff; --text: #1c1b1f; --soft: #f1f0f4; --line: #c9c5d0; --faint: #5c5965;
  --grave: #b3261e; --mark: #0b57d0; --done: #146c2e; }
@media (prefers-color-scheme: dark) { :root { --back: #18171b; --text: #e8e4ec; --soft: #2a2830; --line: #4a4652;
  --faint: #b0abba; --grave: #ff8a80; --mark: #a8c7fa; --done: #7fd491; } }
@media print { :root { color-scheme: light; --back: #fff; --text: #000; --soft: #f4f4f4; --line: #bbb; --faint: #444;
  --grave: #8c1d18; --mark: #0b57d0; --done: #146c2e; } }
@media (forced-colors: active) { :root { --back: Canvas; --text: CanvasText; --soft: Canvas; --line: CanvasText;
  --faint: CanvasText; --grave: CanvasText; --mark: LinkText; --done: CanvasText; } }
body { background: var(--back); color: var(--text); }
"""
"""Shared by all pages: every pair of a text and what it stands on has a contrast of at least 4.5 (WCAG 2.2, 1.4.3)."""


def page_head(title: str, style: str, *, script: str = "", language: str = "en") -> str:
    """From the doctype to the end of the head; ``script`` is the text that stands in the page's one script, later on.

    The policy names style and script by their digest (W3C, Content Security Policy Level 3, 2.3.1): whatever else gets
    into the page is neither run nor obeyed.
    """
    style = _COLOURS + style
    allowed = [f"style-src '{_digest(style)}'"]
    if script:
        allowed.append(f"script-src '{_digest(script)}'")
    policy = "; ".join(["default-src 'none'", *allowed, "base-uri 'none'", "form-action 'none'"])
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n"
    )


def _digest(text: str) -> str:
    from base64 import b64encode
    from hashlib import sha256

    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
