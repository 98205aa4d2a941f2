"""What SCIM answers (RFC 7643, RFC 7644): people as its users, and refusals in its words."""

from collections.abc import Collection, Sequence
from typing import Any

from django.http import HttpResponse, JsonResponse

from democratic.people.models import Account

USER = "urn:ietf:params:scim:schemas:core:2.0:User"
LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"
CONFIG = "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"
MEDIA = "application/scim+json"


class ScimFault(Exception):
    def __init__(self, status: int, detail: str, kind: str = "") -> None:
        super().__init__(detail)
        self.status, self.detail, self.kind = status, detail, kind


def said(body: dict[str, Any], status: int = 200) -> HttpResponse:
    response = JsonResponse(body, status=status, content_type=MEDIA)
    response.headers["Cache-Control"] = "no-store"
    return response


def fault(why: ScimFault) -> HttpResponse:
    body: dict[str, Any] = {"schemas": [ERROR], "status": str(why.status), "detail": why.detail}
    response = said(body | ({"scimType": why.kind} if why.kind else {}), why.status)
    if why.status == 401:  # noqa: PLR2004  unauthorized
        response.headers["WWW-Authenticate"] = 'Bearer realm="scim"'
    return response


def user(account: Account, *, is_active: bool, at: str) -> dict[str, Any]:
    """The address alone: how someone calls herself here is no affair of a directory."""
    return {
        "schemas": [USER],
        "id": str(account.pk),
        "userName": account.email,
        "active": is_active,
        "emails": [{"value": account.email, "primary": True}],
        "meta": {"resourceType": "User", "location": f"{at}/{account.pk}"},
    }


def users(found: Sequence[dict[str, Any]], *, total: int, start: int) -> dict[str, Any]:
    return {
        "schemas": [LIST], "totalResults": total, "startIndex": start, "itemsPerPage": len(found),
        "Resources": list(found),
    }  # fmt: skip


def abilities(supported: Collection[str] = ("patch", "filter")) -> dict[str, Any]:
    named = ("patch", "bulk", "filter", "changePassword", "sort", "etag")
    limits = {"filter": {"maxResults": 100}, "bulk": {"maxOperations": 0, "maxPayloadSize": 0}}
    told = {name: {"supported": name in supported, **limits.get(name, {})} for name in named}
    way = {"type": "oauthbearertoken", "name": "Bearer", "description": "democratic scim-token"}
    return {"schemas": [CONFIG], **told, "authenticationSchemes": [way]}
