// The few gestures on the page that every screen makes.
export const screenOf = (name) => document.querySelector(`[data-screen="${name}"]`);

// `part(form, "error")` is its [data-error].
export const part = (root, name) => root.querySelector(`[data-${name}]`);
export const parts = (root, name) => [...root.querySelectorAll(`[data-${name}]`)];

export const row = (root, name) => root.querySelector(`template[data-row="${name}"]`).content.firstElementChild.cloneNode(true);

export const element = (tag, given = {}, ...inside) => {
  const made = Object.assign(document.createElement(tag), given);
  made.append(...inside);
  return made;
};

export const iconOf = (name) => {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#i-${name}`);
  svg.classList.add("icon");
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
};

// What is wrong with a form, beside its button; "" when nothing is.
export const wrong = (form, text) => {
  const told = part(form, "error");
  told.textContent = text;
  told.hidden = !text;
};

// A form that is sent twice while it works is sent once. What it throws is told by `explain(fault)`.
export const onSubmit = (form, act, explain) => {
  let busy = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    wrong(form, "");
    try {
      await act(Object.fromEntries(new FormData(form)));
    } catch (fault) {
      wrong(form, explain(fault));
    } finally {
      busy = false;
    }
  });
};

// What an agent must do before going on, in the words of the page.
export class Missing extends Error {}
