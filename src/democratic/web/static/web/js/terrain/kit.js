// What this phone holds: its sessions, their codes, and the records with their files, each sealed in its own row.
// Memory follows the disk: a change is told of once it is written.
//
// An entry: { uuid, session, seq, state, record, files: [{ n, type, state, error }], number, error, field }.
export const DRAFT = "draft", READY = "ready", SENDING = "sending", RECEIVED = "received", TO_CORRECT = "to_correct";
export const WAITING = "waiting", REFUSED = "refused"; // of a file, beside RECEIVED

const fileId = (uuid, n) => `${uuid}/${n}`;
const isWhole = (entry) => entry.files.every((file) => file.state === RECEIVED);

// Nothing of it is left to send, nor to choose about.
export const isDone = (entry) => entry.state === RECEIVED && isWhole(entry);

// Of what arrived whole, what is said leaves the phone: its kind, its day and its code stay.
const stubOf = ({ kind, made_at, code = "" }) => ({ kind, made_at, code });

export class CodeTaken extends Error {}

export class Kit extends EventTarget {
  #line = Promise.resolve(); // writes, one after the other

  constructor(store, vault) {
    super();
    Object.assign(this, { store, vault, entries: new Map(), sessions: new Map(), codes: new Map() });
  }

  static async load(store, vault) {
    const kit = new Kit(store, vault);
    for (const row of await store.all("sessions")) kit.sessions.set(row.id, await vault.open(row, `sessions:${row.id}`));
    for (const row of await store.all("codes")) kit.codes.set(row.code, row);
    for (const row of await store.all("records")) {
      const { uuid, session, seq, state } = row;
      kit.entries.set(uuid, { uuid, session, seq, state, ...(await vault.open(row, `records:${uuid}`)) });
    }
    for (const entry of kit.entries.values()) {
      // Killed while it was sent: maybe received, maybe not. Sent again, the server says the same.
      if (entry.state === SENDING) await kit.change(entry.uuid, { state: READY });
      // A tap counts, even when nobody said an age after it.
      if (entry.state === DRAFT && entry.record.kind === "tap") await kit.change(entry.uuid, { state: READY });
    }
    return kit;
  }

  #next(work) {
    const turn = this.#line.then(work);
    this.#line = turn.catch(() => {});
    return turn.then((result) => {
      this.dispatchEvent(new Event("change"));
      return result;
    });
  }

  inOrder(session = null) {
    const all = [...this.entries.values()].filter((entry) => !session || entry.session === session);
    return all.sort((a, b) => a.seq - b.seq);
  }

  pending() {
    return this.inOrder().filter((entry) => !isDone(entry));
  }

  async keepSession(id, prepared, codes = []) {
    const row = { id, ...(await this.vault.seal(prepared, `sessions:${id}`)) };
    await this.#next(() =>
      this.store.within(["sessions", "codes"], async (tables) => {
        tables.sessions.put(row);
        for (const code of codes) tables.codes.put({ code, session: id, uuid: "" });
      }),
    );
    this.sessions.set(id, prepared);
    for (const code of codes) this.codes.set(code, { code, session: id, uuid: "" });
  }

  changeSession(id, changes) {
    return this.keepSession(id, { ...this.sessions.get(id), ...changes });
  }

  // The first of the block that was never given; "" when none is left.
  freeCode(session) {
    for (const row of this.codes.values()) if (row.session === session && !row.uuid) return row.code;
    return "";
  }

  // A new record, with the bytes of its files; or, with `uuid`, one that is changed. Returns the entry.
  // CodeTaken: this code was given to another record of this phone; nothing is written.
  keep({ uuid = crypto.randomUUID(), session, state, record, files = [] }) {
    return this.#next(async () => {
      const known = this.entries.get(uuid);
      const seq = known?.seq ?? (((await this.store.get("vault", "seq"))?.n ?? 0) + 1);
      const made_at = known?.record.made_at ?? new Date().toISOString();
      const entry = {
        uuid, session, seq, state, number: "", error: "", field: "",
        record: { ...record, made_at },
        files: files.map(({ n, type }) => ({ n, type, state: WAITING, error: "" })),
      };
      await this.#write(entry, files);
      return entry;
    });
  }

  change(uuid, changes) {
    return this.#next(async () => {
      const entry = { ...this.entries.get(uuid), ...changes };
      if (isDone(entry)) entry.record = stubOf(entry.record);
      await this.#write(entry, null);
      return entry;
    });
  }

  // Of several at once, without their words: nothing is sealed again.
  mark(uuids, state) {
    return this.#next(async () => {
      await this.store.within(["records"], async ({ records }) => {
        for (const uuid of uuids) records.put({ ...(await records.get(uuid)), state });
      });
      for (const uuid of uuids) this.entries.set(uuid, { ...this.entries.get(uuid), state });
    });
  }

  async #write(entry, files) {
    const { uuid, session, seq, state, ...kept } = entry;
    const row = { uuid, session, seq, state, ...(await this.vault.seal(kept, `records:${uuid}`)) };
    const fileRows = [];
    for (const { n, bytes } of files ?? []) {
      const id = fileId(uuid, n);
      fileRows.push({ id, uuid, n, ...(await this.vault.sealBytes(bytes, `files:${id}`)) });
    }
    const code = entry.record.code ?? "";
    await this.store.within(["records", "files", "codes", "vault"], async ({ records, files: kept, codes, vault }) => {
      const ours = code && (await codes.get(code));
      if (ours && ours.uuid && ours.uuid !== uuid) throw new CodeTaken(code);
      if (code) codes.put({ ...(ours || { code, session }), uuid }); // never free again: it may be on a sticker
      records.put(row);
      if (files || isDone(entry)) for (const id of await kept.keysOf("uuid", uuid)) kept.delete(id);
      for (const each of fileRows) kept.put(each);
      if (seq > ((await vault.get("seq"))?.n ?? 0)) vault.put({ id: "seq", n: seq });
    });
    if (code) this.codes.set(code, { code, session, uuid });
    this.entries.set(uuid, entry);
  }

  async bytesOf(uuid, n) {
    const id = fileId(uuid, n);
    return this.vault.openBytes(await this.store.get("files", id), `files:${id}`);
  }

  // With its files, so that a record is changed without losing them.
  async filesOf(entry) {
    const found = [];
    for (const { n, type } of entry.files) found.push({ n, type, bytes: await this.bytesOf(entry.uuid, n) });
    return found;
  }

  // Its code is not given again: the sticker may be in a pocket.
  drop(uuid) {
    return this.#next(async () => {
      await this.store.within(["records", "files"], async ({ records, files }) => {
        records.delete(uuid);
        for (const id of await files.keysOf("uuid", uuid)) files.delete(id);
      });
      this.entries.delete(uuid);
    });
  }
}
