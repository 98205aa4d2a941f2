// What looks like what one is writing, after a pause. Asked by POST: words in an address would be kept in logs.
const form = document.querySelector("form[data-similar]");
const section = document.getElementById("ressemble");
const found = section.querySelector("[data-similar-found]");
const field = form.elements.text;
const SHORTEST = 20;
const PAUSE = 1200;
let asked = "";
let timer = 0;

form.querySelector("[data-similar-ask]").hidden = true;

const look = async () => {
  const text = field.value.trim();
  if (text.length < SHORTEST || text === asked) return;
  asked = text;
  try {
    const answer = await fetch(form.dataset.similar, { method: "POST", body: new URLSearchParams({ text }) });
    if (!answer.ok || field.value.trim() !== text) return;
    const html = await answer.text();
    const isThere = html.includes("<li");
    if (!isThere && section.hidden) return; // nothing to say, and nothing was said
    found.innerHTML = html;
    section.hidden = !isThere;
  } catch {
    // No network: the form works without this.
  }
};

field.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(look, PAUSE);
});
