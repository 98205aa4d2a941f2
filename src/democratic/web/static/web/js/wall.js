// A screen in the street: it asks for its own page again and again, and changes the voices alone, when there are others.
// Without network, what it shows stays.
//   [data-wall]    data-every: seconds; without it (paused), nothing is asked
//   [data-voices]  what is replaced         [data-offline]  shown while nobody answers
const PATIENCE = 20_000; // milliseconds
const wall = document.querySelector("[data-wall]");
const voices = wall.querySelector("[data-voices]");
const offline = wall.querySelector("[data-offline]");
const every = Number(wall.dataset.every) * 1_000;

const asked = async () => {
  const answer = await fetch(location.href, {
    cache: "no-store", credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE),
  });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const found = answer.ok && page.querySelector("[data-voices]");
  if (!found) throw new Error(`${answer.status}: not a wall`); // a fault, or a network that is to be signed into first
  return found;
};

const look = async () => {
  try {
    if (!document.hidden) {
      const found = await asked();
      if (found.innerHTML !== voices.innerHTML) voices.replaceChildren(...found.childNodes);
      offline.hidden = true;
    }
  } catch {
    offline.hidden = false;
  } finally {
    setTimeout(look, every);
  }
};

if (every) setTimeout(look, every);
