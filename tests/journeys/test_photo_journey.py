"""Lina sends a photo and a voice by the page of a poster, without a script; an agent looks, listens, and both come out."""

import pytest
from playwright.sync_api import expect
from walking import by_password

from chatting import open_channel, open_flow
from democratic.participation.conversations.models import Flow
from democratic.thread.models import Attachment
from pictures import photo_with_place
from sending_files import STEPS
from sounds import ogg_opus

pytestmark = [pytest.mark.browser]
# Played without a sound, from its middle on, until it moves.
PLAYED = """async () => {
  const heard = document.querySelector("audio");
  heard.muted = true;
  const says = (name) => new Promise((done, wrong) => {
    heard.addEventListener(name, done, { once: true });
    heard.addEventListener("error", () => wrong(new Error(`audio ${heard.error?.code}`)), { once: true });
  });
  const known = says("loadedmetadata");
  heard.preload = "auto";
  heard.load();
  await known;
  const sought = says("seeked");
  heard.currentTime = 30;
  await sought;
  const moves = new Promise((done) => heard.addEventListener("timeupdate", () => heard.currentTime > 30.1 && done()));
  await heard.play();
  await moves;
  heard.pause();
  return [Math.round(heard.duration), Math.floor(heard.currentTime)];
}"""


@pytest.mark.parametrize("javascript", [True, False], ids=["with_script", "without_script"])
def test_a_photo_and_a_voice_from_a_phone_to_a_public_page(
    live_territory, live_clock, open_tab, seen, javascript
):
    open_channel(live_territory.authority)
    open_flow(live_territory, STEPS, has_places=False)
    lina = open_tab(javascript=javascript, width=360)
    lina.goto("/r/LYC-BRO")
    lina.get_by_role("button", name="En voiture").click()
    lina.get_by_role("button", name="18-25 ans").click()
    lina.get_by_role("textbox").fill("Un bus après minuit")
    lina.get_by_role("button", name="Envoyer").click()
    heavy = {"name": "a.svg", "mimeType": "image/svg+xml", "buffer": b"<svg xmlns='x'></svg>"}
    lina.get_by_label("La photo").set_input_files(heavy)
    lina.get_by_label("En un mot").fill("L’abribus, de nuit")
    lina.get_by_role("button", name="Envoyer").click()
    expect(lina.get_by_role("alert")).to_contain_text("exportez-le en PNG")
    expect(lina.get_by_label("En un mot")).to_have_value("L’abribus, de nuit")
    seen(lina)
    photo = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": photo_with_place()}
    lina.get_by_label("La photo").set_input_files(photo)
    lina.get_by_role("button", name="Envoyer").click()
    expect(lina.locator("main")).to_contain_text("une personne la regarde avant qu’elle paraisse")
    seen(lina)
    voice = {"name": "vocal.ogg", "mimeType": "audio/ogg", "buffer": ogg_opus(40)}
    lina.get_by_label("Votre enregistrement").set_input_files(voice)
    lina.get_by_role("button", name="Envoyer").click()
    lina.get_by_role("button", name="Non merci").click()

    agent = open_tab(javascript=javascript)
    by_password(agent, live_territory.agent.email)
    agent.goto(f"/bureau/concertations/bouger/conversations/{Flow.objects.get().pk}")
    agent.get_by_role("link", name="Photos et vocaux").click()
    seen(agent)
    expect(agent.get_by_label("Ce qu’on y voit")).to_have_value("L’abribus, de nuit")
    expect(agent.locator("main")).to_contain_text("40\u00a0s")
    if javascript:
        assert agent.evaluate(PLAYED) == [40, 30], "as long as we read, and heard from where one puts it"
    agent.get_by_role("button", name="Publier").first.click()
    agent.get_by_label("Ce qui est dit").fill("Des vélos à la gare, et un abri.")
    agent.get_by_role("button", name="Publier").click()
    expect(agent.locator("main")).to_contain_text("Rien à regarder ni à écouter")
    seen(agent)
    lina.reload()
    expect(lina.locator("main")).to_contain_text("Votre message vocal est écrit")
    lina.goto(f"/idees/{Attachment.objects.get().record.code}")
    expect(lina.get_by_role("img", name="L’abribus, de nuit")).to_be_visible()
