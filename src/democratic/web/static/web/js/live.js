// « Du nouveau sur cette page »: one line that says so. The page itself never moves, and is read without it.
const HIDDEN_TOO_LONG = 20000; // a tab that nobody looks at lets go of its line to the server
const LONGEST_REST = 300000;
const CHOICE = "live";

const main = document.querySelector("main[data-live]");
const box = document.querySelector(".live");
const choice = document.querySelector(".live-choice");
const said = box?.querySelector("[role=status]");
let source;
let leaving;
let again;
let rest = 15000;
let seen = main?.dataset.imprint;

const kept = () => {
  try {
    return localStorage.getItem(CHOICE) !== "off";
  } catch {
    return true;
  }
};

// The status region is there before its words, so that they are read out; the focus stays where it is.
function say(name) {
  said.replaceChildren(box.querySelector(`[data-live-line=${name}]`).content.cloneNode(true));
}

function changed(event) {
  const { type, redirectCount } = performance.getEntriesByType("navigation")[0] ?? {};
  // Who comes back from an act of her own sees it counted a moment later: that is no news to her.
  const own = type === "navigate" && redirectCount > 0 && performance.now() < 5000;
  seen = event.lastEventId;
  if (!own && !said.firstChild) say("changed");
}

function listen() {
  clearTimeout(leaving);
  clearTimeout(again);
  const { live } = main.dataset;
  if (source || document.hidden || !live || !kept()) return;
  source = new EventSource(`${live}${live.includes("?") ? "&" : "?"}vu=${seen}`);
  source.addEventListener("open", () => (rest = 15000));
  source.addEventListener("changed", changed);
  source.addEventListener("gone", () => end("changed"));
  source.addEventListener("ended", () => end("ended"));
  source.addEventListener("error", () => {
    if (source?.readyState !== EventSource.CLOSED) return; // the browser comes back by itself
    stop();
    again = setTimeout(listen, rest * (0.5 + Math.random()));
    rest = Math.min(rest * 2, LONGEST_REST);
  });
}

function stop() {
  source?.close();
  source = undefined;
}

// The page is not hers to see any more, or her session is over: nothing more comes.
function end(name) {
  stop();
  main.dataset.live = "";
  say(name);
}

function choose(told) {
  try {
    localStorage.setItem(CHOICE, told ? "on" : "off");
  } catch {
    // Not kept: it holds for this page.
  }
  choice.firstElementChild.setAttribute("aria-pressed", told);
  if (told) return listen();
  stop();
  said.replaceChildren();
  choice.firstElementChild.focus({ preventScroll: true }); // the button that was pressed is gone
}

if (main && window.EventSource && !navigator.connection?.saveData) {
  choice.hidden = false;
  choice.firstElementChild.setAttribute("aria-pressed", kept());
  choice.addEventListener("click", () => choose(choice.firstElementChild.getAttribute("aria-pressed") !== "true"));
  box.addEventListener("click", ({ target }) => {
    const { liveAct } = target.closest("[data-live-act]")?.dataset ?? {};
    if (liveAct === "see") location.reload(); // the browser keeps the place
    if (liveAct === "stop") choose(false);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) leaving = setTimeout(stop, HIDDEN_TOO_LONG);
    else listen();
  });
  addEventListener("pagehide", stop); // a page that is kept by the browser listens to nothing
  addEventListener("pageshow", listen);
}
