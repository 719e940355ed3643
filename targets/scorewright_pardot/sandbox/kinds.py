"""The objects of API v5 as tables: fields, what of them can be written, filters, and what can be done to each kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "FIELD_TYPES",
    "FORMATS",
    "KINDS",
    "OBJECT_TYPES",
    "RELATIONS",
    "SORTS",
    "TYPES",
    "Kind",
    "value_type",
]


class Kind(NamedTuple):
    """One kind of object.

    ``fields`` can be read; ``required`` must be given at creation, ``writable`` may be, and both may be changed but for
    what is ``fixed``.  ``verbs``: create, read, update, delete, query, by their first letters.  ``bin``: deleting moves
    it to the recycle bin.  ``filters`` are the fields that a query can ask for.  ``arrays`` are read one by one only.
    """

    fields: tuple[str, ...]
    verbs: str
    filters: tuple[str, ...] = ("id",)
    required: tuple[str, ...] = ()
    writable: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()
    bin: bool = True
    tagged: bool = False
    actions: tuple[str, ...] = ()
    arrays: tuple[str, ...] = ()


_TIMES = ("createdAt", "updatedAt")
_STAMPS = (*_TIMES, "createdById", "updatedById")
_TIMED = ("id", *_TIMES)
_NAMED = ("id", "name", *_TIMES)
_GA = ("gaSource", "gaMedium", "gaTerm", "gaContent", "gaCampaign")
_PERSON = [
    "email",
    "firstName",
    "lastName",
    "company",
    "jobTitle",
    "department",
    "industry",
    "employees",
    "annualRevenue",
    "website",
    "city",
    "state",
    "zip",
    "country",
    "phone",
    "source",
    "score",
    "campaignId",
    "userId",
    "notes",
    "isDoNotEmail",
    "isDoNotCall",
    "optedOut",
]


def _fields(text: str) -> tuple[str, ...]:
    return ("id", "name", *text.split(), *_STAMPS)


KINDS: Mapping[str, Kind] = {
    "account": Kind(
        ("id", "company", "level", "website", "pluginCampaignId", "maximumDailyApiCalls", "apiCallsUsed"),
        "r",
    ),
    "campaigns": Kind(
        _fields("cost folderId parentCampaignId salesforceId isDeleted"),
        "rq",
        _NAMED,
        tagged=True,
    ),
    "custom-fields": Kind(
        _fields(
            "fieldId type isRecordMultipleResponses salesforceId isUseValues isRequired isAnalyticsSynced"
        ),
        "crudq",
        _NAMED,
        required=("name", "fieldId", "type"),
        writable=(
            "isRecordMultipleResponses",
            "salesforceId",
            "isUseValues",
            "isRequired",
            "isAnalyticsSynced",
            "valuesPrefill",
        ),
        fixed=("fieldId", "valuesPrefill"),
        bin=False,
        tagged=True,
    ),
    "custom-redirects": Kind(
        _fields(
            "campaignId destinationUrl folderId trackerDomainId vanityUrl vanityUrlPath "
            f"{' '.join(_GA)} url trackedUrl bitlyIsPersonalized bitlyShortUrl salesforceId isDeleted"
        ),
        "crudq",
        required=("name", "campaignId", "destinationUrl"),
        writable=("folderId", "trackerDomainId", "vanityUrlPath", *_GA),
        tagged=True,
    ),
    "emails": Kind(
        ("id", "name", "subject", "campaignId", "folderId", "isDeleted", "sentAt"), "rq", tagged=True
    ),
    "engagement-studio-programs": Kind(
        _fields("folderId status isDeleted salesforceId description recipientListIds suppressionListIds"),
        "crq",
        _TIMED,
        required=("name",),
        writable=("folderId",),
        arrays=("recipientListIds", "suppressionListIds"),
    ),
    "files": Kind(
        _fields("folderId campaignId vanityUrlPath trackerDomainId url size isTracked"),
        "rq",
        bin=False,
        tagged=True,
    ),
    "folder-contents": Kind(
        ("id", "folderId", "objectType", "objectId", "objectName", *_STAMPS),
        "rq",
        ("id", "folderId", "objectType", "objectId"),
        bin=False,
    ),
    "folders": Kind(_fields("parentFolderId path usePermissions"), "rq", ("id", "parentFolderId"), bin=False),
    "form-handler-fields": Kind(
        _fields("formHandlerId prospectApiFieldId fieldLabel dataFormat isRequired"),
        "crudq",
        ("id", "formHandlerId"),
        required=("name", "formHandlerId", "dataFormat", "prospectApiFieldId"),
        writable=("isRequired", "fieldLabel"),
        fixed=("formHandlerId",),
        bin=False,
    ),
    "form-handlers": Kind(
        _fields(
            "folderId campaignId trackerDomainId isDataForwarded isCookieless isAlwaysEmail successLocation "
            "errorLocation salesforceId url embedCode isDeleted"
        ),
        "crudq",
        ("id", "name", "createdAt"),
        required=("name", "campaignId"),
        writable=(
            "folderId",
            "trackerDomainId",
            "isDataForwarded",
            "isCookieless",
            "isAlwaysEmail",
            "successLocation",
            "errorLocation",
        ),
        tagged=True,
    ),
    "forms": Kind(
        _fields(
            "campaignId layoutTemplateId folderId trackerDomainId embedCode isDeleted isUseRedirectLocation "
            "salesforceId url"
        ),
        "crdq",
        ("id", "name"),
        required=("name", "campaignId", "layoutTemplateId"),
        writable=("folderId", "trackerDomainId", "isUseRedirectLocation"),
        tagged=True,
        actions=("undelete",),
    ),
    "landing-pages": Kind(
        _fields(
            "campaignId folderId formId layoutTemplateId title description trackerDomainId isDeleted url"
        ),
        "rq",
        _NAMED,
        tagged=True,
    ),
    "layout-templates": Kind(_fields("folderId isIncludeDefaultCss isDeleted"), "rq", tagged=True),
    "list-memberships": Kind(
        ("id", "listId", "prospectId", "optedOut", "isDeleted", *_STAMPS),
        "crudq",
        ("id", "listId", "prospectId", *_TIMES),
        required=("listId", "prospectId"),
        writable=("optedOut",),
        fixed=("listId", "prospectId"),
    ),
    "lists": Kind(
        _fields("title description isPublic isCrmVisible folderId campaignId isDynamic isDeleted"),
        "crudq",
        _NAMED,
        required=("name",),
        writable=("title", "description", "isPublic", "isCrmVisible", "folderId", "campaignId"),
        tagged=True,
    ),
    "prospects": Kind(
        ("id", *_PERSON, "grade", "lastActivityAt", "firstActivityAt", "assignedToId", "isDeleted", *_STAMPS),
        "crudq",
        ("id", "email", *_TIMES, "lastActivityAt", "userId", "assignedToId"),
        required=("email",),
        writable=tuple(name for name in _PERSON if name != "email"),
        tagged=True,
        actions=("undelete", "upsertLatestByEmail"),
    ),
    "tagged-objects": Kind(
        ("id", "tagId", "objectType", "objectId", "objectName", "createdAt", "createdById"),
        "rq",
        ("id", "tagId", "objectType", "objectId", "createdAt"),
        bin=False,
    ),
    "tags": Kind(_fields("objectCount"), "crudq", _NAMED, required=("name",), bin=False),
    "tracker-domains": Kind(
        ("id", "domain", "isPrimary", "isDeleted", "defaultCampaignId", "httpsStatus", *_STAMPS),
        "rq",
    ),
    "users": Kind(
        (
            "id",
            *[
                "email",
                "firstName",
                "lastName",
                "username",
                "jobTitle",
                "role",
                "roleName",
                "salesforceId",
                "isDeleted",
            ],
            *_STAMPS,
        ),
        "rq",
        ("id", "email", *_TIMES),
        tagged=True,
    ),
}
"""By the word in the path.  Sources: developer.salesforce.com, the v5 page of each object; filters as of 2022, and as of 2026-10
where a public client of that time names them (form handlers, forms, landing pages, custom fields, tags)."""

SORTS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(
        (
            "campaigns",
            "custom-fields",
            "engagement-studio-programs",
            "list-memberships",
            "lists",
            "tags",
            "users",
        ),
        _TIMED,
    ),
    "form-handlers": ("id", "createdAt"),
    "prospects": (*_TIMED, "lastActivityAt"),
}
"""By what a query can be ordered; where nothing is said, by the id alone."""

RELATIONS: Mapping[str, str] = {
    "assignedTo": "users",
    "campaign": "campaigns",
    "createdBy": "users",
    "defaultCampaign": "campaigns",
    "folder": "folders",
    "form": "forms",
    "formHandler": "form-handlers",
    "layoutTemplate": "layout-templates",
    "list": "lists",
    "parentCampaign": "campaigns",
    "parentFolder": "folders",
    "pluginCampaign": "campaigns",
    "prospect": "prospects",
    "tag": "tags",
    "trackerDomain": "tracker-domains",
    "updatedBy": "users",
    "user": "users",
}
"""What a field with a dot behind it leads to: ``campaign.name`` follows ``campaignId``."""

OBJECT_TYPES: Mapping[str, str] = {
    kind: {"files": "file", "campaigns": "campaign", "users": "user"}.get(kind, kind.removesuffix("s"))
    for kind, one in KINDS.items()
    if one.tagged
}
"""By kind, what a tagged object and a folder's content call it."""

FIELD_TYPES = (
    "text",
    "radio button",
    "checkbox",
    "dropdown",
    "textarea",
    "multi-select",
    "hidden",
    "number",
    "date",
    "crm user",
)
"""The types of a custom field, as they come back."""

FORMATS = ("text", "number", "email", "email not from isps and free email providers", "phone", "date")
"""The data formats of a form handler's field."""

TYPES: Mapping[str, str] = {
    "score": "integer",
    "objectCount": "integer",
    "size": "integer",
    "maximumDailyApiCalls": "integer",
    "apiCallsUsed": "integer",
    "cost": "number",
    "annualRevenue": "number",
    "employees": "integer",
    "optedOut": "boolean",
    "usePermissions": "boolean",
    "apiFieldId": "string",
    "fieldId": "string",
    "salesforceId": "string",
    "prospectApiFieldId": "string",
    "recipientListIds": "array",
    "suppressionListIds": "array",
}
"""Fields whose type their name does not say."""


def value_type(field: str) -> str:
    """The JSON type of a field's value."""
    if field in TYPES:
        return TYPES[field]
    if field == "id" or field.endswith("Id"):
        return "integer"
    if field.endswith("At"):
        return "datetime"
    return "boolean" if field.startswith("is") else "string"
