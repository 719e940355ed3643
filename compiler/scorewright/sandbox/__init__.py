"""Serves a target's embedded sandbox on loopback: calls logged, faults ordered, the state on a page."""

from __future__ import annotations

from scorewright.sandbox.faults import OrderError, read_orders
from scorewright.sandbox.server import Serving, serving
from scorewright.sandbox.service import DroppedError, Service
from scorewright.sandbox.store import StoreError, open_store
from scorewright.sandbox.wsgi import application

__all__ = [
    "DroppedError",
    "OrderError",
    "Service",
    "Serving",
    "StoreError",
    "application",
    "open_store",
    "read_orders",
    "serving",
]
