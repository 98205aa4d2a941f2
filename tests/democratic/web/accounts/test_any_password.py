"""A password is what was typed, all of it: long, with spaces, accents and signs of any alphabet."""

import pytest
from account_visits import Visitor
from django.test import Client

from democratic.people.models import Account

LONG = {
    "64 signs": "é à ô " * 10 + "abcd",
    "sentence": "Les  élèves d’Orbe traversent le pont à vélo, même l’hiver — « brr » ! " + "ça va " * 3,
    "200 signs": "ab cd éf " * 22 + "zz",
    "1000 signs": "Une page entière, pourquoi pas ? " * 31,
    "other alphabets": "пароль длинный 密碼 كلمة السر 🚲🚲🚲 " * 3 + "fin",
}
CHOOSE, CHANGE = "/compte/mot-de-passe/choisir", "/compte/mot-de-passe"


@pytest.fixture(params=LONG.values(), ids=LONG)
def chosen(request, signed_in, known):
    """Gabriel, who had none, chose this one by the page."""
    known.set_unusable_password()
    known.save()
    signed_in.client.force_login(known)
    answer = signed_in.send(CHOOSE, password1=request.param, password2=request.param)
    assert answer.status_code == 302, answer.content.decode()[-800:]
    return request.param


def opens(email, password):
    return Visitor(Client()).send("/connexion", login=email, password=password).status_code == 302


def nearly(password):
    """What a careless check would take for the same."""
    yield password[:-1]
    yield password[:64] if len(password) > 64 else f"{password}x"
    yield password[:72] if len(password) > 72 else f"x{password}"
    yield password.swapcase()
    yield password.replace(" ", "")
    yield password.replace("é", "e").replace("д", "d").replace("ç", "c")


def test_it_is_taken_and_opens_the_account(chosen, known):
    assert len(chosen) >= 64
    assert Account.objects.get(pk=known.pk).check_password(chosen)
    assert opens(known.email, chosen)


def test_nothing_that_is_nearly_it_opens(chosen, known):
    account = Account.objects.get(pk=known.pk)
    others = {other for other in nearly(chosen) if other != chosen}
    assert len(others) >= 4
    assert [other for other in others if account.check_password(other)] == []


def test_it_can_be_changed_for_another_with_it_in_hand(chosen, known, signed_in):
    other = chosen[::-1].strip()
    given = {"oldpassword": chosen, "password1": other, "password2": other}
    assert signed_in.send(CHANGE, **given).status_code == 302
    assert Account.objects.get(pk=known.pk).check_password(other)


@pytest.mark.parametrize("password", [" une phrase avec du vide autour ", "\tune tabulation au début"])
def test_blanks_around_are_part_of_it(signed_in, known, password):
    known.set_unusable_password()
    known.save()
    signed_in.client.force_login(known)
    signed_in.send(CHOOSE, password1=password, password2=password)
    account = Account.objects.get(pk=known.pk)
    assert account.check_password(password)
    assert not account.check_password(password.strip())
    assert opens(known.email, password)
    assert not opens(known.email, password.strip())
