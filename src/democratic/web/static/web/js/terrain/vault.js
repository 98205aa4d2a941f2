// What is kept is sealed by a random key; the key itself by the agent's code (PBKDF2). Nobody can open it without
// the code, and nobody can give the code again. A short code only slows down who copied the phone's memory: see
// docs/operate/street-phones.md.
export const ITERATIONS = 600_000;
export const SHORTEST_CODE = 6;
const FREE_TRIES = 5;
const FIRST_WAIT = 30_000; // milliseconds, doubled at each wrong code after
const LONGEST_WAIT = 3_600_000;
// Where a code is asked: each counts its own wrong ones, so that passers-by at a kiosk can't keep the agent out of the app.
export const GATE = { counter: "gate", longest: LONGEST_WAIT };
export const HANDBACK = { counter: "handback", longest: FIRST_WAIT };
const FRESH = { tries: 0, until: 0 };
const bytesOf = (text) => new TextEncoder().encode(text);

export class WrongCode extends Error {}

export class TooManyTries extends Error {
  constructor(until) {
    super();
    this.until = until;
  }
}

const keyOf = async (code, { salt, iterations }) => {
  const typed = await crypto.subtle.importKey("raw", bytesOf(code.normalize("NFKC")), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations };
  return crypto.subtle.deriveKey(how, typed, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
};

const sealWith = async (key, bytes, label) => {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const how = { name: "AES-GCM", iv, additionalData: bytesOf(label) };
  return { iv, data: await crypto.subtle.encrypt(how, key, bytes) };
};

const openWith = (key, { iv, data }, label) =>
  crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData: bytesOf(label) }, key, data);

const dataKey = (raw) => crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);

// The row to keep, and the vault that it opens.
export const makeVault = async (code) => {
  const lock = { salt: crypto.getRandomValues(new Uint8Array(16)), iterations: ITERATIONS };
  const raw = crypto.getRandomValues(new Uint8Array(32));
  const wrapped = await sealWith(await keyOf(code, lock), raw, "vault");
  return { row: { id: "vault", lock, wrapped, gate: FRESH }, vault: new Vault(await dataKey(raw)) };
};

// WrongCode, or TooManyTries. Tries are counted in the store: closing the page does not start again.
export const openVault = async (store, code, now = Date.now(), { counter, longest } = GATE) => {
  const row = await store.get("vault", "vault");
  const count = row[counter] ?? FRESH;
  const keep = (changed) => store.put("vault", { ...row, [counter]: changed });
  const until = Math.min(count.until, now + longest); // a clock that was ahead, and is right again, holds nobody up for longer
  if (until < count.until) await keep({ ...count, until });
  if (now < until) throw new TooManyTries(until);
  try {
    const raw = await openWith(await keyOf(code, row.lock), row.wrapped, "vault");
    if (count.tries) await keep(FRESH);
    return new Vault(await dataKey(raw));
  } catch (error) {
    if (error.name !== "OperationError") throw error;
    const tries = count.tries + 1;
    const wait = tries < FREE_TRIES ? 0 : Math.min(FIRST_WAIT * 2 ** (tries - FREE_TRIES), longest);
    await keep({ tries, until: wait && now + wait });
    throw wait ? new TooManyTries(now + wait) : new WrongCode();
  }
};

// A label goes with each thing sealed: one row's content can't be put in another's place.
class Vault {
  #key;

  constructor(key) {
    this.#key = key;
  }

  sealBytes(bytes, label) {
    return sealWith(this.#key, bytes, label);
  }

  openBytes(sealed, label) {
    return openWith(this.#key, sealed, label);
  }

  seal(value, label) {
    return this.sealBytes(bytesOf(JSON.stringify(value)), label);
  }

  async open(sealed, label) {
    return JSON.parse(new TextDecoder().decode(await this.openBytes(sealed, label)));
  }
}
