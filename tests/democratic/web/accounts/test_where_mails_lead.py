"""Links in mails, the development mailbox, the demonstration's people, and one's own pages."""

import pytest
from account_visits import Visitor
from django.core import mail, signing
from django.test import Client

from democratic.demo.accounts import DEMO_ACCOUNTS
from democratic.messaging.links import confirm_url, stop_url
from democratic.people.actions import leave_address, open_account, welcome_guest
from democratic.people.models import Consent
from democratic.thread.actions import follow
from democratic.thread.models import Follow, Volume
from democratic.web import guests

ACCOUNT_QUERIES = 8
FOLLOWS_QUERIES = 5
BAD = "pas-un-jeton"


@pytest.fixture
def address(territory):
    return leave_address(
        person=welcome_guest(), email="lina@example.org", purpose="notices", wording="Oui.", language="fr",
        clock=territory.clock,
    )  # fmt: skip


def path_of(url):
    return "/" + url.split("/", 3)[3]


def test_opening_the_stop_link_changes_nothing_and_its_button_stops_all(address, territory, visitor):
    path, lina = path_of(stop_url(address, territory.authority)), visitor()
    assert "Arrêter tous les messages" in lina.get(path)
    address.refresh_from_db()
    assert address.stopped_at is None
    assert "C’est noté, plus aucun message." in lina.send(path).content.decode()
    address.refresh_from_db()
    assert address.stopped_at is not None
    assert not Consent.objects.filter(person=address.person, purpose="notices", withdrawn_at=None).exists()
    assert "C’est noté" in lina.get(path)


def test_a_mail_provider_stops_in_one_click_without_a_browser(address, territory):
    answer = Client().post(path_of(stop_url(address, territory.authority)), {"List-Unsubscribe": "One-Click"})
    address.refresh_from_db()
    assert (answer.status_code, address.stopped_at is not None) == (200, True)


def test_opening_the_confirm_link_changes_nothing_and_its_button_confirms(address, territory, visitor):
    path, lina = path_of(confirm_url(address, territory.authority)), visitor()
    assert "Oui, c’est la mienne" in lina.get(path)
    address.refresh_from_db()
    assert address.confirmed_at is None
    assert "Adresse confirmée" in lina.send(path).content.decode()
    address.refresh_from_db()
    assert address.confirmed_at is not None


def test_confirming_takes_a_page_of_ours(address, territory):
    assert Client().post(path_of(confirm_url(address, territory.authority))).status_code == 403


@pytest.mark.parametrize("path", [f"/desabonnement/{BAD}", f"/confirmer/{BAD}"])
def test_an_unknown_link_is_said_to_be_so(territory, visitor, path):
    assert "<h1" in visitor().get(path, status=404)


def test_a_stop_link_does_not_confirm_nor_the_other_way_round(address, territory, visitor):
    visitor().get(
        path_of(stop_url(address, territory.authority)).replace("desabonnement", "confirmer"), status=404
    )
    visitor().get(
        path_of(confirm_url(address, territory.authority)).replace("confirmer", "desabonnement"), status=404
    )


def test_links_open_pages_in_the_language_in_which_one_was_written_to(address, territory, visitor):
    assert "Ne plus rien recevoir ?" in visitor().get(
        path_of(stop_url(address, territory.authority))
    ).replace("\u00a0", " ")
    address.language = "en"
    for url, words in (
        (stop_url(address, territory.authority), "Receive nothing more?"),
        (confirm_url(address, territory.authority), "Is this address"),
    ):
        assert words in visitor().get(path_of(url))


# --- the development mailbox


def test_mails_can_be_read_on_a_demonstration_without_a_mail_server(demonstration, visitor, settings):
    settings.EMAIL_BACKEND = "democratic.messaging.mailbox.MailboxBackend"
    assert "Aucun message n’est encore parti" in visitor().get("/courrier")
    mail.send_mail("Une réponse signée", "Voir http://exemple.fr/fil", None, ["lina@example.org"])
    page = visitor().get("/courrier")
    assert ("Une réponse signée" in page, 'href="http://exemple.fr/fil"' in page) == (True, True)


def test_what_a_mail_says_is_never_read_as_a_page(demonstration, visitor, settings):
    settings.EMAIL_BACKEND = "democratic.messaging.mailbox.MailboxBackend"
    mail.send_mail("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", None, ["lina@example.org"])
    page = visitor().get("/courrier")
    assert ("<script>alert" in page, "<img src=x" in page) == (False, False)


@pytest.mark.parametrize("zone", ["-0000", "+0000"])
def test_the_hour_of_a_mail_is_that_of_the_territory(demonstration, visitor, settings, zone):
    settings.EMAIL_BACKEND = "democratic.messaging.mailbox.MailboxBackend"
    sent = {"Date": f"Sun, 29 Nov 2026 23:44:00 {zone}"}
    mail.EmailMessage("Une réponse", "…", None, ["lina@example.org"], headers=sent).send()
    assert "30 novembre 2026, 0 h 44" in visitor().get("/courrier").replace("\u00a0", " ")


def test_mails_are_read_twenty_at_a_time(demonstration, visitor, settings):
    settings.EMAIL_BACKEND = "democratic.messaging.mailbox.MailboxBackend"
    for n in range(21):
        mail.send_mail(f"Message {n}.", "…", None, ["lina@example.org"])
    first, last = visitor().get("/courrier"), visitor().get("/courrier?page=1")
    assert ("Message 20." in first, "Message 0." in first, "Plus anciens" in first) == (True, False, True)
    assert ("Message 0." in last, "Plus récents" in last) == (True, True)


def test_there_is_no_mailbox_where_a_mail_server_is_set(demonstration, visitor, settings):
    settings.EMAIL_URL = "smtp://courrier.example"
    visitor().get("/courrier", status=404)
    assert "/courrier" not in visitor().get("/compte/mot-de-passe/envoye")


def test_there_is_no_mailbox_on_a_real_territory(territory, visitor):
    visitor().get("/courrier", status=404)
    assert "/courrier" not in visitor().get("/compte/mot-de-passe/envoye")


# --- the demonstration's people


def test_one_click_enters_as_one_of_the_demonstration(demonstration, visitor):
    who = DEMO_ACCOUNTS[0]
    open_account(email=who.email, name=who.name)
    someone = visitor()
    assert who.name in someone.get("/demo/entrer")
    assert someone.send("/demo/entrer", email=who.email).url == "/"
    assert who.name in someone.get("/compte")


def test_one_click_enters_as_nobody_else(demonstration, visitor):
    someone = visitor()
    assert someone.send("/demo/entrer", email=demonstration.agent.email).status_code == 404
    someone.get("/compte", status=302)


def test_one_click_is_nothing_on_a_real_territory(territory, visitor):
    open_account(email=DEMO_ACCOUNTS[0].email, name="Nathalie")
    someone = visitor()
    someone.get("/demo/entrer", status=404)
    assert someone.send("/demo/entrer", email=DEMO_ACCOUNTS[0].email).status_code == 404
    someone.get("/compte", status=302)
    assert "/demo/entrer" not in someone.get("/connexion")


# --- one's own pages


def test_what_i_said_is_on_my_page_and_nobody_else_s(signed_in, known, territory):
    territory.say("Mon bus à moi.", author=known.person)
    territory.say("Le bus d’une autre.")
    page = signed_in.get("/compte")
    assert ("Mon bus à moi." in page, "Le bus d’une autre." in page) == (True, False)


def test_what_i_said_comes_twenty_at_a_time(signed_in, known, territory):
    for n in range(21):
        territory.say(f"Phrase {n}.", author=known.person)
    first = signed_in.get("/compte")
    after = first.split("?apres=")[1].split('"')[0]
    second = signed_in.get(f"/compte?apres={after}")
    assert sum(f"Phrase {n}." in first for n in range(21)) == 20
    assert sum(f"Phrase {n}." in second for n in range(21)) == 1


@pytest.mark.parametrize("count", [1, 3])
def test_my_page_asks_the_database_a_fixed_number_of_questions(
    signed_in, known, territory, count, django_assert_num_queries
):
    for n in range(count):
        territory.say(f"Phrase {n}.", author=known.person)
    signed_in.get("/compte")
    with django_assert_num_queries(ACCOUNT_QUERIES):
        signed_in.get("/compte")


@pytest.mark.parametrize("count", [1, 3])
def test_what_i_follow_asks_the_database_a_fixed_number_of_questions(
    signed_in, known, territory, count, django_assert_num_queries
):
    for n in range(count):
        follow(record=territory.say(f"Phrase {n}.").idea.record, person=known.person, volume=Volume.KEY)
    signed_in.get("/suivis")
    with django_assert_num_queries(FOLLOWS_QUERIES):
        signed_in.get("/suivis")


def test_the_volume_of_what_i_follow_is_set_and_stopped_on_one_page(signed_in, known, territory):
    record = territory.mandate.record
    follow(record=record, person=known.person, volume=Volume.KEY)
    assert record.title in signed_in.get("/suivis")
    signed_in.send("/suivis", code=record.code, volume="all")
    assert Follow.objects.get().volume == Volume.ALL
    signed_in.send("/suivis", code=record.code, volume="stop")
    assert not Follow.objects.exists()
    assert "Vous ne suivez rien pour l’instant" in signed_in.get("/suivis")


def test_someone_else_s_follow_is_out_of_reach(signed_in, territory):
    record = territory.mandate.record
    follow(record=record, person=territory.agent.person, volume=Volume.KEY)
    signed_in.send("/suivis", code=record.code, volume="stop")
    assert Follow.objects.get().person == territory.agent.person
    assert record.title not in signed_in.get("/suivis")


def test_a_guest_has_her_follows_too(territory):
    person, record = welcome_guest(), territory.mandate.record
    follow(record=record, person=person, volume=Volume.KEY)
    guest = Visitor(Client())
    guest.client.cookies[guests.COOKIE] = signing.dumps(str(person.pk), salt=guests.SALT)
    page = guest.get("/suivis")
    assert (record.title in page, "Ces suivis tiennent à cet appareil" in page) == (True, True)
