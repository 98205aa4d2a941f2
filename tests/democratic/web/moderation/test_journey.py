"""From « Signaler » to the public register: notice, decision, appeal, as people see them."""

import csv
import re

import pytest
from django.core import signing
from django.test import Client

from democratic.people.models import ContactAddress
from democratic.stewardship.models import Appeal, Notice, Ruling
from democratic.stewardship.moderation.states import Outcome
from democratic.thread.actions import open_authority, post_comment
from democratic.thread.actions.records import Words
from democratic.thread.models import Audience, Record, Visibility
from democratic.web.guests import COOKIE
from moderating import FACTS

pytestmark = pytest.mark.django_db
HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
REASON = "traite une personne de « voleuse »"
KEY = re.compile(r'id="secret">([A-Z0-9-]{17})<')


def plain(page) -> str:
    return page.text.replace("\u00a0", " ")


def client_of(account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def signal(client, record, key="a" * 32, **more):
    said = {"rule": "insult_or_hate", "explanation": "C’est une insulte.", "key": key, **more}
    return client.post(f"/signaler/{record.code}", said, **HERE)


def decide(client, record, outcome="hidden", key="b" * 32):
    said = {"outcome": outcome, "rule": "insult_or_hate", "facts": FACTS, "key": key}
    return client.post(f"/bureau/moderation/{record.code}", said, **HERE)


def test_from_a_notice_to_the_register_and_back(bench):
    said = bench.territory.say("Voleuse !", title="Les promesses").idea.record
    anyone, ines, malik = Client(), client_of(bench.first), client_of(bench.second)

    # anyone signals, and gets a key
    assert f"/signaler/{said.code}" in anyone.get(f"/idees/{said.code}").text
    receipt = anyone.get(signal(anyone, said).url)
    assert receipt.headers["Cache-Control"] == "no-store"
    secret = KEY.search(receipt.text)[1]
    waits = anyone.post("/signalement", {"secret": secret}, **HERE)
    assert "Une personne doit encore le lire" in waits.text

    # a moderator finds it and decides
    assert "1 signalement" in ines.get("/bureau/moderation").text
    page = ines.get(f"/bureau/moderation/{said.code}").text
    assert "Voleuse !" in page
    assert "C’est une insulte." in page
    ruling = anyone.get(decide(ines, said).url)
    assert REASON in plain(ruling)
    assert "Voleuse !" not in ruling.text

    # everyone is told
    gone = anyone.get(f"/idees/{said.code}")
    assert gone.status_code == 410
    assert f"/moderation/{said.code}" in gone.text
    assert anyone.get(f"/moderation/{said.code}").url == f"/moderation/{Ruling.objects.get().record.code}"
    followed = anyone.post("/signalement", {"secret": secret}, **HERE)
    assert REASON in plain(followed)
    assert Ruling.objects.get().record.code in followed.text

    # the author, in her browser, contests; the other moderator gives her word back
    code = Ruling.objects.get().record.code
    stay_open(Ruling.objects.get())
    author = guest_browser(said.author)
    assert "Votre clé" not in author.get(f"/moderation/{code}/contester").text
    sent = author.post(f"/moderation/{code}/contester", {"text": "Je citais.", "key": "c" * 32}, **HERE)
    assert sent.status_code == 302
    mine = ines.get(f"/bureau/moderation/recours/{code}")
    assert "une autre personne examine le recours" in mine.text
    answer = {"outcome": "kept", "rule": "insult_or_hate", "facts": "Elle citait.", "key": "d" * 32}
    assert malik.post(f"/bureau/moderation/recours/{code}", answer, **HERE).status_code == 302
    assert anyone.get(f"/idees/{said.code}").status_code == 200

    # and the register tells both
    register = anyone.get("/moderation?annee=2026").text
    assert "Annulée après recours" in register
    assert "Remise en ligne" in register


def stay_open(ruling):
    """The clock of requests is the database's, that of the territory stands in March."""
    Ruling.objects.filter(pk=ruling.pk).update(appeal_until="2100-01-01")


def guest_browser(person) -> Client:
    client = Client()
    client.cookies[COOKIE] = signing.dumps(str(person.pk), salt="democratic.guest")
    return client


def test_a_form_sent_twice_shows_its_first_receipt(bench):
    said, client = bench.territory.say().idea.record, Client()

    first, second = signal(client, said), signal(client, said)

    assert first.url == second.url
    assert Notice.objects.count() == 1


def test_two_moderators_who_decide_at_once_make_one_decision_and_the_second_is_told(bench):
    said = bench.territory.say().idea.record
    bench.signal(said)

    assert decide(client_of(bench.first), said).status_code == 302
    late = decide(client_of(bench.second), said, "kept", key="e" * 32)

    assert late.status_code == 409
    assert "quelqu’un a décidé avant vous" in plain(late)
    assert Ruling.objects.count() == 1


def test_an_address_is_kept_with_its_consent_for_who_is_15(bench):
    said, client = bench.territory.say().idea.record, Client()

    refused = signal(client, said, email="noor@example.org")
    sent = signal(client, said, key="f" * 32, email="noor@example.org", is_15="on")

    assert (refused.status_code, sent.status_code) == (400, 302)
    assert ContactAddress.objects.get().email == "noor@example.org"
    assert ContactAddress.objects.get().person == Notice.objects.get().notifier


def test_a_comment_is_signalled_at_its_place_and_leaves_a_line_there(bench):
    said = bench.territory.say().idea.record
    comment = post_comment(
        subject=said, author=None, words=Words(text="Idiote."), clock=bench.territory.clock
    )
    assert f"/signaler/{comment.record.code}" in Client().get(f"/idees/{said.code}").text

    bench.hidden(comment.record)

    page = Client().get(f"/idees/{said.code}").text
    assert "Idiote." not in page
    assert f"/moderation/{comment.record.code}" in page


def test_an_order_an_answer_or_a_page_is_not_signalled_here(bench):
    assert Client().get(f"/signaler/{bench.territory.mandate.record.code}").status_code == 404


def test_the_bin_shows_words_to_who_is_signed_in_but_never_those_of_a_private_life(bench):
    bench.hidden(bench.territory.say("Bande d’incapables !").idea.record)
    bench.hidden(bench.territory.say("Elle habite 3 rue des Lilas.").idea.record, rule="personal_data")

    assert Client().get("/moderation/corbeille").status_code == 302
    page = client_of(bench.territory.citizen).get("/moderation/corbeille").text

    assert "Bande d’incapables" in page
    assert "Lilas" not in page
    assert "les relire referait le tort" in page


def test_the_year_is_a_table_that_no_spreadsheet_runs(bench):
    said = bench.territory.say("Voleuse !").idea.record
    bench.signal(said)
    ruling = bench.decide(said)
    Record.objects.get(pk=ruling.record_id).wordings.update(text="=cmd|calc")

    answer = Client().get("/moderation/2026.csv")
    (row,) = csv.DictReader(answer.content.decode("utf-8-sig").splitlines())

    assert answer.headers["Content-Disposition"] == 'attachment; filename="moderation-2026.csv"'
    assert row["facts"] == "'=cmd|calc"
    assert (row["rule"], row["outcome"], row["decided_automatically"]) == ("insult_or_hate", "hidden", "no")
    assert Client().get("/moderation/2025.csv").content.decode("utf-8-sig").count("\n") == 1
    assert Client().get("/moderation/99999.csv").status_code == 404


def test_a_notice_tells_the_author_nothing_of_who_gave_it(bench):
    said, client = bench.territory.say().idea.record, client_of(bench.territory.citizen)
    signal(client, said)
    decide(client_of(bench.first), said)

    pages = [guest_browser(said.author).get(path).text for path in (
        f"/moderation/{Ruling.objects.get().record.code}", f"/idees/{said.code}", "/moderation",
    )]  # fmt: skip

    assert not any("Gabriel" in page or "C’est une insulte." in page for page in pages)


def test_a_stranger_contests_nothing_and_a_wrong_key_is_said_beside_its_field(bench):
    said = bench.territory.say().idea.record
    ruling = bench.hidden(said)
    stay_open(ruling)

    sent = Client().post(
        f"/moderation/{ruling.record.code}/contester",
        {"text": "Non.", "secret": "AAAAA-AAAAA-AAAAA", "key": "a" * 32},
        **HERE,
    )

    assert sent.status_code == 403
    assert "Cette clé n’est ni celle de la parole" in sent.text
    assert not Appeal.objects.exists()


def test_who_moderates_elsewhere_or_another_consultation_finds_nothing_here(bench):
    said = bench.territory.say().idea.record
    bench.signal(said)
    other = open_authority(slug="ailleurs", name="Ailleurs", kind_label="la Ville", host="ailleurs.example")
    bench.first.person.grants.update(authority=other)
    assert client_of(bench.first).get(f"/bureau/moderation/{said.code}").status_code == 403

    bench.second.person.grants.update(process=bench.territory.mandate.record)
    scoped = client_of(bench.second)
    assert scoped.get(f"/bureau/moderation/{said.code}").status_code == 404
    assert "Rien n’attend ici" in scoped.get("/bureau/moderation").text

    bench.second.person.grants.update(process=bench.territory.process.record)
    assert scoped.get(f"/bureau/moderation/{said.code}").status_code == 200


def test_a_moderator_may_not_judge_what_a_private_audience_keeps_from_her(bench):
    said = bench.territory.say().idea.record
    bench.signal(said)
    Record.objects.filter(pk=said.pk).update(
        audience=Audience.objects.create(authority=bench.territory.authority, name="Le bureau")
    )
    client = client_of(bench.first)

    assert client.get(f"/bureau/moderation/{said.code}").status_code == 404
    assert decide(client, said).status_code == 404
    assert Record.objects.get(pk=said.pk).visibility == Visibility.PUBLIC


@pytest.mark.parametrize("n", [1, 3])
def test_the_queue_asks_at_most_twelve_questions_whatever_it_holds(bench, n, django_assert_max_num_queries):
    for each in range(n):
        said = bench.territory.say(f"Parole {each}").idea.record
        bench.signal(said)
        bench.signal(said, rule="minor_in_danger" if each else "other")
    client = client_of(bench.first)
    client.get("/bureau/moderation")

    with django_assert_max_num_queries(12) as asked:
        page = client.get("/bureau/moderation")

    assert page.text.count("Lire et décider") >= n
    assert len(asked) == QUEUE_QUERIES


QUEUE_QUERIES = 11


@pytest.mark.parametrize("n", [1, 3])
def test_the_register_asks_the_same_questions_for_one_and_for_three(bench, n, django_assert_num_queries):
    for each in range(n):
        bench.hidden(bench.territory.say(f"Parole {each}").idea.record)
    client = Client()
    client.get("/moderation?annee=2026")

    with django_assert_num_queries(REGISTER_QUERIES):
        page = client.get("/moderation?annee=2026")

    assert page.text.count("Masquée") >= n


REGISTER_QUERIES = 7


def test_the_gravest_come_first(bench):
    late, urgent = (bench.territory.say(text).idea.record for text in ("Première", "Seconde"))
    bench.signal(late)
    bench.signal(urgent, rule="minor_in_danger")

    page = client_of(bench.first).get("/bureau/moderation").text

    assert page.index(f"/bureau/moderation/{urgent.code}") < page.index(f"/bureau/moderation/{late.code}")
    assert "Grave" in page
    narrowed = client_of(bench.first).get("/bureau/moderation?regle=insult_or_hate").text
    assert urgent.code not in narrowed


def test_what_is_kept_stays_and_says_so_in_the_register(bench):
    said = bench.territory.say().idea.record
    bench.signal(said)
    bench.decide(said, Outcome.KEPT)

    assert Client().get(f"/idees/{said.code}").status_code == 200
    assert "Gardée" in Client().get("/moderation?annee=2026").text
