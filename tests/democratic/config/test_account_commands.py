"""The first administrator's link, printed once; a suspended account, and one that is restored."""

import re

import pytest

from democratic.communities.models import Invitation
from democratic.config.commands import account_acts
from democratic.config.server.errors import CannotStart
from democratic.messaging.models import OutgoingMessage
from democratic.people.models import Account
from democratic.thread.models import Grant, Role
from factories import build_territory, verified_account

HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}


def test_the_first_administrator_enters_by_a_printed_link(territory, client, capsys):
    account_acts.invite("Maire@Val-Orbe.example", "val-orbe")
    printed = capsys.readouterr().out + capsys.readouterr().err
    link = re.search(r"/invitation/\S+", printed)[0]
    assert OutgoingMessage.objects.filter(purpose="invitation").count() == 0
    client.force_login(verified_account("maire@val-orbe.example", "Maire"))
    assert client.post(link, **HERE).url == "/bureau/demarrer"
    assert Grant.objects.filter(
        role=Role.ADMINISTRATOR, person__account__email="maire@val-orbe.example"
    ).exists()


def test_with_several_authorities_one_is_named(territory):
    build_territory(slug="voisin", host="voisin.example")
    with pytest.raises(CannotStart, match="val-orbe, voisin"):
        account_acts.invite("maire@val-orbe.example", "")
    with pytest.raises(CannotStart, match="n’est pas ici"):
        account_acts.invite("maire@val-orbe.example", "ailleurs")


def test_what_is_no_address_is_refused(territory):
    with pytest.raises(CannotStart, match="pas complète"):
        account_acts.invite("maire", "val-orbe")
    assert Invitation.objects.count() == 0


def test_a_suspended_account_opens_nothing_until_it_is_restored(territory, client):
    client.force_login(territory.citizen)
    account_acts.suspend(territory.citizen.email)
    assert client.get("/compte").status_code == 302
    account_acts.restore(territory.citizen.email)
    assert Account.objects.get(pk=territory.citizen.pk).is_active
    with pytest.raises(CannotStart, match="Aucun compte"):
        account_acts.suspend("personne@val-orbe.example")
