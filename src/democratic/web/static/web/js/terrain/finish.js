// The end of a session: what was gathered, and whether it left.
import { onSubmit, part, screenOf } from "./dom.js";
import { isDone, RECEIVED, SENDING } from "./kit.js";
import { count, say } from "./words.js";

const root = screenOf("terminer");
const form = part(root, "finish");

export const countsOf = (entries) => {
  const of = (kind) => entries.filter(({ record }) => record.kind === kind).length;
  return { quote: of("quote"), tap: of("tap"), refusal: of("refusal"), wall: of("wall"), engagement: of("engagement"), tally: of("tally") };
};

// A signature is drawn, and is no photo.
const photosOf = (entries) =>
  entries.filter(({ record }) => record.kind !== "engagement").flatMap(({ files }) => files).filter(({ type }) => type.startsWith("image/")).length;

const finish = {
  set(app) {
    this.app = app;
    onSubmit(form, (said) => this.keep(said), (fault) => app.explain(fault));
  },

  get entries() {
    return this.app.kit.inOrder(this.app.current).filter(({ record }) => record.kind !== "summary");
  },

  // The summary that is not gone yet is corrected, not doubled.
  get known() {
    const ours = this.app.kit.inOrder(this.app.current).filter(({ record }) => record.kind === "summary");
    return ours.findLast(({ state }) => ![RECEIVED, SENDING].includes(state));
  },

  enter() {
    const { weather = "", notes = "" } = this.known?.record ?? {};
    Object.assign(form.elements.weather, { value: weather });
    Object.assign(form.elements.notes, { value: notes });
    part(root, "sum").textContent = this.sum();
  },

  sum() {
    const { entries } = this;
    const { quote, tap } = countsOf(entries);
    const gathered = [count("quotes", quote), count("taps", tap), count("photos", photosOf(entries))].join(", ");
    return `${gathered}. ${this.whatLeft(entries)}`;
  },

  whatLeft(entries) {
    const unsent = entries.filter((entry) => !isDone(entry)).length;
    if (!unsent) return say("all-received");
    if (entries.every(({ state }) => state !== RECEIVED)) return say("nothing-sent-yet");
    return say("left-to-send", { unsent: count("unsent", unsent) });
  },

  async keep({ weather, notes }) {
    const { app, entries } = this;
    const { started_at = "" } = app.prepared;
    const ended_at = new Date().toISOString();
    const record = { kind: "summary", started_at, ended_at, weather: weather.trim(), notes: notes.trim(), counts: countsOf(entries) };
    const told = `${say("session-over")} ${this.sum()}`;
    await app.keep(record, { uuid: this.known?.uuid });
    await app.kit.changeSession(app.current, { ended_at });
    app.go("envois", told);
  },
};

export default { terminer: finish };
