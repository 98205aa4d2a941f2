// A pile typed without a mouse: a digit goes on to the next cell, Enter too. Without this the form is the same.
const form = document.querySelector("form[data-grid]");
const cells = [...form.querySelectorAll(".paper-cell input:not([readonly]), .paper-cell textarea")];

const goOn = (from) => {
  const next = cells[cells.indexOf(from) + 1];
  if (next) {
    next.focus();
    next.select();
  } else {
    form.querySelector("[data-grid-end]").focus(); // never what publishes
  }
};

form.addEventListener("input", (event) => {
  if (event.target.matches(".digit") && /^[0-9]$/.test(event.target.value)) goOn(event.target);
});
form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || !cells.includes(event.target)) return;
  event.preventDefault();
  goOn(event.target);
});
form.addEventListener("focusin", (event) => {
  if (event.target.matches(".digit")) event.target.select();
});
