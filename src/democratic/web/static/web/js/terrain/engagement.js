// What an elected person promises in the street, and signs herself on the agent's phone: it is public once she accepts it.
import { element, onSubmit, part, screenOf, wrong } from "./dom.js";
import { padOn } from "./pad.js";
import { say } from "./words.js";

const form = part(screenOf("engagement"), "engagement");

const engagement = {
  set(app) {
    this.app = app;
    this.pad = padOn(part(form, "pad"));
    part(form, "pad-clear").addEventListener("click", () => {
      this.pad.clear();
      this.before = [];
    });
    onSubmit(form, (said) => this.keep(said), (fault) => app.explain(fault));
  },

  async enter(uuid) {
    const entry = this.app.kit.entries.get(uuid);
    const officials = this.app.session.engagement?.officials ?? [];
    form.reset();
    this.pad.clear();
    this.before = []; // what was drawn before a correction
    wrong(form, "");
    this.uuid = entry?.uuid;
    form.elements.official.replaceChildren(
      element("option", { value: "", textContent: "—" }),
      ...officials.map(({ id, name }) => element("option", { value: id, textContent: name })),
    );
    for (const name of ["official", "text", "due_on", "signature"]) form.elements[name].value = entry?.record[name] ?? "";
    part(form, "to-correct").hidden = !entry?.error;
    part(form, "to-correct").textContent = entry?.error ?? "";
    if (entry) this.before = await this.app.kit.filesOf(entry);
  },

  async keep({ official, text, due_on, signature }) {
    const record = { kind: "engagement", official, text: text.trim(), due_on, signature: signature.trim() };
    const drawn = await this.pad.drawing();
    const files = drawn ? [{ n: 1, ...drawn }] : this.before;
    await this.app.keep(record, { uuid: this.uuid, files });
    this.app.go("accueil", say("kept"));
  },
};

export default { engagement };
