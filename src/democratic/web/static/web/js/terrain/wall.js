// The wall of words, photographed: drawn again smaller, with one sentence for who does not see it.
import { Missing, onSubmit, part, screenOf, wrong } from "./dom.js";
import { redraw } from "./photos.js";
import { say } from "./words.js";

const form = part(screenOf("mur"), "wall");

const wall = {
  set(app) {
    Object.assign(this, { app, uuid: undefined, photo: null });
    part(form, "photo").addEventListener("change", async ({ target }) => {
      const [file] = target.files;
      target.value = "";
      wrong(form, "");
      try {
        if (file) this.show({ n: 1, ...(await redraw(file)) });
      } catch {
        wrong(form, say("not-a-photo"));
      }
    });
    onSubmit(form, (said) => this.keep(said), (fault) => app.explain(fault));
  },

  async enter(uuid) {
    const entry = this.app.kit.entries.get(uuid);
    form.reset();
    wrong(form, "");
    this.uuid = entry?.uuid;
    form.elements.alternative.value = entry?.record.alternative ?? "";
    part(form, "to-correct").hidden = !entry?.error;
    part(form, "to-correct").textContent = entry?.error ?? "";
    this.show(entry ? (await this.app.kit.filesOf(entry))[0] : null);
  },

  show(photo) {
    this.photo = photo ?? null;
    const shown = part(form, "preview");
    URL.revokeObjectURL(shown.src);
    shown.hidden = !photo;
    if (photo) shown.src = URL.createObjectURL(new Blob([photo.bytes], { type: photo.type }));
    else shown.removeAttribute("src");
  },

  async keep({ alternative }) {
    if (!this.photo) throw new Missing(say("photo-first"));
    if (!alternative.trim()) throw new Missing(say("words-first"));
    await this.app.keep({ kind: "wall", alternative: alternative.trim() }, { uuid: this.uuid, files: [this.photo] });
    this.app.go("accueil", say("kept"));
  },
};

export default { mur: wall };
