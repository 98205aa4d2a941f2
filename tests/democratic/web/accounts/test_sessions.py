"""A session is read by one compiled statement; one that ended, or whose account was closed, opens nothing."""

from datetime import timedelta

import pytest
from django.db.models import F

from democratic.people.models import Account, Session

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client, territory):
    client.force_login(territory.citizen)
    return client


def is_known(client):
    return client.get("/compte").status_code == 200


def test_a_living_session_is_hers(signed_in, territory):
    assert is_known(signed_in)
    assert territory.citizen.person.name in signed_in.get("/compte").text


def test_an_expired_session_opens_nothing(signed_in):
    Session.objects.update(expire_date=F("expire_date") - timedelta(days=100))
    assert not is_known(signed_in)


def test_an_unknown_key_opens_nothing(client, territory):
    client.cookies["session"] = "x" * 32
    assert not is_known(client)


def test_a_closed_account_is_signed_out_everywhere(signed_in, territory):
    Account.objects.filter(pk=territory.citizen.pk).update(is_active=False)
    assert not is_known(signed_in)


def test_a_new_password_ends_every_session(signed_in, territory):
    territory.citizen.set_password("un autre mot de passe")
    territory.citizen.save()
    assert not is_known(signed_in)
