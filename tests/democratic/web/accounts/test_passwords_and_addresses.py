"""What an account's owner changes, and what arrives in her mail."""

import re

import pytest
from account_visits import RAW, code_in, without_addresses
from allauth.account.models import EmailAddress

from democratic.people.models import Account
from factories import PASSWORD

OTHER = "autre phrase assez longue"
SECOND = "gabriel@ailleurs.example"


def link_in(mail):
    return re.search(r"https?://\S+/cle/\S+", mail.body)[0]


def test_a_forgotten_password_shows_the_same_page_for_a_known_and_an_unknown_address(known, visitor):
    pages = []
    for address in (known.email, "personne@val-orbe.example"):
        who = visitor()
        answer = who.send("/compte/mot-de-passe/oublie", email=address)
        pages.append((answer.status_code, answer.url, without_addresses(who.get(answer.url))))
    assert pages[0] == pages[1]


def test_the_link_in_the_mail_changes_the_password_once(known, visitor, mailoutbox):
    gabriel = visitor()
    gabriel.send("/compte/mot-de-passe/oublie", email=known.email)
    path = link_in(mailoutbox[0]).split("/", 3)[3]
    opened = gabriel.client.get(f"/{path}")
    changed = gabriel.send(opened.url, password1=OTHER, password2=OTHER)
    assert changed.url == "/compte/mot-de-passe/change"
    assert "Mot de passe changé" in gabriel.get(changed.url)
    assert gabriel.send("/connexion", login=known.email, password=OTHER).url == "/"
    assert "Ce lien n’est plus valable" in visitor().get(f"/{path}")


def test_the_link_leads_to_the_declared_address_whatever_the_request_says(
    known, visitor, mailoutbox, settings
):
    settings.PUBLIC_URL = "https://participer.valdorbe.example"
    visitor().client.post(
        "/compte/mot-de-passe/oublie",
        {"email": known.email},
        HTTP_HOST="piege.example",
        HTTP_SEC_FETCH_SITE="same-origin",
    )
    assert link_in(mailoutbox[0]).startswith("https://participer.valdorbe.example/compte/mot-de-passe/cle/")
    assert "piege" not in mailoutbox[0].body


def test_a_password_is_changed_with_the_one_before(signed_in, known):
    wrong = signed_in.send("/compte/mot-de-passe", oldpassword="non", password1=OTHER, password2=OTHER)
    assert "Ce n’est pas votre mot de passe actuel." in wrong.content.decode()
    right = signed_in.send("/compte/mot-de-passe", oldpassword=PASSWORD, password1=OTHER, password2=OTHER)
    assert right.status_code == 302
    assert Account.objects.get(pk=known.pk).check_password(OTHER)
    assert "Mot de passe changé." in signed_in.get(right.url)


def test_who_has_no_password_may_choose_one(signed_in, known):
    known.set_unusable_password()
    known.save()
    signed_in.client.force_login(known)
    assert signed_in.client.get("/compte/mot-de-passe").url == "/compte/mot-de-passe/choisir"
    assert "vous pouvez continuer ainsi" in signed_in.get("/compte/mot-de-passe/choisir")
    signed_in.send("/compte/mot-de-passe/choisir", password1=OTHER, password2=OTHER)
    assert Account.objects.get(pk=known.pk).check_password(OTHER)


def add_address(signed_in, mailoutbox):
    asked = signed_in.send("/compte/adresses", email=SECOND, action_add="1")
    assert asked.url == "/compte/adresse"
    assert signed_in.send(asked.url, code=code_in(mailoutbox[-1])).status_code == 302


def test_a_second_address_is_added_by_its_code_made_the_main_one_and_the_first_removed(
    signed_in, known, mailoutbox
):
    add_address(signed_in, mailoutbox)
    assert "En faire la principale" in signed_in.get("/compte/adresses")
    signed_in.send("/compte/adresses", email=SECOND, action_primary="1")
    signed_in.send("/compte/adresses", email=known.email, action_remove="1")
    left = EmailAddress.objects.filter(user=known).values_list("email", "primary", "verified")
    assert list(left) == [(SECOND, True, True)]
    assert Account.objects.get(pk=known.pk).email == SECOND


def test_the_main_address_stays(signed_in, known):
    signed_in.send("/compte/adresses", email=known.email, action_remove="1")
    assert EmailAddress.objects.filter(user=known, email=known.email).exists()
    assert "est votre adresse principale" in signed_in.get("/compte/adresses")


def test_another_account_s_address_is_not_told_apart_from_a_free_one(signed_in, territory, mailoutbox):
    answers = [
        signed_in.send("/compte/adresses", email=email, action_add="1")
        for email in (territory.agent.email, "libre@val-orbe.example")
    ]
    assert [(answer.status_code, answer.url) for answer in answers] == [(302, "/compte/adresse")] * 2


def test_a_change_is_confirmed_with_the_password(signed_in):
    wrong = signed_in.send("/compte/confirmer", password="non")
    assert "Ce n’est pas votre mot de passe." in wrong.content.decode()
    assert signed_in.send("/compte/confirmer", password=PASSWORD).url == "/"


MAILS = {
    "Votre code pour vous connecter": ("/connexion/code", {"email": "citoyen@val-orbe.example"}),
    "Votre code pour ouvrir un compte": ("/compte/creer", {"is_15": "on", "email": "ines@val-orbe.example"}),
    "Vous avez déjà un compte": ("/compte/creer", {"is_15": "on", "email": "citoyen@val-orbe.example"}),
    "Aucun compte à cette adresse": ("/connexion/code", {"email": "personne@val-orbe.example"}),
    "Choisir un nouveau mot de passe": ("/compte/mot-de-passe/oublie", {"email": "citoyen@val-orbe.example"}),
}


@pytest.mark.parametrize("subject", MAILS)
def test_each_mail_speaks_with_our_voice_and_our_address(known, visitor, mailoutbox, settings, subject):
    settings.PUBLIC_URL = "https://participer.valdorbe.example/"
    path, fields = MAILS[subject]
    visitor().send(path, **fields)
    (mail,) = mailoutbox
    assert mail.subject == subject
    assert RAW.search(mail.subject + mail.body) is None
    assert mail.body.endswith("--\nVal-d’Orbe, le Département\nhttps://participer.valdorbe.example")
    assert "testserver" not in mail.body
    assert re.search(r" [?!;:»]|« ", mail.body.replace("://", "")) is None


CHANGES = {
    "Votre mot de passe a changé": (
        "/compte/mot-de-passe",
        {"oldpassword": PASSWORD, "password1": OTHER, "password2": OTHER},
    ),
    "Votre code pour confirmer cette adresse": ("/compte/adresses", {"email": SECOND, "action_add": "1"}),
}


@pytest.mark.parametrize("subject", CHANGES)
def test_a_change_of_the_account_is_told_by_mail(signed_in, mailoutbox, settings, subject):
    settings.ACCOUNT_EMAIL_NOTIFICATIONS = True
    path, fields = CHANGES[subject]
    assert signed_in.send(path, **fields).status_code == 302
    assert mailoutbox[-1].subject == subject
    assert RAW.search(mailoutbox[-1].body) is None


def test_removing_an_address_is_told_at_that_address(signed_in, known, mailoutbox, settings):
    settings.ACCOUNT_EMAIL_NOTIFICATIONS = True
    add_address(signed_in, mailoutbox)
    signed_in.send("/compte/adresses", email=SECOND, action_remove="1")
    assert "Une adresse est retirée" in [mail.subject for mail in mailoutbox]
