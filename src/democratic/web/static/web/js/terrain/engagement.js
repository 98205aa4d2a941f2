// What an elected person promises in the street, and signs with her own finger on the agent's phone.
import { element, onSubmit, part, screenOf, wrong } from "./dom.js";
import { say } from "./words.js";

const form = part(screenOf("engagement"), "engagement");

const engagement = {
  set(app) {
    this.app = app;
    onSubmit(form, (said) => this.keep(said), (fault) => app.explain(fault));
  },

  enter(uuid) {
    const entry = this.app.kit.entries.get(uuid);
    const officials = this.app.session.engagement?.officials ?? [];
    form.reset();
    wrong(form, "");
    this.uuid = entry?.uuid;
    form.elements.official.replaceChildren(
      element("option", { value: "", textContent: "—" }),
      ...officials.map(({ id, name }) => element("option", { value: id, textContent: name })),
    );
    for (const name of ["official", "text", "due_on", "signature"]) form.elements[name].value = entry?.record[name] ?? "";
    part(form, "to-correct").hidden = !entry?.error;
    part(form, "to-correct").textContent = entry?.error ?? "";
  },

  async keep({ official, text, due_on, signature }) {
    const record = { kind: "engagement", official, text: text.trim(), due_on, signature: signature.trim() };
    await this.app.keep(record, { uuid: this.uuid });
    this.app.go("accueil", say("kept"));
  },
};

export default { engagement };
