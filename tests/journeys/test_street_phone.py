"""What an agent notes in the street without network is never lost, arrives once, and is read by nobody else."""

import io
import json
import time
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import expect

from closing_door import Door
from democratic.participation.street.devices import revoke_device
from democratic.participation.street.models import FieldDevice, StreetCapture, StreetFile
from democratic.web.street_kit import parcel
from in_the_street import planned
from pictures import photo_with_place
from street_phone import CODE, Phone

pytestmark = [pytest.mark.browser]

SECRET = "Mon patron me garde jusqu’à minuit passé."


@pytest.fixture
def door(live_server):
    """The street's network: closed, nobody answers."""
    parts = urlsplit(live_server.url)
    door = Door((parts.hostname, parts.port))
    yield door
    door.close()


@pytest.fixture
def session(live_territory, live_clock):
    return planned(live_territory, with_poll=True)


@pytest.fixture
def phone(chromium, door, live_territory, session, tmp_path):
    phone = Phone(chromium, door.url, tmp_path / "phone")
    phone.prepare(live_territory.agent)
    yield phone
    phone.kill()  # before the tables are emptied under what it sends
    assert phone.wrong == []


def captures(**asked):
    return StreetCapture.objects.filter(state=StreetCapture.State.RECEIVED, **asked)


def comes_back_and_sends(phone, door, n):
    door.open()
    phone.send()
    expect(phone.screen("envois").get_by_text("Tout est reçu.")).to_be_visible(timeout=60_000 + 2_000 * n)


@pytest.mark.parametrize("n", [20, pytest.param(500, marks=pytest.mark.prove)])
def test_what_was_kept_when_the_phone_died_is_there_again_and_arrives_once(phone, door, n):
    """Killed while it writes; every record that it said was kept is there, with its photo, and the server has each once."""
    door.close()
    phone.work(0, n, wait=False)
    deadline = time.monotonic() + 120
    while len(phone.acknowledged) < n // 2 and time.monotonic() < deadline:
        phone.tab.wait_for_timeout(20)
    phone.kill()
    told = set(phone.acknowledged)
    assert len(told) >= n // 2
    phone.open()
    phone.start()
    opened = phone.tab.evaluate("performance.getEntriesByName('open')[0].startTime")
    print(f"\nopened without network in {opened / 1000:.2f} s, with {len(told)} records")  # noqa: T201
    phone.unlock()
    there = phone.tab.evaluate(
        "async code => { const [{ openStore }, { openVault }, { Kit }] = await Promise.all("
        "['store', 'vault', 'kit'].map(name => import(`/static/web/js/terrain/${name}.js`)));"
        "const store = await openStore(); const kit = await Kit.load(store, await openVault(store, code));"
        "return kit.inOrder().map(each => [each.uuid, each.seq, each.record.code]) }",
        CODE,
    )
    assert told <= {uuid for uuid, _seq, _code in there}
    assert len(there) <= len(told) + 1
    phone.work(len(there), n)
    phone.unlock()
    phone.counter(f"{n} prêtes")
    comes_back_and_sends(phone, door, n)
    assert captures().count() == StreetCapture.objects.count() == n
    assert StreetFile.objects.count() == n
    assert len(set(captures().exclude(code="").values_list("code", flat=True))) == min(n, 100)
    assert sorted(captures().values_list("seq", flat=True)) == list(range(1, n + 1))
    phone.tab.reload()
    phone.unlock()
    phone.counter("reçue")
    assert StreetCapture.objects.count() == n


def test_killed_while_it_sends_with_every_answer_lost_it_still_arrives_once(phone, door):
    door.close()
    phone.work(0, 5)
    door.open()
    door.swallows = True
    phone.unlock()
    phone.send()
    deadline = time.monotonic() + 30
    while not captures().exists() and time.monotonic() < deadline:
        phone.tab.wait_for_timeout(50)
    assert captures().count() == 5
    phone.kill()
    door.swallows = False
    phone.open()
    phone.unlock()  # opening it is enough: it sends by itself
    phone.counter("5 reçues")
    assert (StreetCapture.objects.count(), StreetFile.objects.count()) == (5, 5)


def test_it_sends_by_itself_when_the_network_comes_back(phone):
    phone.context.set_offline(True)
    phone.say("Le car de 18 h est plein.")
    phone.counter("1 prête")
    phone.context.set_offline(False)
    phone.counter("1 reçue")
    assert captures().count() == 1


def test_a_network_that_answers_in_the_server_s_place_is_no_receipt(phone):
    """A café's, that asks to be signed into first."""
    phone.context.route(
        "**/terrain/envois**", lambda asked: asked.fulfill(body="<h1>Wi-Fi</h1>", content_type="text/html")
    )
    phone.say("Un arrêt devant le café.")
    phone.send()
    expect(phone.screen("envois")).to_contain_text("Le réseau ne répond pas.")
    phone.counter("1 prête")
    phone.context.unroute_all()
    phone.button("Envoyer maintenant").click()
    phone.counter("1 reçue")


def test_one_that_is_wrong_holds_no_other_back_and_is_corrected(phone, door):
    door.close()
    phone.work(0, 1)
    phone.work(1, 2, age_band="unsaid")
    phone.work(2, 4)
    phone.unlock()
    door.open()
    phone.send()
    phone.counter("1 à corriger")
    assert captures().count() == 3
    row = phone.screen("envois").locator("li[data-state=to_correct]")
    expect(row).to_contain_text("Choisissez la tranche d’âge")
    phone.looked_at()
    row.get_by_role("link", name="Modifier").click()
    phone.screen("parole").get_by_text("26-64 ans").first.click()
    phone.tab.get_by_label("Ses mots").fill("Le bus du matin passe trop tôt.")
    phone.screen("parole").locator("[name=consent]").check()
    phone.button("Garder").click()
    phone.screen("gardee").wait_for()
    phone.send()
    phone.counter("4 reçues")
    assert captures().count() == StreetCapture.objects.count() == 4


def test_a_photo_leaves_without_where_and_by_which_phone_it_was_taken(phone):
    sent = []
    phone.context.on("request", lambda asked: sent.append(asked) if asked.method == "PUT" else None)
    phone.go("mur")
    taken = {"name": "mur.jpg", "mimeType": "image/jpeg", "buffer": photo_with_place()}
    phone.screen("mur").locator("[data-photo]").set_input_files(taken)
    phone.screen("mur").locator("[data-preview]").wait_for()
    phone.tab.get_by_label("Ce qu’on y voit, en une phrase").fill("Douze cartes sur un fil.")
    phone.looked_at()
    phone.button("Garder la photo").click()
    phone.screen("accueil").wait_for()
    phone.send()
    phone.counter("1 reçue")
    data = sent[0].post_data_buffer
    picture = Image.open(io.BytesIO(data))
    assert (dict(picture.getexif()), "comment" in picture.info, b"Marque" in data) == ({}, False, False)
    assert max(picture.size) <= 1600
    assert StreetFile.objects.count() == 1


@pytest.mark.prove
def test_a_large_photo_is_made_smaller_on_the_phone(phone):
    size = phone.tab.evaluate(
        """async () => {
          const { redraw } = await import("/static/web/js/terrain/photos.js");
          const canvas = Object.assign(document.createElement("canvas"), { width: 4000, height: 3000 });
          const { bytes, type } = await redraw(await new Promise(done => canvas.toBlob(done)));
          const { width, height } = await createImageBitmap(new Blob([bytes], { type }));
          return [width, height, type];
        }"""
    )
    assert size == [1600, 1200, "image/jpeg"]


def test_the_phone_s_folder_shows_no_word_no_name_no_token_to_who_copies_it(phone, door, live_territory):
    door.close()
    tokens = phone.tab.evaluate(
        "async code => { const [{ openStore }, { openVault }] = await Promise.all(['store', 'vault'].map(name =>"
        " import(`/static/web/js/terrain/${name}.js`))); const store = await openStore();"
        " const vault = await openVault(store, code); const [row] = await store.all('sessions');"
        " return (await vault.open(row, `sessions:${row.id}`)).token }",
        CODE,
    )
    phone.say(SECRET, name="Ysaline")
    phone.button("26-64 ans").click()
    phone.tab.get_by_label("Ses mots").fill("Un brouillon pas fini de Zéphyrine")
    phone.tab.wait_for_timeout(900)
    phone.kill()
    held = [path for path in phone.folder.rglob("*") if path.is_file()]
    assert any("IndexedDB" in str(path) for path in held)
    looked_for = [word.encode(form) for word in (SECRET[:20], "Ysaline", "Zéphyrine", tokens, CODE)
                  for form in ("utf-8", "utf-16-le", "latin-1")]  # fmt: skip
    assert [(str(p), word) for p in held for word in looked_for if word in p.read_bytes()] == []
    phone.open()
    phone.unlock()
    phone.go("envois")
    expect(phone.screen("envois")).to_contain_text(SECRET)
    expect(phone.screen("envois").locator("li[data-state=draft]")).to_contain_text("Zéphyrine")


def test_a_wrong_code_opens_nothing_says_so_and_soon_costs_time(phone):
    phone.start()
    phone.looked_at()
    for _try in range(4):
        phone.tab.get_by_label("Code de cet appareil").first.fill("000000")
        phone.button("Ouvrir").click()
        expect(
            phone.tab.get_by_role("alert").filter(has_text="Ce n’est pas le code de cet appareil.")
        ).to_be_visible()
    phone.tab.get_by_label("Code de cet appareil").first.fill("000000")
    phone.button("Ouvrir").click()
    expect(phone.tab.get_by_role("alert").filter(has_text="Trop de codes faux.")).to_be_visible()
    phone.start()
    phone.tab.get_by_label("Code de cet appareil").first.fill(CODE)
    phone.button("Ouvrir").click()
    expect(phone.tab.get_by_role("alert").filter(has_text="Trop de codes faux.")).to_be_visible()


def test_a_phone_whose_access_is_taken_away_erases_itself_and_says_so(phone, door, live_territory):
    door.close()
    phone.say(SECRET)
    revoke_device(device=FieldDevice.objects.get(), clock=live_territory.clock)
    door.open()
    phone.send()
    expect(phone.screen("efface")).to_contain_text("L’accès de cet appareil a été retiré.")
    phone.looked_at()
    assert phone.texts_in_store() == 0
    assert not StreetCapture.objects.exists()
    phone.start()
    phone.screen("sessions").wait_for()


@pytest.mark.prove
def test_access_that_is_over_loses_nothing_and_is_prepared_again(phone, door, live_territory):
    door.close()
    phone.say("Un banc sous le tilleul.")
    made = FieldDevice.objects.get()
    before = made.expires_at
    FieldDevice.objects.update(expires_at=made.issued_at)
    door.open()
    phone.send()
    expect(phone.screen("envois")).to_contain_text("Accès périmé")
    phone.go("accueil")
    phone.looked_at()
    FieldDevice.objects.update(expires_at=before)
    phone.go("sessions")
    phone.button("Préparer hors ligne").click()
    phone.counter("1 reçue")
    assert captures().count() == 1


def test_a_new_version_waits_for_the_agent_and_loses_nothing(phone, monkeypatch):
    phone.context.set_offline(True)
    phone.say(SECRET)
    phone.context.set_offline(False)
    monkeypatch.setattr(parcel, "_digest", lambda: "another")
    phone.tab.evaluate("async () => (await navigator.serviceWorker.getRegistration()).update()")
    with phone.tab.expect_navigation():
        phone.tab.get_by_role("button", name="Une mise à jour est prête").click()
    phone.unlock()
    phone.go("envois")
    expect(phone.screen("envois")).to_contain_text("Parole")
    names = phone.tab.evaluate("caches.keys()")
    assert len(names) == 1


def test_leaving_asks_what_becomes_of_what_is_not_sent(phone, door):
    door.close()
    phone.say(SECRET)
    phone.go("quitter")
    expect(phone.screen("quitter")).to_contain_text("1 saisie pas encore reçue")
    phone.looked_at()
    with phone.tab.expect_download() as given:
        phone.button("Sauvegarder mes saisies").click()
    saved = json.loads(given.value.path().read_text())
    assert (saved["format"], [each["text"] for each in saved["records"]], saved["files"]) == (
        "democratic-street-1", [SECRET], [],
    )  # fmt: skip
    phone.button("Garder verrouillé sur l’appareil").click()
    phone.screen("verrou").wait_for()
    phone.unlock()
    phone.counter("1 prête")
    phone.go("quitter")
    phone.button("Effacer de cet appareil").click()
    expect(phone.screen("quitter")).to_contain_text("personne n’en retrouvera rien")
    phone.button("Non, garder").click()
    phone.button("Effacer de cet appareil").click()
    phone.button("Oui, tout effacer").click()
    phone.screen("efface").wait_for()
    assert phone.texts_in_store() == 0


def test_signing_out_of_the_site_comes_by_the_same_question_and_clears_no_word(phone, door):
    door.close()
    phone.say(SECRET)
    phone.tab.wait_for_timeout(200)
    door.open()
    phone.tab.goto("/deconnexion")
    phone.tab.get_by_role("button", name="Se déconnecter").last.click()
    phone.screen("quitter").wait_for()
    expect(phone.screen("quitter")).to_contain_text("1 saisie pas encore reçue")
    phone.looked_at()
    phone.unlock()
    phone.counter("1 reçue")


@pytest.mark.prove
def test_a_phone_with_nothing_to_send_hears_too_that_its_access_is_taken_away(phone, live_territory):
    revoke_device(device=FieldDevice.objects.get(), clock=live_territory.clock)
    phone.start()
    phone.tab.get_by_label("Code de cet appareil").first.fill(CODE)
    phone.button("Ouvrir").click()
    expect(phone.screen("efface")).to_contain_text("L’accès de cet appareil a été retiré.")
    assert phone.texts_in_store() == 0


def test_a_code_is_given_once_even_when_its_word_is_changed_or_deleted(phone, door):
    door.close()
    first = phone.say("Un abri pour la pluie.")
    phone.go("envois")
    phone.screen("envois").get_by_role("link", name="Modifier").click()
    phone.tab.get_by_label("Ses mots").fill("Un abri pour la pluie et la neige.")
    phone.tab.wait_for_timeout(700)  # its draft is written
    phone.go("accueil")
    second = phone.say("Une lampe au coin.")
    phone.go("envois")
    row = phone.screen("envois").locator("li").filter(has_text="Une lampe")
    phone.tab.on("dialog", lambda asked: asked.accept())
    row.get_by_role("button", name="Supprimer").click()
    expect(row).to_have_count(0)
    phone.go("accueil")
    third = phone.say("Un banc.")
    assert len({first, second, third}) == 3
    phone.go("envois")
    phone.screen("envois").locator("li[data-state=draft]").get_by_role("link", name="Modifier").click()
    phone.button("Garder").click()
    expect(phone.screen("gardee")).to_contain_text(first)


def test_a_word_typed_and_not_kept_is_a_draft_when_the_phone_died(phone):
    phone.button("15-17 ans").click()
    phone.tab.get_by_label("Ses mots").fill("Le bus du lycée passe")
    phone.counter("1 brouillon")
    phone.kill()
    phone.open()
    phone.unlock()
    phone.go("envois")
    phone.screen("envois").get_by_role("link", name="Modifier").click()
    expect(phone.tab.get_by_label("Ses mots")).to_have_value("Le bus du lycée passe")
    phone.tab.get_by_text("Changer").or_(phone.screen("parole").locator("summary")).first.click()
    phone.screen("parole").get_by_text("Moins de 15 ans").click()
    expect(phone.tab.locator("[data-count]")).to_be_hidden()  # the age was wrong: nothing of it stays


# A vault in memory, and what comes of a code at a moment: "open", "wrong", or the seconds to wait.
TRIED = """async code => {
  const { HANDBACK, makeVault, openVault, TooManyTries } = await import("/static/web/js/terrain/vault.js");
  let { row } = await makeVault(code);
  const store = { get: async () => row, put: async (_table, changed) => { row = changed; } };
  window.tried = async (typed, now, door) => {
    try {
      await openVault(store, typed, now, door === "handback" ? HANDBACK : undefined);
      return "open";
    } catch (fault) {
      return fault instanceof TooManyTries ? Math.ceil((fault.until - now) / 1000) : "wrong";
    }
  };
}"""
NOW, YEAR = 1_772_300_000_000, 365 * 24 * 3600 * 1000


def tried(phone, code, now, door="gate"):
    return phone.tab.evaluate("([code, now, door]) => window.tried(code, now, door)", [code, now, door])


def test_a_clock_that_is_put_right_keeps_nobody_out_for_longer_than_the_longest_wait(phone):
    phone.tab.evaluate(TRIED, CODE)
    for _try in range(6):
        tried(phone, "000000", NOW + YEAR)
    assert tried(phone, CODE, NOW) <= 3600
    assert tried(phone, CODE, NOW + 3_601_000) == "open"


def test_passers_by_who_try_codes_at_the_kiosk_wait_a_little_and_keep_no_agent_out(phone):
    phone.tab.evaluate(TRIED, CODE)
    waits = [tried(phone, "000000", NOW + each * 60_000, "handback") for each in range(12)]
    assert waits == ["wrong"] * 4 + [30] * 8
    assert tried(phone, CODE, NOW + 11 * 60_000) == "open"
    assert tried(phone, CODE, NOW + 12 * 60_000, "handback") == "open"
