// Opens the phone's own store, asks for its code, and shows one screen at a time, named by the address (#parole).
import { Api } from "./api.js";
import { Missing, part, screenOf } from "./dom.js";
import engagement from "./engagement.js";
import finish from "./finish.js";
import gate from "./gate.js";
import { DRAFT, isDone, Kit, READY, RECEIVED, SENDING, TO_CORRECT } from "./kit.js";
import kiosk from "./kiosk.js";
import leave from "./leave.js";
import { Outbox } from "./outbox.js";
import quick from "./quick.js";
import quote from "./quote.js";
import sent from "./sent.js";
import sessions from "./sessions.js";
import { openStore } from "./store.js";
import street from "./street.js";
import wall from "./wall.js";
import { count, say } from "./words.js";

const HOME = "accueil";
const LOCKED_AFTER = 600_000; // milliseconds out of sight: in a pocket, or in another's hands
const A_MOMENT = 10_000; // before what was just kept leaves: time to see a slip of the finger
const { api: base, page, agent } = document.body.dataset;
const bar = document.querySelector("[data-bar]");

class App {
  #shown = null;

  constructor(store) {
    Object.assign(this, { store, api: new Api(base), kit: null, outbox: null, current: "", begun: null });
    this.screens = { ...gate, ...sessions, ...street, ...quote, ...quick, ...kiosk, ...wall, ...engagement, ...finish, ...sent, ...leave };
    for (const each of Object.values(this.screens)) each.set?.(this);
    addEventListener("hashchange", () => this.show());
    addEventListener("online", () => this.outbox?.send());
    document.addEventListener("visibilitychange", () => this.#seenAgain());
  }

  // What the server told of the session that is worked on, with what this phone adds: { token, session, started_at… }.
  get prepared() {
    return this.kit?.sessions.get(this.current);
  }

  get session() {
    return this.prepared?.session;
  }

  async open(vault) {
    this.kit = await Kit.load(this.store, vault);
    this.outbox = new Outbox(this.kit, this.api);
    this.outbox.addEventListener("wiped", () => this.erase(say("wiped-by-server")));
    this.outbox.addEventListener("change", () => this.#refresh());
    this.kit.addEventListener("change", () => this.#refresh());
    this.current = (await this.store.get("vault", "current"))?.session ?? "";
    this.outbox.send();
  }

  async work(session) {
    await this.store.put("vault", { id: "current", session });
    this.current = session;
    this.go(HOME);
  }

  // Writes a record of the session that is worked on; what is ready leaves after a moment.
  async keep(record, { uuid, files, state = READY } = {}) {
    const entry = await this.kit.keep({ uuid, session: this.current, state, record, files });
    if (state === READY) this.outbox.soon(A_MOMENT);
    return entry;
  }

  explain(fault) {
    if (fault instanceof Missing) return fault.message;
    if (!(fault instanceof DOMException)) reportError(fault); // a mistake of ours, not a phone that is full
    return say("not-kept");
  }

  go(hash, told = "") {
    this.told = told;
    if (location.hash === `#${hash}`) this.show();
    else location.hash = hash;
  }

  show() {
    const [asked, given = ""] = decodeURIComponent(location.hash.slice(1)).split("/");
    const name = this.#allowed(asked in this.screens ? asked : HOME);
    if (name === "borne" && asked !== name) return history.pushState(null, "", "#borne"); // no way back without the code
    this.#shown?.leave?.();
    for (const each of document.querySelectorAll("[data-screen]")) each.hidden = each.dataset.screen !== name;
    part(document, "told").textContent = this.told ?? "";
    this.told = "";
    this.#shown = this.screens[name];
    this.#shown.enter?.(given);
    this.#refresh();
    const title = screenOf(name).querySelector("h1");
    document.title = `${title.textContent} · ${say("title")}`;
    scrollTo(0, 0);
    title.focus({ preventScroll: true });
  }

  #allowed(name) {
    if (this.over) return this.over;
    if ("kiosk" in document.body.dataset) return "borne";
    const free = ["quitter", "efface"];
    if (!this.kit) return free.includes(name) ? name : this.isNew ? (name === "code" ? name : "sessions") : "verrou";
    const anywhere = [...free, "sessions", "envois", "code"];
    return this.session || anywhere.includes(name) ? name : "sessions";
  }

  #refresh() {
    this.#shown?.refresh?.();
    const entries = this.kit?.inOrder() ?? [];
    const n = (...states) => entries.filter((entry) => states.includes(entry.state)).length;
    const files = entries.filter((entry) => entry.state === RECEIVED && !isDone(entry)).length;
    const told = [[n(READY, SENDING), "ready"], [n(TO_CORRECT), "to_correct"], [n(DRAFT), "draft"], [files, "files"]]
      .filter(([many]) => many)
      .map(([many, key]) => count(key, many));
    const counter = part(bar, "count");
    counter.hidden = !entries.length;
    counter.textContent = told.length ? told.join(" · ") : count("received", n(RECEIVED));
    counter.toggleAttribute("data-wrong", n(TO_CORRECT) > 0);
    bar.toggleAttribute("data-waiting", told.length > 0);
    part(bar, "place").textContent = this.session?.place ?? say("title");
  }

  // Everything, at once: no word of anyone stays, nor the key that would open it.
  async erase(why) {
    this.outbox?.stop();
    this.kit = null;
    await this.store.erase();
    sessionStorage.clear();
    this.remember(false);
    part(document, "wiped-why").textContent = why;
    this.over = "efface";
    delete document.body.dataset.kiosk;
    this.go("efface");
  }

  // Signing out of the site clears what browsers keep; this says that here lie words that were not sent yet.
  remember(isHeld) {
    const secure = location.protocol === "https:" ? "; secure" : "";
    document.cookie = `street_kit=1; path=/; samesite=lax; max-age=${isHeld ? 31_536_000 : 0}${secure}`;
  }

  #seenAgain() {
    if (document.hidden) this.hiddenAt = Date.now();
    else if (this.kit && Date.now() - this.hiddenAt > LOCKED_AFTER) location.reload();
  }
}

const keepThePage = async () => {
  if (!navigator.serviceWorker) return;
  const kept = await navigator.serviceWorker.register(agent, { scope: page });
  const button = part(document, "update");
  const propose = () => { button.hidden = !(kept.waiting && navigator.serviceWorker.controller); };
  kept.addEventListener("updatefound", () => kept.installing?.addEventListener("statechange", propose));
  propose();
  button.addEventListener("click", () => {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload());
    kept.waiting.postMessage("take over");
  });
};

// In one tab at a time: two would not know of one another's codes.
const alone = (work) => {
  if (!navigator.locks) return work();
  const waiting = setTimeout(() => { screenOf("ailleurs").hidden = false; }, 1_000);
  return navigator.locks.request("democratic-street", async () => {
    clearTimeout(waiting);
    screenOf("ailleurs").hidden = true;
    await work();
    await new Promise(() => {}); // until this page is closed
  });
};

keepThePage().catch(() => {}); // without it, the page needs network to open, and the screens say so
alone(async () => {
  let store;
  try {
    store = await openStore();
  } catch {
    part(document, "told").textContent = say("no-storage");
    return;
  }
  if (location.hash === "#quitter") sessionStorage.clear(); // come from signing out: drafts of the desk end there
  const app = new App(store);
  app.isNew = !(await store.get("vault", "vault"));
  app.show();
  document.body.dataset.open = "";
  performance.mark("open"); // for who measures how soon
});
