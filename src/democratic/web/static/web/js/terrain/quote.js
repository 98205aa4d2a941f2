// One word said: typed or spoken, kept as a draft while it is, and ready once the consent was read and ticked.
import { drawBandChoices, drawBands, isYoung, labelOf } from "./bands.js";
import { element, iconOf, Missing, onSubmit, part, parts, screenOf, wrong } from "./dom.js";
import { CodeTaken, DRAFT, RECEIVED, SENDING } from "./kit.js";
import { NotAPhoto, redraw } from "./photos.js";
import { beginQuote } from "./street.js";
import { canRecord, record } from "./voice.js";
import { count, say } from "./words.js";

const A_PAUSE = 500; // milliseconds between the last sign typed and the draft
const MOST_FILES = 3; // of a record, on the server
const SHAPE = /^[0-9A-Z]{6,8}$/;
const root = screenOf("parole");
const form = part(root, "quote");
const kept = screenOf("gardee");

const codeOf = (typed) => {
  const bare = typed.toUpperCase().replace(/[^0-9A-Z]/g, "");
  if (bare && !SHAPE.test(bare)) throw new Missing(say("code-shape"));
  return bare && `${bare.slice(0, 3)}-${bare.slice(3)}`;
};

const quote = {
  set(app) {
    Object.assign(this, { app, uuid: "", files: [], timer: 0, voice: null });
    form.addEventListener("input", () => this.changed());
    form.addEventListener("change", ({ target }) => {
      if (target.name === "age_band") part(form, "age").open = isYoung(target.value);
    });
    part(form, "photo").addEventListener("change", ({ target }) => this.addPhoto(target));
    part(form, "voice").addEventListener("click", () => this.turnVoice());
    part(form, "voice").hidden = !canRecord();
    onSubmit(form, () => this.keep(), (fault) => (fault instanceof CodeTaken ? say("code-taken") : app.explain(fault)));
    document.addEventListener("visibilitychange", () => document.hidden && this.saveDraft());
  },

  async enter(uuid) {
    const { app } = this;
    const entry = app.kit.entries.get(uuid);
    if (entry && [RECEIVED, SENDING].includes(entry.state)) return app.go("envois");
    const { band = "", about = "" } = app.begun ?? {};
    app.begun = null;
    this.uuid = entry?.uuid ?? crypto.randomUUID();
    this.files = entry ? await app.kit.filesOf(entry) : [];
    this.code = entry?.record.code ?? ""; // already on a sticker
    this.fill(entry?.record ?? { text: "", first_name: "", age_band: band, about, code: "", in_no_body: null });
    const note = part(form, "to-correct");
    note.hidden = !entry?.error;
    note.textContent = entry?.error ?? "";
    for (const each of parts(form, "field")) {
      each.toggleAttribute("data-wrong", each.dataset.field === entry?.field);
      if (each.dataset.field === "code") each.open = entry?.field === "code";
    }
  },

  fill({ text, first_name, age_band, about, code, in_no_body, consent }) {
    const { session, kit, current } = this.app;
    const { elements } = form;
    form.reset();
    wrong(form, "");
    drawBandChoices(part(form, "band-choices"), session, "age_band", age_band);
    elements.text.value = text;
    elements.first_name.value = first_name;
    elements.consent.checked = Boolean(consent);
    elements.in_a_body.value = in_no_body === null ? "" : in_no_body ? "no" : "yes";
    elements.code.value = code;
    const next = kit.freeCode(current);
    part(form, "next-code").textContent = code || next;
    part(form, "consent").textContent = session.consent;
    part(form, "about-field").hidden = !about;
    elements.about.replaceChildren(
      element("option", { value: "", textContent: say("about-nothing") }),
      ...(session.texts ?? []).map((each) => element("option", { value: each.code, textContent: each.title })),
    );
    elements.about.value = about;
    part(form, "age").open = isYoung(age_band);
    this.tellVoice();
    this.showFiles();
    this.showWhatIsAsked();
  },

  get record() {
    const said = Object.fromEntries(new FormData(form));
    return {
      kind: "quote",
      text: said.text.trim(),
      first_name: said.first_name.trim(),
      age_band: said.age_band ?? "",
      consent: said.consent === "on",
      in_no_body: said.in_a_body ? said.in_a_body === "no" : null,
      about: said.about ?? "",
      code: "",
    };
  },

  showWhatIsAsked() {
    const { age_band: band, text } = this.record;
    const isChosen = Boolean(form.querySelector("[name=age_band]:checked"));
    part(form, "young").hidden = !(isChosen && isYoung(band));
    part(form, "words").hidden = !isChosen || isYoung(band);
    part(form, "band-chosen").textContent = isChosen ? labelOf(this.app.session, band) : say("age-first");
    part(form, "count-text").textContent = count("signs", text.length);
    this.app.youngBand = band;
  },

  changed() {
    this.showWhatIsAsked();
    clearTimeout(this.timer);
    if (isYoung(this.record.age_band)) return this.forget();
    this.timer = setTimeout(() => this.saveDraft(), A_PAUSE);
  },

  // The age was wrong: nothing of a child's words stays, not even here.
  async forget() {
    form.elements.text.value = form.elements.first_name.value = "";
    this.files = [];
    this.showFiles();
    if (this.app.kit.entries.has(this.uuid)) await this.app.kit.drop(this.uuid);
  },

  async saveDraft() {
    clearTimeout(this.timer);
    const isEmpty = !this.uuid || !(this.record.text || this.files.length);
    if (isEmpty || isYoung(this.record.age_band)) return;
    const { uuid, files, record, code } = this;
    await this.app.keep({ ...record, code }, { uuid, files, state: DRAFT });
  },

  async keep() {
    clearTimeout(this.timer);
    await this.voice?.stopped();
    const { app, files, uuid } = this;
    const said = this.record;
    if (isYoung(said.age_band)) return;
    if (!said.text) throw new Missing(say("quote-first"));
    if (!said.consent) throw new Missing(say("consent-first"));
    const code = codeOf(form.elements.code.value) || app.kit.freeCode(app.current);
    part(form, "next-code").textContent = app.kit.freeCode(app.current);
    await app.keep({ ...said, code }, { uuid, files: files.map((file, at) => ({ ...file, n: at + 1 })) });
    this.uuid = "";
    app.given = code;
    app.go("gardee");
  },

  leave() {
    this.saveDraft().catch(() => {});
    this.voice?.stopped();
    this.uuid = "";
  },

  add(file) {
    this.files = [...this.files, { n: Math.max(0, ...this.files.map(({ n }) => n)) + 1, ...file }];
    this.showFiles();
    return this.saveDraft();
  },

  async addPhoto(input) {
    const [file] = input.files;
    if (!file || this.files.length >= MOST_FILES) return;
    wrong(form, "");
    try {
      await this.add(await redraw(file));
    } catch (fault) {
      wrong(form, say(fault instanceof NotAPhoto ? "not-a-photo" : "not-kept"));
    }
    input.value = "";
  },

  async turnVoice() {
    if (this.voice) return this.voice.stopped();
    wrong(form, "");
    let recording;
    try {
      recording = await record(() => this.voice?.stopped());
    } catch {
      return wrong(form, say("no-microphone"));
    }
    this.voice = {
      stopped: async () => {
        this.voice = null;
        this.tellVoice();
        await this.add(await recording.stop());
      },
    };
    this.tellVoice();
  },

  tellVoice() {
    part(form, "voice").setAttribute("aria-pressed", String(Boolean(this.voice)));
    part(form, "voice-label").textContent = say(this.voice ? "stop-voice" : "record-voice");
  },

  showFiles() {
    part(form, "files").replaceChildren(...this.files.map(({ n, type, bytes }) => {
      const src = URL.createObjectURL(new Blob([bytes], { type }));
      const isVoice = type.startsWith("audio/");
      const label = say(isVoice ? "a-voice" : "a-photo", { n });
      const shown = isVoice
        ? element("audio", { src, controls: true, ariaLabel: label })
        : element("img", { src, alt: label, onload: () => URL.revokeObjectURL(src) });
      const off = element("button", { type: "button", className: "btn btn--plain btn--small", ariaLabel: `${say("take-off")} · ${label}` }, iconOf("x"));
      off.addEventListener("click", () => {
        this.files = this.files.filter((file) => file.n !== n);
        this.showFiles();
        this.saveDraft();
      });
      return element("li", {}, shown, off);
    }));
  },
};

const given = {
  set(app) {
    this.app = app;
  },
  enter() {
    const { given: code = "", session } = this.app;
    part(kept, "ticket").hidden = !code;
    part(kept, "no-code").hidden = Boolean(code);
    part(kept, "code").textContent = code;
    drawBands(part(kept, "bands"), session, (band) => beginQuote(this.app, band));
  },
};

export default { parole: quote, gardee: given };
