// The quick question: one tap, one anonymous answer; or stickers that are counted by hand.
import { drawBandChoices, UNSAID } from "./bands.js";
import { element, Missing, onSubmit, part, screenOf } from "./dom.js";
import { RECEIVED, SENDING } from "./kit.js";
import { say } from "./words.js";

const A_BREATH = 700; // milliseconds: one finger that taps twice is one person
const root = screenOf("question");
const counting = screenOf("gommettes");
const form = part(counting, "tally");

export const tapOf = (rank, age_band = UNSAID) => ({ kind: "tap", rank, age_band, in_no_body: null });

export const drawOptions = (place, poll, onTap) => {
  let closed = false;
  place.replaceChildren(...poll.options.map((option) => {
    const button = element("button", { type: "button", className: "kit-option", textContent: option.text });
    button.addEventListener("click", () => {
      if (closed) return;
      closed = true;
      setTimeout(() => { closed = false; }, A_BREATH);
      onTap(option);
    });
    return button;
  }));
};

const quick = {
  set(app) {
    this.app = app;
  },
  enter() {
    const { session, youngBand } = this.app;
    if (!session.poll) return this.app.go("accueil");
    this.app.youngBand = "";
    part(root, "poll-question").textContent = session.poll.question;
    drawBandChoices(part(root, "tap-bands"), session, "tap_band", youngBand || UNSAID);
    part(root, "tapped").textContent = "";
    drawOptions(part(root, "options"), session.poll, async ({ rank, text }) => {
      const chosen = root.querySelector("[name=tap_band]:checked").value;
      await this.app.keep(tapOf(rank, chosen));
      part(root, "tapped").textContent = say("tapped", { option: text });
    });
  },
};

const tally = {
  set(app) {
    this.app = app;
    onSubmit(form, (said) => this.keep(said), (fault) => app.explain(fault));
  },

  // The count of this session that is not gone yet: it is corrected, not doubled.
  get known() {
    const ours = this.app.kit.inOrder(this.app.current).filter(({ record }) => record.kind === "tally");
    return ours.findLast(({ state }) => ![RECEIVED, SENDING].includes(state));
  },

  enter() {
    const { poll } = this.app.session;
    if (!poll) return this.app.go("accueil");
    const before = this.known?.record.counts ?? {};
    part(form, "tally-fields").replaceChildren(...poll.options.map(({ rank, text }) => {
      const id = `tally-${rank}`;
      const input = element("input", { id, name: String(rank), type: "number", min: "0", max: "9999", step: "1", inputMode: "numeric", value: before[rank] ?? "" });
      return element("div", { className: "field" }, element("label", { htmlFor: id, textContent: text }), input);
    }));
  },

  async keep(said) {
    const counts = Object.fromEntries(Object.entries(said).map(([rank, typed]) => [rank, Number(typed) || 0]));
    if (!Object.values(counts).some(Boolean)) throw new Missing(say("tally-first"));
    await this.app.keep({ kind: "tally", counts }, { uuid: this.known?.uuid });
    this.app.go("accueil", say("kept"));
  },
};

export default { question: quick, gommettes: tally };
