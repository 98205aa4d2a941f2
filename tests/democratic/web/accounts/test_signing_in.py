"""The code first, the password second; and nothing tells who has an account here."""

import pytest
from account_visits import RAW, code_in, without_addresses

from democratic.people.models import Account
from factories import PASSWORD


def test_the_page_asks_for_one_address_before_any_password(territory, visitor):
    page = visitor().get("/connexion")
    assert page.index('name="email"') < page.index("Recevoir un code") < page.index('type="password"')


def test_a_code_by_mail_opens_the_account(known, visitor, mailoutbox):
    gabriel = visitor()
    assert gabriel.send("/connexion/code", email=known.email).url == "/connexion/code/confirmer"
    entered = gabriel.send("/connexion/code/confirmer", code=code_in(mailoutbox[0]))
    assert entered.url == "/"
    assert "Gabriel" in gabriel.get("/compte")


def test_a_code_may_be_typed_with_a_space_or_nothing(known, visitor, mailoutbox):
    gabriel = visitor()
    gabriel.send("/connexion/code", email=known.email)
    typed = code_in(mailoutbox[0]).replace("-", " ")
    assert gabriel.send("/connexion/code/confirmer", code=typed).status_code == 302


def test_a_wrong_code_is_said_and_a_third_one_ends_it(known, visitor, mailoutbox):
    gabriel = visitor()
    gabriel.send("/connexion/code", email=known.email)
    page = gabriel.send("/connexion/code/confirmer", code="0000-0000").content.decode()
    assert "Ce n’est pas le code." in page
    gabriel.send("/connexion/code/confirmer", code="0000-0000")
    assert gabriel.send("/connexion/code/confirmer", code="0000-0000").status_code == 302
    assert gabriel.send("/connexion/code/confirmer", code=code_in(mailoutbox[0])).status_code == 302
    gabriel.get("/compte", status=302)


def test_asking_for_a_code_shows_the_same_page_for_a_known_and_an_unknown_address(known, visitor):
    pages = []
    for address in (known.email, "personne@val-orbe.example"):
        who = visitor()
        answer = who.send("/connexion/code", email=address)
        pages.append((answer.status_code, answer.url, without_addresses(who.get(answer.url))))
    assert pages[0] == pages[1]


def test_an_unknown_address_is_told_by_mail_alone_and_never_opens(territory, visitor, mailoutbox):
    nobody = visitor()
    nobody.send("/connexion/code", email="personne@val-orbe.example")
    assert mailoutbox[0].subject == "Aucun compte à cette adresse"
    assert nobody.send("/connexion/code/confirmer", code="1234-5678").status_code == 200
    nobody.get("/compte", status=302)


def test_a_password_opens_the_account(known, visitor):
    gabriel = visitor()
    assert gabriel.send("/connexion", login=known.email, password=PASSWORD).url == "/"
    assert "Gabriel" in gabriel.get("/compte")


def test_a_wrong_password_says_the_same_for_a_known_and_an_unknown_address(known, visitor):
    pages = [
        visitor().send("/connexion", login=address, password="pas celui-là").content.decode()
        for address in (known.email, "personne@val-orbe.example")
    ]
    assert "ne vont pas ensemble" in pages[0]
    assert without_addresses(pages[0]) == without_addresses(pages[1])


def test_the_address_that_was_typed_is_kept_when_the_password_is_wrong(known, visitor):
    page = visitor().send("/connexion", login=known.email, password="non").content.decode()
    assert f'value="{known.email}"' in page


def test_after_too_many_tries_the_answer_says_what_to_do(known, visitor):
    tries = [
        visitor().send("/connexion", login=known.email, password="non").content.decode() for _ in range(6)
    ]
    assert "Trop d’essais" in tries[-1]
    assert "Trop d’essais" not in tries[0]


def test_where_one_was_going_survives_the_code(known, visitor, mailoutbox):
    gabriel = visitor()
    assert 'value="/suivis"' in gabriel.get("/connexion?next=/suivis")
    asked = gabriel.send("/connexion/code", email=known.email, next="/suivis")
    page = gabriel.get(asked.url)
    assert 'value="/suivis"' in page
    entered = gabriel.send("/connexion/code/confirmer", code=code_in(mailoutbox[0]), next="/suivis")
    assert entered.url == "/suivis"


def test_one_is_never_sent_to_another_site_after_signing_in(known, visitor):
    gabriel = visitor()
    sent = gabriel.send("/connexion", login=known.email, password=PASSWORD, next="https://ailleurs.example/")
    assert sent.url == "/"


def test_a_suspended_account_is_out_at_once(signed_in, known):
    signed_in.get("/compte")
    Account.objects.filter(pk=known.pk).update(is_active=False)
    assert "/connexion" in signed_in.client.get("/compte").url
    assert "Se connecter" in signed_in.get("/connexion")


def test_a_suspended_account_comes_in_by_no_way(known, visitor, mailoutbox):
    Account.objects.filter(pk=known.pk).update(is_active=False)
    gabriel = visitor()
    gabriel.send("/connexion", login=known.email, password=PASSWORD)
    gabriel.get("/compte", status=302)
    gabriel.send("/connexion/code", email=known.email)
    assert [mail.subject for mail in mailoutbox] == ["Aucun compte à cette adresse"]


def test_leaving_is_one_button_and_says_so(signed_in):
    assert signed_in.send("/deconnexion").url == "/"
    signed_in.get("/compte", status=302)


PAGES = (
    "/connexion", "/connexion/code", "/compte/creer", "/compte/inactif", "/compte/mot-de-passe/oublie",
    "/compte/mot-de-passe/envoye", "/compte/mot-de-passe/change", "/compte/mot-de-passe/cle/0-x",
)  # fmt: skip
OWN_PAGES = (
    "/compte",
    "/compte/adresses",
    "/compte/mot-de-passe",
    "/compte/confirmer",
    "/deconnexion",
    "/suivis",
)


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("path", PAGES)
def test_every_way_in_wears_the_product_in_both_languages(territory, visitor, path, prefix):
    page = visitor().get(prefix + path)
    assert (page.count("<h1"), page.count('<main id="contenu"')) == (1, 1)
    assert f'<html lang="{prefix[1:] or "fr"}"' in page
    assert RAW.search(page) is None


@pytest.mark.parametrize("path", OWN_PAGES)
def test_every_page_of_an_account_wears_the_product(signed_in, path):
    page = signed_in.get(path)
    assert (page.count("<h1"), page.count('<main id="contenu"')) == (1, 1)
    assert RAW.search(page) is None


def test_many_demands_from_one_place_get_a_page_that_says_to_wait(territory, visitor):
    someone = visitor()
    answers = [someone.send("/compte/creer", is_15="on", email=f"n{n}@val-orbe.example") for n in range(22)]
    assert answers[-1].status_code == 429
    assert "Attendez une minute" in answers[-1].content.decode()
