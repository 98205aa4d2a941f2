// The screens of a meeting, kept up: each part is drawn by the server, and put in place of what it said before.
// Streams first; where they fail, asked every few seconds. Without this script the page is read and made anew by hand.
const HIDDEN_TOO_LONG = 60000; // a phone that sleeps lets go of its line, and catches up when it wakes
const SOONEST = 500;
const LATEST = 20000;
const ASK_EVERY = 4000;
const SILENCE = 600000; // without an event: the line may be dead, and coming back costs little
const STREAMS_THAT_FAIL = 3;

const root = document.querySelector("[data-meeting][data-last]");
const button = document.querySelector("[data-live-pause]");
const address = root && location.pathname.match(/^.*\/rencontres\/[^/]+/)?.[0];
// The topics at which what is hers alone is asked again, whatever they say: a card of who answers names them.
const HERS = (root?.dataset.hers ?? "").split(" ");
const team = root?.querySelector("[data-topic=team]") || HERS.includes("team") ? "&pour=equipe" : "";
let last = Number(root?.dataset.last) || 0;
let source;
let again;
let leaving;
let watching;
let failures = 0;
let isPaused = false;
let isOver = false;
const waiting = new Map(); // topic → what it says now: applied once she reads again

// The same part of the page, whose open details and focus are hers.
function place(topic, html) {
  for (const part of root.querySelectorAll(`[data-topic="${CSS.escape(topic)}"]`)) {
    if (part.dataset.said === html) continue;
    const focused = part.contains(document.activeElement) ? pathOf(document.activeElement, part) : null;
    const open = openIn(part);
    const typed = [...part.querySelectorAll("input, textarea, select")].map((each) => [nameOf(each, part), stateOf(each)]);
    const made = document.createElement("template");
    made.innerHTML = html; // drawn by our own templates, and no script in it runs
    part.replaceChildren(made.content);
    part.dataset.said = html;
    reopen(part, open);
    for (const [name, state] of typed) restore(found(part, name), state);
    if (focused) (found(part, focused) ?? focusable(part))?.focus({ preventScroll: true });
  }
}

const openIn = (part) => [...part.querySelectorAll("details[open]")].map((each) => nameOf(each, part));
const reopen = (part, names) => names.forEach((name) => found(part, name)?.setAttribute("open", ""));
const nameOf = (element, part) => element.id || pathOf(element, part);

// Where an element stands in its part: by its id, else by its places from the top.
function pathOf(element, part) {
  if (element.id) return element.id;
  const places = [];
  for (let each = element; each !== part; each = each.parentElement) {
    places.unshift([...each.parentElement.children].indexOf(each));
  }
  return places;
}

function found(part, name) {
  if (typeof name === "string") return part.querySelector(`#${CSS.escape(name)}`);
  return name.reduce((element, place) => element?.children[place], part);
}

function focusable(part) {
  if (!part.hasAttribute("tabindex")) part.setAttribute("tabindex", "-1"); // what had the focus is gone: it stays near
  return part;
}

// What she typed or ticked, and had not sent.
const stateOf = (field) => (field.matches("[type=checkbox], [type=radio]") ? field.checked : field.value);

function restore(field, state) {
  if (!field || field.type === "hidden" || field.type === "file") return;
  if (typeof state === "boolean") field.checked = state;
  else if (state && field.matches("input, textarea, select")) field.value = state;
}

// What is hers alone (her seat, her place) stands beside what all are told: asked again, each at a moment of her own, and
// only where it may have changed. Thousands who ask for their page at each arrival or vote would leave nothing for anyone.
const SPREAD = team ? 500 : 3000;
let asking;
function askHers() {
  if (asking || !root.querySelector("[data-mine]")) return;
  asking = setTimeout(async () => {
    asking = undefined;
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
    if (!answer?.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of root.querySelectorAll("[data-mine]")) {
      const made = page.querySelector(`[data-mine="${CSS.escape(part.dataset.mine)}"]`);
      // A form that waits to be sent, that she is in or began to fill in is not taken away.
      const isHeld = part.contains(document.activeElement) || part.querySelector("[aria-busy=true]");
      if (!made || isHeld || (made.querySelector("form") && isBegun(part))) continue;
      const open = openIn(part);
      part.replaceChildren(...made.childNodes);
      part.toggleAttribute("data-here", made.hasAttribute("data-here"));
      reopen(part, open);
    }
  }, 200 + Math.random() * SPREAD);
}

const isBegun = (part) => [...part.querySelectorAll("input, textarea, option")].some((field) => {
  if (field.matches("option")) return field.selected !== field.defaultSelected && (field.defaultSelected || field.index > 0);
  return stateOf(field) !== (field.matches("[type=checkbox], [type=radio]") ? field.defaultChecked : field.defaultValue);
});

// Whether the meeting is under way; how many are here is nobody's own.
const stage = () => root.querySelector("[data-topic=state] .pill")?.textContent;

function tellPage(topic, html) {
  const before = stage();
  place(topic, html);
  const isHerTurn = topic === "floor" && root.querySelector("[data-mine] .mine__turn");
  if (HERS.includes(topic) || stage() !== before || isHerTurn) askHers();
  root.dispatchEvent(new CustomEvent("told", { detail: topic }));
}

function take(number, topic, html) {
  if (number <= last) return;
  last = number;
  root.dataset.last = last;
  if (isPaused) return waiting.set(topic, html);
  tellPage(topic, html);
}

function follow() {
  clearTimeout(again);
  clearTimeout(leaving);
  if (source || isOver || document.hidden) return;
  if (!window.EventSource || failures >= STREAMS_THAT_FAIL || navigator.connection?.saveData) return ask();
  source = new EventSource(`${address}/flux?apres=${last}${team}`);
  source.addEventListener("open", () => {
    failures = 0;
    show("live");
    listening();
  });
  source.addEventListener("told", (event) => {
    listening();
    const { topic, html } = JSON.parse(event.data);
    take(Number(event.lastEventId), topic, html);
  });
  source.addEventListener("gone", over);
  source.addEventListener("ended", () => {
    // Her session is over; what everyone may read is hers as well.
    stop();
    later();
  });
  source.addEventListener("error", () => {
    stop(); // the browser would come back with everyone: we choose the moment
    failures += 1;
    show("late");
    later();
  });
}

// What keeps a line alive is not heard by a script: after a long silence she comes back, and misses nothing.
function listening() {
  clearTimeout(watching);
  watching = setTimeout(() => {
    stop();
    later();
  }, SILENCE);
}

function later() {
  clearTimeout(again);
  const rest = Math.min(LATEST, SOONEST * 2 ** Math.min(failures, 6));
  again = setTimeout(follow, rest * (0.5 + Math.random()));
}

// For who can't hold a line: the newest of each part, once; then a stream is tried again now and then.
async function ask() {
  clearTimeout(again);
  try {
    const answer = await fetch(`${address}/depuis?apres=${last}${team}`, { headers: { Accept: "application/json" } });
    if (answer.status === 404 || answer.status === 410) return over();
    if (!answer.ok) throw new Error(answer.status);
    const said = await answer.json();
    for (const { number, topic, html } of said.told) take(number, topic, html);
    last = said.last;
    show("asked");
    if (Math.random() < 0.05) failures = 0;
  } catch {
    show("late");
  }
  if (!document.hidden && !isOver) again = setTimeout(follow, ASK_EVERY * (0.75 + Math.random() / 2));
}

function stop() {
  source?.close();
  source = undefined;
  clearTimeout(watching);
}

function over() {
  stop();
  isOver = true;
  clearTimeout(again);
  show("over");
}

const show = (state) => (root.dataset.line = state);

function pause() {
  isPaused = !isPaused;
  button.setAttribute("aria-pressed", isPaused);
  if (isPaused) return;
  for (const [topic, html] of waiting) tellPage(topic, html);
  waiting.clear();
}

if (address) {
  if (button) {
    button.hidden = false;
    button.addEventListener("click", pause);
  }
  let hiddenAt = Infinity;
  const wake = () => {
    // Where no timer ran while it slept, its line may be dead without a word.
    if (Date.now() - hiddenAt > HIDDEN_TOO_LONG) stop();
    hiddenAt = Infinity;
    failures = 0;
    follow();
  };
  document.addEventListener("visibilitychange", () => {
    clearTimeout(leaving);
    if (!document.hidden) return wake();
    hiddenAt = Date.now();
    leaving = setTimeout(() => {
      stop();
      clearTimeout(again);
    }, HIDDEN_TOO_LONG);
  });
  document.addEventListener("freeze", () => (hiddenAt = Math.min(hiddenAt, Date.now())));
  document.addEventListener("resume", wake);
  addEventListener("online", () => {
    stop();
    failures = 0;
    follow();
  });
  addEventListener("pagehide", stop); // a page that is kept by the browser listens to nothing
  addEventListener("pageshow", follow);
  follow();
}
