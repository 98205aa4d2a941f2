// The server's few answers: { status, body, retry }, or Offline when none came.
export class Offline extends Error {}

const PATIENCE = 60_000; // milliseconds: a street's network is slow
const PATIENCE_FILE = 300_000;

export class Api {
  constructor(base) {
    this.base = base;
  }

  async #ask(path, { patience = PATIENCE, ...options }) {
    try {
      const headers = { "Accept-Language": document.documentElement.lang, ...options.headers }; // it answers in words
      const asked = { ...options, headers, cache: "no-store", signal: AbortSignal.timeout(patience) };
      const answer = await fetch(this.base + path, asked);
      const isOurs = answer.headers.get("Content-Type")?.startsWith("application/json");
      if (answer.ok && !isOurs) throw new Offline(); // a network that answers for us, to be signed into first
      const body = isOurs ? await answer.json() : {};
      return { status: answer.status, body, retry: Number(answer.headers.get("Retry-After")) || 0 };
    } catch {
      throw new Offline(); // no network, or cut before its end: what was sent is sent again
    }
  }

  sessions() {
    return this.#ask("/rendez-vous.json", { credentials: "same-origin" });
  }

  prepare(id) {
    return this.#ask(`/rendez-vous/${id}/preparer`, { method: "POST", credentials: "same-origin" });
  }

  #bearer(token, more = {}) {
    return { credentials: "omit", headers: { Authorization: `Bearer ${token}`, ...more } };
  }

  state(token) {
    return this.#ask("/etat", this.#bearer(token));
  }

  send(token, records) {
    const body = JSON.stringify({ sent_at: new Date().toISOString(), records });
    return this.#ask("/envois", { ...this.#bearer(token, { "Content-Type": "application/json" }), method: "POST", body });
  }

  sendFile(token, uuid, n, type, body) {
    const told = this.#bearer(token, { "Content-Type": type });
    return this.#ask(`/envois/${uuid}/fichiers/${n}`, { ...told, method: "PUT", body, patience: PATIENCE_FILE });
  }
}
