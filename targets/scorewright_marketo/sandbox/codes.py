"""The error codes of Adobe's page, with what they say; ``HTTP`` ones are no envelope but a bare status."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["BARE", "CODES", "RECORD"]

CODES: Mapping[str, str] = {
    "500": "Internal Server error",
    "502": "Bad Gateway",
    "601": "Access token invalid",
    "602": "Access token expired",
    "603": "Access denied",
    "604": "Request timed out",
    "605": "HTTP Method not supported",
    "606": "Max rate limit '100' exceeded with in '20' secs",
    "607": "Daily quota reached",
    "608": "API Temporarily Unavailable",
    "609": "Invalid JSON",
    "610": "Requested resource not found",
    "611": "System error",
    "612": "Invalid Content Type",
    "613": "Invalid Multipart Request",
    "614": "Invalid Subscription",
    "615": "Concurrent access limit reached",
    "616": "Invalid subscription type",
    "701": "name cannot be blank",
    "702": "No data found",
    "703": "The feature is not enabled for the subscription",
    "704": "Invalid date format",
    "709": "Business Rule Violation",
    "710": "Parent Folder Not Found",
    "711": "Incompatible Folder Type",
    "713": "Transient Error",
    "719": "Lock wait timeout exception",
    "1001": "Invalid value. Required of type 'Integer'",
    "1002": "Missing value for the required parameter",
    "1003": "Invalid data",
    "1006": "Field not found",
    "1013": "Object not found",
    "1017": "Object already exists",
    "1022": "Object in use",
    "http-401": "Unauthorized",
    "http-413": "Request Entity Too Large",
    "http-414": "Request-URI Too Long",
    "http-500": "Internal Server Error",
    "http-502": "Bad Gateway",
    "http-503": "Service Unavailable",
}
"""Every code that can be ordered, and its message.

Source: experienceleague.adobe.com/en/docs/marketo-developer/marketo/rest/error-codes.
"""

RECORD = frozenset(code for code in CODES if code.startswith("1"))
"""Codes of single records: the envelope says ``success``."""

BARE = frozenset(code for code in CODES if code.startswith("http-"))
"""What a gateway or the identity endpoint answers: a status without an envelope."""
