// Leaving: with words that are not received, the agent says what becomes of them; there is no silent way out.
import { part, parts, screenOf } from "./dom.js";
import { saveAll } from "./sent.js";
import { count, say } from "./words.js";

const root = screenOf("quitter");

const leave = {
  set(app) {
    this.app = app;
    for (const button of parts(root, "leave")) button.addEventListener("click", () => this[button.dataset.leave]());
    part(root, "erase-sure").addEventListener("click", () => app.erase(say("wiped-by-agent")));
    part(root, "erase-not").addEventListener("click", () => { part(root, "sure").hidden = true; });
  },

  // Locked, the states of records are known, and their words are not.
  async enter() {
    const { kit, store } = this.app;
    const unsent = kit ? kit.pending().length : (await store.all("records")).filter(({ state }) => state !== "received").length;
    this.unsent = unsent;
    const told = unsent ? say("leave-unsent", { unsent: count("unsent", unsent) }) : say("leave-nothing");
    part(root, "leave-told").textContent = kit ? told : `${told} ${say("leave-locked")}`;
    for (const button of parts(root, "leave")) {
      button.hidden = !kit || !unsent ? ["send", "save"].includes(button.dataset.leave) : false;
    }
    part(root, "sure").hidden = true;
  },

  send() {
    this.app.go("envois");
    this.app.outbox.send();
  },

  async save() {
    await saveAll(this.app.kit);
    this.app.go("quitter", say("saved"));
  },

  lock() {
    this.app.outbox?.stop();
    history.replaceState(null, "", location.pathname);
    location.reload();
  },

  erase() {
    const told = this.unsent ? say("erase-unsent", { unsent: count("unsent", this.unsent) }) : say("erase-done");
    part(root, "sure-told").textContent = told;
    part(root, "sure").hidden = false;
    part(root, "erase-not").focus();
  },
};

export default { quitter: leave };
