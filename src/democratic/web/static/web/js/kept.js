// What an agent types stays in this tab until the server says that it has it: a lost network costs no word.
// sessionStorage alone, of one tab and for who typed it: desks are shared. app.js forgets it once it is acknowledged.
const form = document.querySelector("form[data-kept]");
const notes = form.querySelectorAll("[data-kept-when]");
const key = `draft:${form.dataset.kept}`;
const by = form.dataset.keptBy;
const id = form.elements.key; // of this one form: sent again under it, the first result is shown
const fields = [...form.querySelectorAll("textarea[name], input[type=text][name]")];

// Those that were typed into, here or before what was typed came back: the rest stays as the server says.
const changed = new Set();

const read = () => JSON.parse(sessionStorage.getItem(key) || "null");
const write = () => {
  const typed = fields.filter((each) => changed.has(each.name) || each.value !== each.defaultValue);
  const said = Object.fromEntries(typed.map((each) => [each.name, each.value]));
  sessionStorage.setItem(key, JSON.stringify({ by, id: id.value, said }));
};
const forgetOthers = () => {
  for (const each of Object.keys(sessionStorage)) {
    if (each.startsWith("draft:/") && JSON.parse(sessionStorage.getItem(each))?.by !== by) sessionStorage.removeItem(each);
  }
};
const take = ({ id: sent, said }) => {
  id.value = sent;
  for (const field of fields) {
    if (!(field.name in said) || field.readOnly) continue;
    field.value = said[field.name];
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
};
const tell = (which) => {
  for (const note of notes) note.hidden = note.dataset.keptWhen !== which;
};

try {
  forgetOthers();
  const kept = read() ?? { said: {} };
  const { said } = kept;
  for (const name of Object.keys(said)) changed.add(name);
  const lost = fields.filter((field) => said[field.name] && said[field.name] !== field.value);
  if (lost.length && lost.every((field) => !field.value)) {
    take(kept);
    tell("back");
  } else if (lost.length) {
    tell("other"); // something else stands there, maybe a colleague's: whoever typed chooses
  } else {
    tell(fields.length ? "typing" : "");
  }
  form.addEventListener("input", (event) => {
    changed.add(event.target.name);
    write();
  });
  form.addEventListener("click", (event) => {
    const act = event.target.dataset.keptAct;
    if (!act) return;
    if (act === "take") take(kept);
    if (act === "forget") {
      for (const field of [id, ...fields]) field.value = field.defaultValue;
      changed.clear();
      sessionStorage.removeItem(key);
    }
    tell("typing");
    fields[0].focus();
  });
} catch {
  tell(""); // Storage refused or full: nothing is kept, nothing else changes.
}
