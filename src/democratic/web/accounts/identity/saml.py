"""SAML 2: one request that is remembered, one signed assertion that answers it, once.

Messages are read and signatures checked by python3-saml (xmlsec). It compares times with the system's clock.
"""

import hashlib
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.core.cache import cache
from lxml.etree import LxmlError
from onelogin.saml2.auth import OneLogin_Saml2_Auth
from onelogin.saml2.constants import OneLogin_Saml2_Constants
from onelogin.saml2.errors import OneLogin_Saml2_Error
from onelogin.saml2.response import OneLogin_Saml2_Response
from onelogin.saml2.settings import OneLogin_Saml2_Settings

from democratic.people.identities import print_of
from democratic.web.accounts.identity.declared import Provider
from democratic.web.accounts.identity.oidc import LONGEST_SUBJECT, Departure, Proof
from democratic.web.accounts.identity.tokens import SKEW, BadProof

# The library's own is five minutes.
OneLogin_Saml2_Constants.ALLOWED_CLOCK_DRIFT = SKEW
LONGEST = 200_000  # characters of a response, in base64
SEEN = 24 * 3600  # an assertion is known again longer than any is good
_TRANSIENT = OneLogin_Saml2_Constants.NAMEID_TRANSIENT
_FAULTS = (OneLogin_Saml2_Error, LxmlError, ValueError, TypeError, AttributeError, KeyError, IndexError)


def departure(provider: Provider, here: str, back: str) -> Departure:
    auth = OneLogin_Saml2_Auth(_request(back), _settings(provider, here, back))
    url = auth.login(return_to=back)
    return Departure(url, {"request": auth.get_last_request_id()})


def arrival(provider: Provider, response: str, kept: Mapping[str, str], here: str, back: str) -> Proof:
    try:
        read = OneLogin_Saml2_Response(OneLogin_Saml2_Settings(_settings(provider, here, back)), response)
        is_valid = read.is_valid(_request(back), kept["request"])
        return _proof(provider, read if is_valid else None, kept["request"], here)
    except _FAULTS as fault:  # what the library raises of what it can't read is of many kinds
        raise BadProof(type(fault).__name__) from fault


def metadata(provider: Provider, here: str, back: str) -> bytes:
    """What the operator gives the service to know us by."""
    described = OneLogin_Saml2_Settings(_settings(provider, here, back), sp_validation_only=True)
    made: bytes | str = described.get_sp_metadata()
    return made if isinstance(made, bytes) else made.encode()


def _proof(provider: Provider, read: OneLogin_Saml2_Response | None, request: str, here: str) -> Proof:
    """What the library lets by when it is missing is refused here: what it answers, and for whom it is."""
    if read is None:
        raise BadProof("not valid")
    if read.get_in_response_to() != request:
        raise BadProof("it answers nothing that was asked")
    if here not in read.get_audiences():
        raise BadProof("audience")
    if read.get_nameid_format() == _TRANSIENT:
        raise BadProof("a name that changes at each visit")
    subject = read.get_nameid()
    if not subject or len(subject) > LONGEST_SUBJECT:
        raise BadProof("no one is named")
    seen = hashlib.sha256(f"{provider.issuer} {read.get_assertion_id()}".encode()).hexdigest()
    if not cache.add(f"identity:assertion:{seen}", 1, SEEN):
        raise BadProof("it has served already")
    contexts = set(read.get_authn_contexts())
    if provider.acr and not contexts & set(provider.acr):
        raise BadProof("context")
    emails = read.get_attributes().get(provider.email_attribute) or [""]
    return Proof(
        print_of(provider.issuer, subject), email=str(emails[0]), is_strong=bool(contexts & set(provider.mfa))
    )


def _request(back: str) -> dict[str, Any]:
    """As the library sees a request: at our declared address, whatever Host was sent."""
    parts = urlsplit(back)
    closed = "on" if parts.scheme == "https" else "off"
    return {
        "https": closed,
        "http_host": parts.netloc,
        "script_name": parts.path,
        "get_data": {},
        "post_data": {},
    }


def _settings(provider: Provider, here: str, back: str) -> dict[str, Any]:
    consumer = {"url": back, "binding": OneLogin_Saml2_Constants.BINDING_HTTP_POST}
    sso = {"url": provider.sso_url, "binding": OneLogin_Saml2_Constants.BINDING_HTTP_REDIRECT}
    return {
        "strict": True,
        "sp": {
            "entityId": here,
            "assertionConsumerService": consumer,
            "NameIDFormat": OneLogin_Saml2_Constants.NAMEID_PERSISTENT,
        },
        "idp": {"entityId": provider.issuer, "singleSignOnService": sso, "x509cert": provider.certificate},
        "security": {
            "wantAssertionsSigned": True,
            "wantAttributeStatement": False,
            "requestedAuthnContext": list(provider.acr) or False,
            "rejectDeprecatedAlgorithm": True,
            "signatureAlgorithm": OneLogin_Saml2_Constants.RSA_SHA256,
            "digestAlgorithm": OneLogin_Saml2_Constants.SHA256,
            "allowSingleLabelDomains": True,
        },
    }
