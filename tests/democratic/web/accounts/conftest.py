import pytest
from account_visits import Visitor
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client

from democratic.thread.models import Authority
from democratic.web.authorities import KEPT


@pytest.fixture(autouse=True)
def _nobody_has_asked_yet(db):
    cache.clear()  # allauth counts tries there


@pytest.fixture
def visitor():
    return lambda: Visitor(Client())


@pytest.fixture
def known(territory):
    """Gabriel's account, its address confirmed."""
    EmailAddress.objects.update_or_create(
        user=territory.citizen, email=territory.citizen.email, defaults={"primary": True, "verified": True}
    )
    return territory.citizen


@pytest.fixture
def signed_in(known, visitor):
    gabriel = visitor()
    gabriel.client.force_login(known)
    return gabriel


@pytest.fixture
def demonstration(territory):
    Authority.objects.update(is_demo=True)
    KEPT.forget()
    return territory
