// A vote is tapped, and said to be kept once it is: the page stays where it is. Without this script the form posts as ever.
//   [data-vote]   one vote: its form, [data-told] what became of it, [data-chosen] what she chose
//   template[data-vote], in what all are told: the blank form of a vote that has just opened
// Sent again it is the same voice, of the same person (the form says which, to whom nobody knows yet): a network that
// falls counts nobody twice, and loses nobody.
const PATIENCE = 15_000; // milliseconds
const SOONEST = 800;
const LATEST = 8_000;
const LONGEST = 120_000; // of trying: beyond it, she is told to
const AGAIN = [0, 408, 425, 500, 502, 503, 504]; // nobody knows, or not now

const wanted = new WeakMap(); // form → what she chose last, until it is acknowledged
const stands = new WeakMap(); // form → the button of what was kept last
const sleepers = new Set();

const rest = (time) =>
  new Promise((wake) => {
    sleepers.add(wake);
    setTimeout(wake, time);
  });
addEventListener("online", () => {
  for (const wake of sleepers) wake();
  sleepers.clear();
});

function say(form, what, words = form.dataset[what]) {
  const told = form.closest("[data-vote]").querySelector("[data-told]");
  told.dataset.is = what;
  if (told.textContent !== words) told.textContent = words; // read out once, however often it is tried
}

function choiceOf(form, button) {
  const fields = new FormData(form, button);
  const given = fields.getAll("given").filter((each) => each.trim());
  const guest = fields.getAll("guest").map((each) => ["guest", each]);
  return { given, button, sent: new URLSearchParams([...given.map((each) => ["given", each]), ...guest]) };
}

async function post(form, choice) {
  try {
    const answer = await fetch(form.action, {
      method: "POST", body: choice.sent, headers: { Accept: "application/json" }, redirect: "error",
      signal: AbortSignal.timeout?.(PATIENCE),
    });
    const said = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : {};
    return { status: answer.status, refusal: said.refusal };
  } catch {
    return { status: 0 };
  }
}

// One at a time for each form, the last choice in the end: what is answered is what stands.
async function send(form) {
  const until = Date.now() + LONGEST;
  let failures = 0;
  form.setAttribute("aria-busy", "true");
  while (wanted.has(form)) {
    const choice = wanted.get(form);
    const { status, refusal } = await post(form, choice);
    if (AGAIN.includes(status) && Date.now() < until) {
      say(form, "waiting");
      await rest(Math.min(LATEST, SOONEST * 2 ** failures++) * (0.5 + Math.random()));
      continue;
    }
    if (wanted.get(form) !== choice) continue; // she changed her mind meanwhile
    wanted.delete(form);
    if (status === 200) {
      keep(form, choice);
      continue;
    }
    press(form, stands.get(form));
    say(form, "failed", refusal || form.dataset.failed);
  }
  form.removeAttribute("aria-busy");
}

function keep(form, choice) {
  const vote = form.closest("[data-vote]");
  stands.set(form, choice.button);
  const chosen = vote.querySelector("[data-chosen]");
  if (chosen) chosen.textContent = wordsOf(form, choice);
  for (const each of vote.querySelectorAll("[data-when-given]")) each.hidden = choice.given[0] !== each.dataset.whenGiven;
  say(form, "kept");
}

function press(form, button) {
  for (const each of form.querySelectorAll("button[name=given]")) each.setAttribute("aria-pressed", each === button);
}

function wordsOf(form, { given, button }) {
  if (button?.name === "given") return button.getAttribute("aria-label") ?? button.textContent.trim();
  const ticked = [...form.querySelectorAll("input:checked")].map((each) => each.labels[0].textContent.trim());
  const ranked = [...form.querySelectorAll("select")].filter((each) => each.value).map((each) => each.selectedOptions[0].textContent);
  return ranked.join(" > ") || (ticked.length ? ticked : given).join(", ");
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-vote] form.vote-form")) return;
  event.preventDefault();
  const choice = choiceOf(form, event.submitter);
  if (!choice.given.length) return say(form, "failed", form.dataset.nothing);
  const before = wanted.get(form);
  if (before?.given.join() === choice.given.join()) return; // tapped twice: on its way
  if (!stands.has(form)) stands.set(form, form.querySelector("[aria-pressed=true]"));
  wanted.set(form, choice);
  press(form, choice.button);
  say(form, "sending");
  if (!before) send(form);
});

// A vote that opens is there at once, without a page asked again by all; one that closes goes, unless it is being sent.
const root = document.querySelector("[data-meeting]");
root?.addEventListener("told", ({ detail }) => {
  const mine = root.querySelector('[data-mine="votes"][data-here]');
  if (detail !== "sounding" || !mine) return;
  const open = new Map([...root.querySelectorAll("template[data-vote]")].map((each) => [each.dataset.vote, each]));
  for (const [code, blank] of open) {
    if (!mine.querySelector(`[data-vote="${CSS.escape(code)}"]`)) mine.append(blank.content.cloneNode(true));
  }
  for (const vote of mine.querySelectorAll("[data-vote]")) {
    const told = vote.querySelector("[data-told]");
    if (open.has(vote.dataset.vote) || vote.querySelector("[aria-busy=true]") || told?.dataset.is === "failed") continue;
    if (!vote.contains(document.activeElement)) vote.remove();
  }
});
