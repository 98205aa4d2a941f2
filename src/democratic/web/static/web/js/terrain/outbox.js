// Sends what is ready: words first, in batches, then files. It may be stopped anywhere: a record stays on the phone
// until its receipt is written there, and the server takes a record once however often it comes.
import { Offline } from "./api.js";
import { isDone, READY, RECEIVED, REFUSED, SENDING, TO_CORRECT, WAITING } from "./kit.js";

const BATCH = 50;
const BATCH_BYTES = 800_000; // the server takes 1 MB
const FIRST_PAUSE = 2_000; // milliseconds, doubled each time that nobody answers
const LONGEST_PAUSE = 300_000;
const BUSY = new Set([408, 425, 429, 500, 502, 503, 504]);

class Wiped extends Error {}
class NotNow extends Error {
  constructor(pause = 0) {
    super();
    this.pause = pause;
  }
}

export const recordOf = ({ uuid, seq, record, files }) => ({
  uuid,
  device_seq: seq,
  code: "",
  ...record,
  has_photo: files.filter((file) => file.type.startsWith("image/")).length,
  has_voice: files.filter((file) => file.type.startsWith("audio/")).length,
});

export class Outbox extends EventTarget {
  #kit;
  #api;
  #timer = 0;
  #pause = FIRST_PAUSE;
  #running = null;
  #again = false;

  // "wiped" is told when the server took this phone's access away, "change" when sending begins or ends.
  constructor(kit, api) {
    super();
    this.#kit = kit;
    this.#api = api;
    this.isSending = false;
    this.answered = true;
  }

  soon(pause) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.send(), pause);
  }

  stop() {
    clearTimeout(this.#timer);
  }

  // Asked while it sends, it goes round once more.
  send() {
    clearTimeout(this.#timer);
    this.#again = Boolean(this.#running);
    this.#running ??= this.#sendAll().finally(() => {
      this.#running = null;
      if (this.#again) this.soon(0);
    });
    return this.#running;
  }

  #tell(isSending) {
    this.isSending = isSending;
    this.dispatchEvent(new Event("change"));
  }

  async #sendAll() {
    this.#tell(true);
    try {
      for (const [id, { token, expired }] of this.#kit.sessions) if (expired || !this.#ready(id).length) await this.#look(id, token);
      const sessions = [...this.#kit.sessions].filter(([, { expired }]) => !expired);
      for (const [id, { token }] of sessions) await this.#sendWords(id, token);
      for (const [id, { token }] of sessions) await this.#sendFiles(id, token);
      this.#pause = FIRST_PAUSE;
      this.answered = true;
    } catch (fault) {
      if (fault instanceof Wiped) this.dispatchEvent(new Event("wiped"));
      else if (fault instanceof NotNow || fault instanceof Offline) this.#waitABit(fault);
      else throw fault;
    } finally {
      this.#tell(false);
    }
  }

  #waitABit(fault) {
    this.answered = false;
    if (this.#kit.pending().length) this.soon(Math.max(this.#pause * (0.75 + Math.random() / 2), fault.pause ?? 0)); // not all phones at once
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
  }

  #ready(id) {
    return this.#kit.inOrder(id).filter((entry) => entry.state === READY);
  }

  // Nothing to send: is this phone still trusted?
  async #look(id, token) {
    const { status, body, retry } = await this.#api.state(token);
    if (status !== 200) await this.#refuseUnless(id, status, body, retry);
  }

  async #sendWords(id, token) {
    for (;;) {
      const batch = nextBatch(this.#ready(id));
      if (!batch.length || this.#kit.sessions.get(id).expired) return;
      await this.#kit.mark(batch.map((entry) => entry.uuid), SENDING);
      try {
        await this.#sendBatch(id, token, batch);
      } finally {
        const left = batch.filter(({ uuid }) => this.#kit.entries.get(uuid)?.state === SENDING);
        if (left.length) await this.#kit.mark(left.map((entry) => entry.uuid), READY);
      }
    }
  }

  async #sendBatch(id, token, batch) {
    const { status, body, retry } = await this.#api.send(token, batch.map(recordOf));
    if (status === 200) return this.#keepReceipts(batch, body.receipts ?? []);
    await this.#refuseUnless(id, status, body, retry);
    if (status === 401) return;
    if (batch.length === 1) {
      await this.#kit.change(batch[0].uuid, { state: TO_CORRECT, error: body.error ?? "", field: "" });
      return;
    }
    const half = Math.ceil(batch.length / 2); // one that can't be read must not hold the others back
    await this.#sendBatch(id, token, batch.slice(0, half));
    await this.#sendBatch(id, token, batch.slice(half));
  }

  async #keepReceipts(batch, receipts) {
    const told = new Map(receipts.map((receipt) => [receipt.uuid, receipt]));
    for (const { uuid } of batch) {
      const { state, number = "", error = "", field = "" } = told.get(uuid) ?? {};
      if (state === RECEIVED || state === TO_CORRECT) await this.#kit.change(uuid, { state, number, error, field });
    }
    if (batch.some(({ uuid }) => !told.has(uuid))) throw new NotNow();
  }

  async #refuseUnless(id, status, body, retry) {
    if (status === 401 && body.wipe) throw new Wiped();
    if (status === 401 && !this.#kit.sessions.get(id).expired) await this.#kit.changeSession(id, { expired: true });
    if (BUSY.has(status)) throw new NotNow(retry * 1000);
  }

  async #sendFiles(id, token) {
    for (const entry of this.#kit.inOrder(id).filter((each) => each.state === RECEIVED && !isDone(each))) {
      for (const { n, type } of entry.files.filter((file) => file.state === WAITING)) {
        if (this.#kit.sessions.get(id).expired) return;
        if (!(await this.#sendFile(id, token, entry, n, type))) break;
      }
    }
  }

  async #sendFile(id, token, { uuid }, n, type) {
    const bytes = await this.#kit.bytesOf(uuid, n);
    const { status, body, retry } = await this.#api.sendFile(token, uuid, n, type, bytes);
    if (status === 404) {
      await this.#kit.change(uuid, { state: READY }); // the server was put back to an earlier day: words again
      this.#again = true;
      return false;
    }
    if (status !== 200) await this.#refuseUnless(id, status, body, retry);
    if (status === 401) return false;
    const now = status === 200 ? { state: RECEIVED, error: "" } : { state: REFUSED, error: body.error ?? "" };
    const files = this.#kit.entries.get(uuid).files.map((file) => (file.n === n ? { ...file, ...now } : file));
    await this.#kit.change(uuid, { files });
    return true;
  }
}

const nextBatch = (ready) => {
  const batch = [];
  let bytes = 0;
  for (const entry of ready.slice(0, BATCH)) {
    bytes += JSON.stringify(recordOf(entry)).length * 3; // at most three bytes a sign
    if (batch.length && bytes > BATCH_BYTES) break;
    batch.push(entry);
  }
  return batch;
};
