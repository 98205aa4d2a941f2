// What this phone holds, and preparing one session more: with network, once; then without.
import { Offline } from "./api.js";
import { element, part, row, screenOf } from "./dom.js";
import { megabytes, say, when } from "./words.js";

const page = document.body.dataset.page;
const root = screenOf("sessions");

const describe = (li, { place, starts_at, question }) => {
  part(li, "name").textContent = place;
  part(li, "when").textContent = when(starts_at);
  part(li, "question").textContent = question;
  return li;
};

const isPageKept = async () => {
  if (!navigator.serviceWorker) return false;
  const names = (await caches.keys()).filter((name) => name.startsWith(`terrain:${page}:`));
  const found = await Promise.all(names.map(async (name) => (await caches.open(name)).match(page)));
  return found.some(Boolean);
};

// As the browser says it, nothing more: does it open without network, what it weighs, may it be thrown away.
const readiness = async () => {
  if (!(await isPageKept())) return say("not-ready-offline");
  const isProtected = (await navigator.storage?.persisted?.()) ?? false;
  const { usage = 0 } = (await navigator.storage?.estimate?.()) ?? {};
  return say("ready-offline", {
    size: megabytes(usage),
    storage: say(isProtected ? "storage-protected" : "storage-not-protected"),
  });
};

const tell = (text) => part(root, "sessions-told").replaceChildren(element("p", { textContent: text }));

const sessions = {
  set(app) {
    this.app = app;
    part(root, "sessions-again").addEventListener("click", () => this.enter());
  },

  async enter() {
    await Promise.all([this.showPrepared(), this.ask()]);
  },

  async showPrepared() {
    const held = [...(this.app.kit?.sessions ?? [])];
    part(root, "prepared").hidden = !held.length;
    const told = held.length ? await readiness() : "";
    part(root, "prepared-list").replaceChildren(...held.map(([id, { session }]) => {
      const li = describe(row(root, "prepared"), session);
      part(li, "ready").textContent = told;
      part(li, "open").addEventListener("click", () => this.app.work(id));
      return li;
    }));
  },

  async ask() {
    tell(say("asking"));
    part(root, "sessions-list").replaceChildren();
    try {
      const { status, body } = await this.app.api.sessions();
      if (status === 401 || status === 403) part(root, "sessions-told").replaceChildren(row(root, "signed-out"));
      else if (status === 200) this.list(body.sessions ?? []);
      else tell(body.error ?? say("offline"));
    } catch (fault) {
      if (!(fault instanceof Offline)) throw fault;
      tell(say("offline"));
    }
  },

  list(found) {
    const { kit } = this.app;
    const open = found.filter(({ id }) => !kit?.sessions.has(id) || kit.sessions.get(id).expired);
    tell(found.length ? "" : say("no-session"));
    part(root, "sessions-list").replaceChildren(...open.map((session) => {
      const li = describe(row(root, "session"), session);
      part(li, "prepare").addEventListener("click", () => this.prepare(session.id));
      return li;
    }));
  },

  async prepare(id) {
    if (!this.app.kit) return this.app.go("code"); // nothing is written before there is a code to seal it
    tell(say("preparing"));
    await navigator.storage?.persist?.();
    let answer;
    try {
      answer = await this.app.api.prepare(id);
    } catch {
      return tell(say("offline"));
    }
    if (answer.status !== 200) return tell(answer.body.error ?? say("not-prepared"));
    const { codes, ...prepared } = answer.body;
    const before = this.app.kit.sessions.get(id) ?? {};
    await this.app.kit.keepSession(id, { ...before, ...prepared, expired: false }, codes);
    await navigator.serviceWorker?.ready;
    await this.enter();
    this.app.outbox.send();
  },
};

export default { sessions };
