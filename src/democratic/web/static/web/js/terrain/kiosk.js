// The phone turned round to passers-by: the question, an age, thank you. The agent's code is asked to leave.
import { bandsOf, UNSAID } from "./bands.js";
import { element, onSubmit, part, screenOf } from "./dom.js";
import { explainCode } from "./gate.js";
import { DRAFT, READY } from "./kit.js";
import { drawOptions, tapOf } from "./quick.js";
import { HANDBACK, openVault } from "./vault.js";
import { say } from "./words.js";

const PATIENCE = 20_000; // milliseconds: who walks away without an age has answered all the same
const THANKS = 4_000;
const root = screenOf("borne");
const steps = ["kiosk-ask", "kiosk-age", "kiosk-thanks"];

const kiosk = {
  set(app) {
    Object.assign(this, { app, timer: 0, tapped: null });
    part(root, "kiosk-next").addEventListener("click", () => this.ask());
    const form = part(root, "leave-kiosk");
    onSubmit(form, async ({ code }) => {
      await openVault(app.store, code, Date.now(), HANDBACK).finally(() => form.reset());
      delete document.body.dataset.kiosk;
      app.go("question");
    }, explainCode);
  },

  enter() {
    const { poll } = this.app.session;
    if (!poll) return this.app.go("accueil");
    document.body.dataset.kiosk = "";
    document.documentElement.requestFullscreen?.().catch(() => {}); // where the phone allows it
    navigator.wakeLock?.request("screen").then((lock) => { this.awake = lock; }, () => {});
    part(root, "handback").open = false;
    part(root, "poll-question").textContent = poll.question;
    drawOptions(part(root, "kiosk-options"), poll, ({ rank }) => this.tap(rank));
    this.drawBands();
    this.ask();
  },

  leave() {
    clearTimeout(this.timer);
    this.finish(UNSAID);
    this.awake?.release();
    if (document.fullscreenElement) document.exitFullscreen();
  },

  drawBands() {
    const { session } = this.app;
    const bands = bandsOf(session).map(({ key, label }) => ({ key, label: key === UNSAID ? say("kiosk-no-age") : label }));
    const buttons = bands.map(({ key, label }) => {
      const button = element("button", { type: "button", className: "kit-option", textContent: label });
      button.addEventListener("click", () => this.thank(key));
      return button;
    });
    part(root, "kiosk-bands").replaceChildren(...buttons);
    const tu = session.uses_tu ? "-tu" : "";
    part(root, "kiosk-age-asked").textContent = say(`kiosk-age${tu}`);
    part(root, "kiosk-thanked").textContent = say(`kiosk-thanks${tu}`);
  },

  show(step) {
    for (const each of steps) part(root, each).hidden = each !== step;
    clearTimeout(this.timer);
    part(root, step).querySelector("h1").focus({ preventScroll: true });
  },

  ask() {
    this.show("kiosk-ask");
  },

  // Kept at once, as a draft that an age may still complete.
  async tap(rank) {
    this.show("kiosk-age");
    this.timer = setTimeout(() => this.thank(UNSAID), PATIENCE);
    this.tapped = this.app.keep(tapOf(rank), { state: DRAFT });
    await this.tapped;
  },

  async thank(band) {
    this.show("kiosk-thanks");
    this.timer = setTimeout(() => this.ask(), THANKS);
    await this.finish(band);
  },

  async finish(age_band) {
    const { tapped } = this;
    this.tapped = null;
    if (!tapped) return;
    const { uuid, record } = await tapped;
    await this.app.keep({ ...record, age_band }, { uuid, state: READY });
  },
};

export default { borne: kiosk };
