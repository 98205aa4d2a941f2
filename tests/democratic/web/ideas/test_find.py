import pytest

from conversations import plain
from democratic.kernel.limits import Limit
from democratic.thread.actions import withdraw_own
from democratic.thread.models import ClaimSecret, Record
from factories import build_territory


@pytest.fixture
def receipt(territory):
    return territory.say("Un bus de nuit")


@pytest.fixture
def code(receipt):
    return receipt.idea.record.code


@pytest.mark.parametrize(
    "typed", [str, str.lower, lambda c: c.replace("-", ""), lambda c: f"  {c.replace('-', ' ').lower()} "]
)
def test_a_code_is_found_however_it_was_typed(client, code, typed):
    response = client.get("/retrouver", {"code": typed(code)})
    assert (response.status_code, response.url) == (302, f"/fil/{code}")


@pytest.mark.parametrize(
    "typed", ["K7P-4RM", "0", "O1L-S58", "x" * 500, "<script>alert(1)</script>", "\x00", "\u202e", "' or 1=1"]
)
def test_a_code_that_does_not_exist_is_said_and_kept_in_its_box(territory, client, typed):
    response = client.get("/retrouver", {"code": typed})
    html = response.content.decode()
    assert "<script>alert" not in html
    if typed.strip("\x00\u202e"):
        assert response.status_code == 404
        assert "Ce code n’existe pas. Il a sept signes, comme K7P-4RM." in plain(response)


def test_the_code_of_what_was_taken_back_leads_to_its_line(territory, client, receipt, code):
    withdraw_own(record=receipt.idea.record, clock=territory.clock)
    assert client.get("/retrouver", {"code": code}).url == f"/fil/{code}"
    assert client.get(f"/{code}").url == f"/fil/{code}"


def test_a_code_of_another_authority_is_not_ours(client, territory):
    other = build_territory(slug="autre", host="autre.example")
    code = other.say("Ailleurs").idea.record.code
    assert client.get("/retrouver", {"code": code}).status_code == 404
    assert client.get(f"/{code}").status_code == 404


@pytest.mark.parametrize("typed", [str, str.lower, lambda c: c.replace("-", "").lower()])
def test_the_short_address_of_a_ticket_leads_to_its_page(client, code, typed):
    response = client.get(f"/{typed(code)}")
    assert (response.status_code, response.url) == (302, f"/idees/{code}")
    assert client.get(f"/en/{typed(code)}").url == f"/en/idees/{code}"


def test_a_short_address_that_leads_nowhere_proposes_to_type_again(territory, client):
    response = client.get("/K7P-4RM")
    assert response.status_code == 404
    assert 'value="K7P-4RM"' in response.content.decode()


@pytest.mark.parametrize("path", ["/abcdef", "/bbbbbb", "/K7P-4R", "/K7P-4RMM", "/K7P--4RM"])
def test_six_signs_that_are_no_code_are_no_page(territory, client, path):
    assert client.get(path).status_code == 404


def test_guessing_codes_is_stopped_and_a_class_is_not(territory, browser, monkeypatch, code):
    monkeypatch.setattr("democratic.web.ideas.find.CODES", Limit("few-codes", 30, 600))
    client = browser()
    assert {client.get("/retrouver", {"code": code}).status_code for _ in range(20)} == {302}
    statuses = [client.get("/retrouver", {"code": "K7P-4RM"}).status_code for _ in range(12)]
    assert statuses[:10] == [404] * 10
    assert statuses[10:] == [429] * 2
    assert client.get("/K7P-4RM").status_code == 429
    response = client.get("/retrouver", {"code": code})
    assert response.status_code == 429
    assert response["Retry-After"] == "600"
    assert "Trop d’essais en peu de temps." in plain(response)


def test_the_real_limits_let_three_hundred_pupils_pass():
    from democratic.web.ideas.limits import CODES, SECRETS  # noqa: PLC0415

    assert CODES.times >= 300
    assert SECRETS.times < CODES.times


def use(client, secret, act="", **more):
    return client.post("/retrouver/cle", {"secret": secret, "acte": act, **more})


def test_a_key_shows_what_it_opens_and_is_not_used_up_by_looking(client, receipt):
    response = use(client, receipt.claim_secret.lower().replace("-", " "))
    assert response.status_code == 200
    assert "« Un bus de nuit »" in plain(response)
    assert response["Cache-Control"] == "no-store"
    assert ClaimSecret.objects.get().used_at is None


def test_a_key_withdraws_after_a_page_that_says_what_stays(client, receipt, code):
    asked = use(client, receipt.claim_secret, "retirer")
    assert "Une ligne publique restera" in plain(asked)
    assert Record.objects.get(code=code).visibility == "public"
    done = use(client, receipt.claim_secret, "confirmer", key="k")
    assert done.status_code == 302
    assert Record.objects.get(code=code).visibility == "withdrawn"
    again = use(client, receipt.claim_secret, "confirmer", key="k")
    assert (again.status_code, again.url) == (302, done.url)


def test_a_key_ties_the_words_to_the_account_that_uses_it(territory, browser, receipt, code):
    client = browser(territory.citizen)
    assert "La rattacher à mon compte" in plain(use(client, receipt.claim_secret))
    done = use(client, receipt.claim_secret, "rattacher", key="k")
    assert done.url == f"/idees/{code}"
    author = Record.objects.get(code=code).author
    assert author.root == territory.citizen.person
    assert "C’est votre parole." in plain(client.get(f"/idees/{code}"))


def test_without_an_account_a_key_cannot_be_tied(client, receipt):
    response = use(client, receipt.claim_secret, "rattacher", key="k")
    assert response.status_code == 200
    assert "Se connecter" in plain(response)
    assert ClaimSecret.objects.get().used_at is None


def test_a_used_key_opens_nothing_more(client, receipt):
    use(client, receipt.claim_secret, "confirmer", key="k")
    response = use(client, receipt.claim_secret)
    assert response.status_code == 400
    assert "Cette clé n’ouvre rien." in plain(response)


@pytest.mark.parametrize(
    "secret", ["", "AAAAA-BBBBB-CCCCC", "x" * 500, "\x00\x00", "<script>alert(1)</script>"]
)
def test_a_wrong_key_is_said_to_be_wrong(territory, client, secret):
    response = use(client, secret, "confirmer", key="k")
    assert response.status_code == 400
    assert "<script>alert" not in response.content.decode()


def test_the_key_of_another_authority_opens_nothing_here(territory, client):
    other = build_territory(slug="autre", host="autre.example")
    secret = other.say("Ailleurs").claim_secret
    for act in ("", "retirer", "confirmer"):
        assert use(client, secret, act, key="k").status_code == 400
    assert ClaimSecret.objects.get().used_at is None


def test_guessing_keys_is_stopped(territory, client, monkeypatch):
    monkeypatch.setattr("democratic.web.ideas.find.SECRETS", Limit("few-secrets", 3, 600))
    statuses = [use(client, f"AAAAA-BBBBB-CCCC{n}").status_code for n in range(5)]
    assert statuses == [400, 400, 400, 429, 429]


def test_a_key_is_never_used_by_a_link(client, receipt):
    assert client.get("/retrouver/cle", {"secret": receipt.claim_secret}).status_code == 405
