// One session in the street. Its first screen offers the ages at once: a word begins with one tap.
import { drawBands } from "./bands.js";
import { part, parts, row, screenOf } from "./dom.js";
import { RECEIVED } from "./kit.js";
import { count, say, when } from "./words.js";

const root = screenOf("accueil");
const reading = screenOf("lire");

export const beginQuote = (app, band, about = "") => {
  app.begun = { band, about };
  app.go("parole");
};

const home = {
  set(app) {
    this.app = app;
    part(root, "start").addEventListener("click", async () => {
      await app.kit.changeSession(app.current, { started_at: new Date().toISOString() });
      this.enter();
    });
    part(root, "refuse").addEventListener("click", () => this.refuse());
    part(root, "unrefuse").addEventListener("click", async () => {
      await app.kit.drop(this.last);
      this.tellRefusals(null);
    });
  },

  enter() {
    const { session, prepared } = this.app;
    part(root, "question").textContent = session.question;
    part(root, "when").textContent = `${session.place}, ${when(session.starts_at)}`;
    part(root, "expired").hidden = !prepared.expired;
    part(root, "not-started").hidden = Boolean(prepared.started_at);
    part(root, "started").hidden = !prepared.started_at;
    for (const each of parts(document, "if-poll")) each.hidden = !session.poll;
    part(root, "if-officials").hidden = !session.engagement?.officials?.length;
    part(root, "if-texts").hidden = !session.texts?.length;
    drawBands(part(root, "bands"), session, (band) => beginQuote(this.app, band));
    this.tellRefusals(null);
  },

  async refuse() {
    const { uuid } = await this.app.keep({ kind: "refusal" });
    this.tellRefusals(uuid);
  },

  tellRefusals(last) {
    this.last = last;
    const all = this.app.kit.inOrder(this.app.current).filter(({ record }) => record.kind === "refusal");
    part(root, "refusals").textContent = all.length ? say("refused", { refusals: count("refusals", all.length) }) : "";
    part(root, "unrefuse").hidden = !last;
  },

  refresh() {
    const last = this.last && this.app.kit?.entries.get(this.last);
    if (last?.state === RECEIVED) part(root, "unrefuse").hidden = true;
  },
};

const aloud = {
  set(app) {
    this.app = app;
  },
  enter() {
    const { session } = this.app;
    part(reading, "texts").replaceChildren(...session.texts.map(({ code, title, text }) => {
      const li = row(reading, "text");
      part(li, "title").textContent = title;
      part(li, "text").textContent = text;
      drawBands(part(li, "bands"), session, (band) => beginQuote(this.app, band, code));
      return li;
    }));
  },
};

export default { accueil: home, lire: aloud };
