"""The platform's errors as it reports them: a number and a sentence in the body, under a coarse HTTP status."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CODES", "OAUTH", "PROBLEMS", "Problem", "ProblemError"]


class Problem(NamedTuple):
    """One error: its HTTP status and its sentence."""

    status: int
    message: str


class ProblemError(Exception):
    """A request that is refused: the code, what is added to its sentence, and headers that go with it."""

    def __init__(self, code: int, detail: str = "", headers: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail
        self.headers = headers


PROBLEMS: Mapping[int, Problem] = {
    3: Problem(400, "Invalid prospect ID"),
    4: Problem(400, "Invalid prospect email address"),
    5: Problem(400, "Invalid query parameters"),
    7: Problem(400, "Invalid timestamp"),
    13: Problem(400, "One or more required parameters are missing"),
    16: Problem(400, "Invalid ID"),
    19: Problem(400, "Invalid value specified for sort_by"),
    20: Problem(400, "Invalid value specified for sort_order"),
    21: Problem(400, "Invalid value specified for offset"),
    23: Problem(400, "Invalid value specified for limit"),
    27: Problem(400, "Parameter deleted must be true or false"),
    29: Problem(400, "Invalid value specified for score"),
    36: Problem(400, "One or more required parameter values are missing"),
    38: Problem(400, "Invalid campaign ID"),
    46: Problem(405, "This API user lacks sufficient permissions for the requested operation"),
    49: Problem(401, "Access Denied"),
    55: Problem(400, "Invalid list ID"),
    58: Problem(400, "That prospect is already a member of that list. Update the membership instead."),
    60: Problem(405, "Invalid HTTP request method"),
    62: Problem(400, "Conflicting Update"),
    66: Problem(400, "You have exceeded your concurrent request limit. Please wait, before trying again"),
    67: Problem(
        400, "You have reached or exceeded the limit of how many of this type of object you may have."
    ),
    76: Problem(400, "API access was disabled"),
    97: Problem(400, "The folder ID provided does not exist"),
    108: Problem(405, "This Asset cannot be deleted because it's being used in other places."),
    109: Problem(404, "The requested record was not found."),
    122: Problem(400, "Daily API rate limit met"),
    128: Problem(400, "Cannot create campaigns"),
    129: Problem(400, "Cannot modify campaign name or cost"),
    133: Problem(400, "Up to 2 sort by options are allowed."),
    137: Problem(400, "URL is not valid. Please include a protocol (e.g., http:// or https:// )"),
    138: Problem(400, "The supplied name contains too many characters."),
    139: Problem(400, "The supplied name is not valid."),
    150: Problem(400, "Input needs to be valid JSON"),
    151: Problem(400, "Unsupported content-type"),
    152: Problem(400, "Request body can't be empty"),
    153: Problem(400, "Missing required property in request"),
    154: Problem(400, "Invalid property in request"),
    166: Problem(400, "The input is not in the required format"),
    180: Problem(400, "One or more of the specified fields are invalid"),
    181: Problem(400, "A required header is missing"),
    182: Problem(400, "Invalid header value"),
    183: Problem(500, "An internal error occurred, please try your request again"),
    184: Problem(401, "access_token is invalid, unknown, or malformed"),
    192: Problem(404, "Object specified does not exist"),
    198: Problem(404, "Endpoint not found"),
    201: Problem(400, "Business Unit specified in Pardot-Business-Unit-Id header not found or inactive."),
    202: Problem(400, "Minute rate limit met"),
    204: Problem(400, "File size exceeds the max post size or the body message can't be empty"),
    205: Problem(400, "Action name is either missing or incorrect"),
    206: Problem(400, "Invalid action argument value"),
    207: Problem(400, "Missing required action argument"),
    208: Problem(400, "Unknown action argument"),
    209: Problem(
        400,
        "Too many fields have filters: The max number of 3 distinct fields with filters was exceeded for this query.",
    ),
    210: Problem(400, "Page token has expired."),
    211: Problem(400, "Page token is invalid."),
    214: Problem(500, "API request timed out."),
    216: Problem(400, "Destination folder is full."),
    219: Problem(400, "Deleted records can't be updated. Please undelete before updating."),
    224: Problem(400, "Invalid fields for request type"),
}
"""The codes that this API answers with.  Sentences and 400, 404, 405: developer.salesforce.com, error codes; 401: measured."""

OAUTH: Mapping[str, str] = {
    "invalid_client": "invalid client credentials",
    "invalid_client_id": "client identifier invalid",
    "invalid_grant": "authentication failure",
    "unsupported_grant_type": "grant type not supported",
}
"""What the token endpoint answers with, under status 400."""

CODES: Mapping[str, str] = {
    **{str(code): problem.message for code, problem in PROBLEMS.items()},
    **OAUTH,
}
"""Every error that can be ordered."""
