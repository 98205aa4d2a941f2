"""The page where the secret address of one's follows is made, shown once, made again and taken back."""

import io
import json
import re
import time
import zipfile

import pytest
from account_visits import HERE
from django.test import Client

from democratic.kernel.limits import Limit
from democratic.stewardship.actions import leave
from democratic.stewardship.archive import write_archive
from democratic.thread.actions import follow
from democratic.thread.models import FollowsAddress
from factories import signed_in_at

PAGE, ADDRESS = "/suivis/adresse", re.compile(r'id="address-(\w+)">(http[^<]+)<')


def made_by(visitor, path=PAGE):
    answer = visitor.client.post(path, {"acte": "faire"}, **HERE)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    return dict(ADDRESS.findall(answer.content.decode()))


def status_of(address):
    return Client().get("/" + address.split("/", 3)[3]).status_code


def test_three_addresses_are_shown_once_and_each_opens(territory, known, signed_in):
    follow(record=territory.process.record, person=known.person)
    assert "Faire mon adresse" in signed_in.get("/suivis")
    shown = made_by(signed_in)
    assert set(shown) == {"atom", "ics", "json"}
    assert {status_of(each) for each in shown.values()} == {200}
    secret = shown["atom"].rpartition("/")[2].removesuffix(".atom")
    for path in ("/suivis", PAGE):
        page = signed_in.get(path)
        assert secret not in page
        assert "Vous en avez une depuis le" in page


def test_another_address_puts_out_the_first_and_revoking_puts_out_both(known, signed_in):
    first, second = made_by(signed_in)["ics"], made_by(signed_in)["ics"]
    assert (status_of(first), status_of(second)) == (404, 200)
    gone = signed_in.client.post(PAGE, {"acte": "reprendre"}, **HERE)
    assert (gone.status_code, gone.url) == (302, "/suivis")
    assert status_of(second) == 404
    assert "cette adresse n’ouvre plus rien" in signed_in.get("/suivis")
    assert not FollowsAddress.objects.exists()


def test_it_is_asked_whether_it_is_still_her(known, signed_in):
    signed_in_at(signed_in.client, known, time.time() - 3600)
    for ask in (signed_in.client.get, lambda path: signed_in.client.post(path, {"acte": "faire"}, **HERE)):
        answer = ask(PAGE)
        assert (answer.status_code, answer.url.partition("?")[0]) == (302, "/compte/confirmer")
    assert not FollowsAddress.objects.exists()


def test_who_has_no_account_has_no_address(territory):
    assert "Faire mon adresse" not in Client().get("/suivis").content.decode()
    assert Client().get(PAGE).url.startswith("/connexion")
    assert Client().post(PAGE, {"acte": "faire"}, **HERE).url.startswith("/connexion")
    assert not FollowsAddress.objects.exists()


def test_an_unknown_act_makes_nothing(signed_in):
    assert signed_in.client.post(PAGE, {"acte": "autre"}, **HERE).status_code == 404
    assert not FollowsAddress.objects.exists()


def test_too_many_acts_are_refused_in_words(signed_in, monkeypatch):
    monkeypatch.setattr("democratic.web.acts.WRITES_OF_A_PERSON", Limit("once-here", 1, 600))
    made_by(signed_in)
    answer = signed_in.client.post(PAGE, {"acte": "faire"}, **HERE)
    assert answer.status_code == 429
    assert "Trop d’essais" in answer.content.decode()


def test_in_english(signed_in):
    shown = made_by(signed_in, "/en/suivis/adresse")
    assert all("/en/suivis/" in address for address in shown.values())
    assert {status_of(each) for each in shown.values()} == {200}
    assert "Make another address" in signed_in.get("/en/suivis/adresse")


def test_it_is_among_what_is_held_of_her_without_what_opens_it(known, signed_in):
    made_by(signed_in)
    kept = io.BytesIO()
    write_archive([known.person.pk], kept)
    (row,) = json.loads(zipfile.ZipFile(kept).read("donnees.json"))["thread.FollowsAddress"]
    assert FollowsAddress.objects.get().secret_hash not in str(row)
    assert row["made_on"]


@pytest.mark.parametrize("erases", [False, True])
def test_it_goes_with_the_account(territory, known, signed_in, erases):
    address = made_by(signed_in)["atom"]
    leave(account=known, without_name=erases, clock=territory.clock)
    assert status_of(address) == 404
    assert not FollowsAddress.objects.exists()
