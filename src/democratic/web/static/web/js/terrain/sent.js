// Each record with its state; each can be corrected, saved or deleted alone. One that is wrong holds no other back.
import { backupsOf, give } from "./backup.js";
import { labelOf } from "./bands.js";
import { part, row, screenOf } from "./dom.js";
import { DRAFT, isDone, READY, RECEIVED, REFUSED, SENDING } from "./kit.js";
import { count, say } from "./words.js";

const A_PAGE = 50;
const root = screenOf("envois");
const EDITED_ON = { quote: "parole", wall: "mur", engagement: "engagement", tally: "gommettes", summary: "terminer" };

// Of each session that has some, one file, or several when photos are many.
export const saveAll = async (kit) => {
  for (const [id, { session }] of kit.sessions) {
    const entries = kit.pending().filter((entry) => entry.session === id);
    const backups = entries.length ? await backupsOf(kit, id, entries) : [];
    for (const [at, backup] of backups.entries()) give(backup, `terrain-${session.code || session.id}-${at + 1}.json`);
  }
};

const saidBy = (app, { session, record }) => {
  const { session: about } = app.kit.sessions.get(session) ?? {};
  if (record.kind === "quote" && record.text !== undefined) {
    const who = [record.first_name || say("anonymous"), about && labelOf(about, record.age_band)].filter(Boolean).join(", ");
    return record.text ? `${record.text} (${who})` : who;
  }
  const option = about?.poll?.options.find(({ rank }) => rank === record.rank)?.text;
  return option ?? record.alternative ?? record.text ?? record.notes ?? "";
};

const sent = {
  set(app) {
    Object.assign(this, { app, pages: 1, drawing: 0 });
    part(root, "send").addEventListener("click", () => {
      part(document, "told").textContent = "";
      app.outbox.send();
    });
    part(root, "save").addEventListener("click", async () => {
      await saveAll(app.kit);
      app.go("envois", say("saved"));
    });
    part(root, "more-entries").addEventListener("click", () => {
      this.pages += 1;
      this.draw();
    });
  },

  enter() {
    this.pages = 1;
    this.draw();
  },

  refresh() {
    this.drawing ||= requestAnimationFrame(() => {
      this.drawing = 0;
      if (this.app.kit) this.draw();
    });
  },

  draw() {
    const { kit } = this.app;
    const entries = kit.inOrder().reverse().sort((a, b) => isDone(a) - isDone(b));
    const shown = entries.slice(0, this.pages * A_PAGE);
    part(root, "outbox-told").textContent = this.whatIsSo(entries);
    part(root, "send").disabled = part(root, "save").disabled = !kit.pending().length;
    part(root, "more-entries").hidden = shown.length === entries.length;
    part(root, "entries").replaceChildren(...shown.map((entry) => this.rowOf(entry)));
  },

  whatIsSo(entries) {
    const unsent = entries.filter((entry) => !isDone(entry)).length;
    if (!entries.length) return say("nothing-kept");
    if (!unsent) return say("all-received");
    if (this.app.outbox.isSending) return say("sending-now");
    const told = say("not-received", { unsent: count("unsent", unsent) });
    const isExpired = [...this.app.kit.sessions.values()].some(({ expired }) => expired);
    if (isExpired) return `${told} ${say("access-expired")}`;
    return this.app.outbox.answered ? told : `${told} ${say("no-answer")}`;
  },

  rowOf(entry) {
    const { uuid, state, record, number, error, files } = entry;
    const li = row(root, "entry");
    li.dataset.state = isDone(entry) || state !== RECEIVED ? state : "files";
    part(li, "state-word").textContent = state === RECEIVED ? say("receipt", { number }) : say(`state.${state}`);
    part(li, "code").textContent = record.code ?? "";
    const said = saidBy(this.app, entry);
    part(li, "said").textContent = [say(`kind.${record.kind}`), said].filter(Boolean).join(" · ");
    const refused = files.find((file) => file.state === REFUSED);
    const why = error || (refused ? say("file-refused", { why: refused.error }) : "");
    part(li, "why").textContent = why;
    part(li, "why").hidden = !why;
    this.setActs(li, entry, uuid);
    return li;
  },

  setActs(li, entry, uuid) {
    const { state, record } = entry;
    const edit = part(li, "edit");
    edit.hidden = [RECEIVED, SENDING].includes(state) || !(record.kind in EDITED_ON);
    edit.href = `#${EDITED_ON[record.kind]}/${uuid}`;
    edit.addEventListener("click", async (event) => {
      event.preventDefault();
      if (state === READY) await this.app.kit.change(uuid, { state: DRAFT }); // not sent while it is changed
      // Its session may be another than the one that is worked on.
      await this.app.store.put("vault", { id: "current", session: entry.session });
      this.app.current = entry.session;
      this.app.go(edit.getAttribute("href").slice(1));
    });
    part(li, "export").hidden = isDone(entry);
    part(li, "export").addEventListener("click", async () => {
      const [backup] = await backupsOf(this.app.kit, entry.session, [entry]);
      give(backup, `terrain-${uuid}.json`);
    });
    part(li, "delete").hidden = isDone(entry) || state === SENDING;
    part(li, "delete").addEventListener("click", async () => {
      if (confirm(say("delete-sure"))) await this.app.kit.drop(uuid);
    });
  },
};

export default { envois: sent };
