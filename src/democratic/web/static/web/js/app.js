// Comforts only: every page does its work without this file.
const all = (selector) => document.querySelectorAll(selector);

// A second tap sends nothing more. The button keeps its name and value; history, or a lost network, frees it.
const free = (form) => {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
};
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) return event.preventDefault();
  if (form.method !== "post") return;
  form.dataset.sent = "1";
  for (const button of form.querySelectorAll("button")) button.setAttribute("aria-disabled", "true");
  setTimeout(free, 10000, form);
});
addEventListener("pageshow", () => all("form[data-sent]").forEach(free));

// A page that was stored for everyone does not know which of its links leads to itself.
for (const link of all("nav a:not([aria-current])")) {
  if (!link.hash && link.pathname === location.pathname && link.search === location.search && link.closest(".tabs"))
    link.setAttribute("aria-current", "page");
}

for (const button of all("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

if (navigator.clipboard) {
  for (const button of all("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
      button.nextElementSibling.textContent = button.dataset.done;
    });
  }
}

// As everywhere on our pages: our fonts have no narrow space.
const format = (n) => new Intl.NumberFormat(document.documentElement.lang).format(n).replaceAll("\u202f", "\u00a0");
for (const count of all("[data-count]")) {
  const field = document.getElementById(count.dataset.count);
  const show = () => (count.textContent = `${format([...field.value].length)} / ${format(count.dataset.most)}`);
  count.hidden = false;
  field.addEventListener("input", show);
  show();
}

// A long text survives a wrong tap, in this tab only. What the server sent back wins; success clears it.
try {
  for (const done of all("[data-draft-done]")) sessionStorage.removeItem(`draft:${done.dataset.draftDone}`);
  for (const form of all("form[data-draft]")) {
    const key = `draft:${form.dataset.draft}`;
    const fields = [...form.querySelectorAll("textarea[name]")];
    const kept = JSON.parse(sessionStorage.getItem(key) || "{}");
    for (const field of fields) {
      if (!field.value && kept[field.name]) {
        field.value = kept[field.name];
        field.dispatchEvent(new Event("input"));
      }
    }
    form.addEventListener("input", () =>
      sessionStorage.setItem(key, JSON.stringify(Object.fromEntries(fields.map((field) => [field.name, field.value])))),
    );
  }
} catch {
  // Storage refused or full: nothing is kept, nothing else changes.
}

document.querySelector(".errors")?.focus();
