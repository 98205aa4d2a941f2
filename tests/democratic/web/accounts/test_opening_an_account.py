"""An address is enough; and opening an account never tells who has one already."""

import pytest
from account_visits import code_in, without_addresses
from django.contrib.auth.hashers import MD5PasswordHasher

from democratic.people.models import Account, Person
from factories import PASSWORD

NEW = "ines@val-orbe.example"


def test_an_account_opens_with_an_address_and_the_code_that_arrives_there(territory, visitor, mailoutbox):
    ines = visitor()
    assert ines.send("/compte/creer", is_15="on", email=NEW, name="Inès").url == "/compte/adresse"
    assert "ines@" in ines.get("/compte/adresse")
    assert ines.send("/compte/adresse", code=code_in(mailoutbox[0])).url == "/"
    account = Account.objects.get(email=NEW)
    assert (account.person.name, account.language, account.has_usable_password()) == ("Inès", "fr", False)
    assert "Inès" in ines.get("/compte")


def test_an_account_opened_in_english_speaks_english(territory, visitor, mailoutbox):
    visitor().send("/en/compte/creer", is_15="on", email=NEW)
    assert Account.objects.get(email=NEW).language == "en"


def test_nobody_is_in_before_the_code(territory, visitor):
    ines = visitor()
    ines.send("/compte/creer", is_15="on", email=NEW, password1=PASSWORD)
    ines.get("/compte", status=302)
    other = visitor()
    other.send("/connexion", login=NEW, password=PASSWORD)
    other.get("/compte", status=302)


def test_a_known_and_an_unknown_address_are_shown_the_same_page(known, visitor):
    pages = []
    for address in (known.email, NEW):
        who = visitor()
        answer = who.send("/compte/creer", is_15="on", email=address)
        pages.append((answer.status_code, answer.url, without_addresses(who.get(answer.url))))
    assert pages[0] == pages[1]


def test_only_the_owner_of_a_known_address_learns_that_it_has_an_account(known, visitor, mailoutbox):
    before = (Account.objects.count(), Person.objects.count())
    someone = visitor()
    someone.send("/compte/creer", is_15="on", email=known.email.upper())
    assert (Account.objects.count(), Person.objects.count()) == before
    assert [(mail.subject, mail.to) for mail in mailoutbox] == [("Vous avez déjà un compte", [known.email])]
    assert someone.send("/compte/adresse", code="1234-5678").status_code == 200


def test_a_known_address_costs_the_hash_of_a_password_as_a_new_one_does(known, visitor, monkeypatch):
    hashed, encode = [], MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda self, *given: hashed.append(given) or encode(self, *given)
    )
    costs = []
    for address in (known.email, NEW):
        hashed.clear()
        visitor().send("/compte/creer", is_15="on", email=address, password1=PASSWORD)
        costs.append(len(hashed))
    assert costs[0] == costs[1] > 0


def test_before_15_no_account_keeps_an_address(territory, visitor):
    page = visitor().send("/compte/creer", email=NEW, name="Tom").content.decode()
    assert page.index("id_is_15") < page.index("id_email") < page.index("id_name")
    assert "Avant 15 ans" in page
    assert not Account.objects.filter(email=NEW).exists()


@pytest.mark.parametrize(
    ("password", "said"),
    [("court", "10"), ("motdepasse", "courant"), ("1234567890", "courant")],
)
def test_a_weak_password_is_refused_and_the_rest_is_kept(territory, visitor, password, said):
    page = (
        visitor()
        .send("/compte/creer", is_15="on", email=NEW, name="Inès", password1=password)
        .content.decode()
    )
    assert said in page
    assert ('value="ines@val-orbe.example"' in page, 'value="Inès"' in page) == (True, True)
    assert not Account.objects.filter(email=NEW).exists()


def test_who_is_signed_in_is_not_asked_again(signed_in):
    signed_in.get("/connexion", status=302)
    signed_in.get("/compte/creer", status=302)
