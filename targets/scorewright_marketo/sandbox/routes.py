"""Which call goes where: a table of methods and paths."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from scorewright_marketo.sandbox import (
    campaigns,
    catalogue,
    database,
    fields,
    folders,
    lists,
    programs,
    tokens,
)
from scorewright_marketo.sandbox.envelope import PlatformError

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["ROUTES", "Route", "route"]

_ASSET, _LEADS = "/rest/asset/v1", "/rest/v1"


class Route(NamedTuple):
    """A call of the API: method, path with ``{}`` for what varies, who answers, and whether it changes something."""

    method: str
    path: str
    handler: Callable[..., Any]

    @property
    def writes(self) -> bool:
        """Whether it changes something."""
        return self.method != "GET"


ROUTES: tuple[Route, ...] = (
    Route("GET", f"{_ASSET}/folder/byName.json", folders.by_name),
    Route("GET", f"{_ASSET}/folders.json", folders.browse),
    Route("POST", f"{_ASSET}/folders.json", folders.create),
    Route("GET", f"{_ASSET}/folder/{{}}.json", folders.by_id),
    Route("POST", f"{_ASSET}/folder/{{}}.json", folders.update),
    Route("GET", f"{_ASSET}/folder/{{}}/content.json", folders.content),
    Route("POST", f"{_ASSET}/folder/{{}}/delete.json", folders.delete),
    Route("GET", f"{_ASSET}/folder/{{}}/tokens.json", tokens.every),
    Route("POST", f"{_ASSET}/folder/{{}}/tokens.json", tokens.put),
    Route("POST", f"{_ASSET}/folder/{{}}/tokens/delete.json", tokens.delete),
    Route("GET", f"{_ASSET}/program/byName.json", programs.by_name),
    Route("GET", f"{_ASSET}/program/byTag.json", programs.by_tag),
    Route("GET", f"{_ASSET}/programs.json", programs.browse),
    Route("POST", f"{_ASSET}/programs.json", programs.create),
    Route("GET", f"{_ASSET}/program/{{}}.json", programs.by_id),
    Route("POST", f"{_ASSET}/program/{{}}.json", programs.update),
    Route("POST", f"{_ASSET}/program/{{}}/clone.json", programs.clone),
    Route("POST", f"{_ASSET}/program/{{}}/delete.json", programs.delete),
    Route("POST", f"{_ASSET}/program/{{}}/tag/{{}}/delete.json", programs.drop_tag),
    Route("POST", f"{_ASSET}/program/{{}}/tag/{{}}.json", programs.set_tag),
    Route("GET", f"{_ASSET}/smartCampaign/byName.json", campaigns.by_name),
    Route("GET", f"{_ASSET}/smartCampaigns.json", campaigns.browse),
    Route("POST", f"{_ASSET}/smartCampaigns.json", campaigns.create),
    Route("GET", f"{_ASSET}/smartCampaign/{{}}.json", campaigns.by_id),
    Route("POST", f"{_ASSET}/smartCampaign/{{}}.json", campaigns.update),
    Route("GET", f"{_ASSET}/smartCampaign/{{}}/smartList.json", campaigns.smart_list),
    Route("POST", f"{_ASSET}/smartCampaign/{{}}/clone.json", campaigns.clone),
    Route("POST", f"{_ASSET}/smartCampaign/{{}}/delete.json", campaigns.delete),
    Route("POST", f"{_ASSET}/smartCampaign/{{}}/activate.json", campaigns.activate),
    Route("POST", f"{_ASSET}/smartCampaign/{{}}/deactivate.json", campaigns.deactivate),
    Route("GET", f"{_ASSET}/smartList/byName.json", lists.smart_by_name),
    Route("GET", f"{_ASSET}/smartLists.json", lists.browse_smart),
    Route("GET", f"{_ASSET}/smartList/{{}}.json", lists.smart_by_id),
    Route("POST", f"{_ASSET}/smartList/{{}}/clone.json", lists.clone_smart),
    Route("POST", f"{_ASSET}/smartList/{{}}/delete.json", lists.delete_smart),
    Route("GET", f"{_ASSET}/staticList/byName.json", lists.static_by_name),
    Route("GET", f"{_ASSET}/staticLists.json", lists.browse_static),
    Route("POST", f"{_ASSET}/staticLists.json", lists.create_static),
    Route("GET", f"{_ASSET}/staticList/{{}}.json", lists.static_by_id),
    Route("POST", f"{_ASSET}/staticList/{{}}.json", lists.update_static),
    Route("POST", f"{_ASSET}/staticList/{{}}/delete.json", lists.delete_static),
    Route("GET", f"{_ASSET}/channel/byName.json", catalogue.channel_by_name),
    Route("GET", f"{_ASSET}/channels.json", catalogue.channels),
    Route("GET", f"{_ASSET}/tagType/byName.json", catalogue.tag_type_by_name),
    Route("GET", f"{_ASSET}/tagTypes.json", catalogue.tag_types),
    Route("GET", f"{_ASSET}/form/byName.json", catalogue.asset_by_name("form")),
    Route("GET", f"{_ASSET}/forms.json", catalogue.assets("form")),
    Route("GET", f"{_ASSET}/email/byName.json", catalogue.asset_by_name("email")),
    Route("GET", f"{_ASSET}/emails.json", catalogue.assets("email")),
    Route("GET", f"{_ASSET}/segmentation.json", catalogue.none),
    Route("GET", f"{_ASSET}/segmentation/{{}}/segments.json", catalogue.none),
    Route("GET", f"{_LEADS}/leads/describe.json", fields.describe),
    Route("GET", f"{_LEADS}/leads/describe2.json", fields.describe2),
    Route("GET", f"{_LEADS}/leads/schema/fields.json", fields.every),
    Route("POST", f"{_LEADS}/leads/schema/fields.json", fields.create),
    Route("GET", f"{_LEADS}/leads/schema/fields/{{}}.json", fields.by_name),
    Route("POST", f"{_LEADS}/leads/schema/fields/{{}}.json", fields.update),
    Route("GET", f"{_LEADS}/leads.json", database.leads),
    Route("GET", f"{_LEADS}/leads/partitions.json", database.partitions),
    Route("GET", f"{_LEADS}/activities/types.json", database.activity_types),
    Route("GET", f"{_LEADS}/lists.json", database.lists),
    Route("GET", f"{_LEADS}/lists/{{}}.json", database.static_list),
    Route("GET", f"{_LEADS}/campaigns.json", database.campaigns),
    Route("GET", f"{_LEADS}/campaigns/{{}}.json", database.campaign),
    Route("POST", f"{_LEADS}/campaigns/{{}}/schedule.json", campaigns.schedule),
    Route("POST", f"{_LEADS}/campaigns/{{}}/trigger.json", campaigns.trigger),
)
"""Every call that is answered, but for signing in and the two reports of usage.

Paths with a fixed name stand before those where an id may stand.
"""


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(re.escape(path).replace(r"\{\}", "([^/]+)"))


_PATTERNS = tuple((each, _pattern(each.path)) for each in ROUTES)


def route(method: str, path: str) -> tuple[Route, tuple[str, ...]]:
    """Who answers a call, and what stands in its path.  Raises 610 and 605."""
    known = False
    for each, pattern in _PATTERNS:
        found = pattern.fullmatch(path)
        if found is not None:
            known = True
            if each.method == method:
                return each, found.groups()
    raise PlatformError("605" if known else "610")
