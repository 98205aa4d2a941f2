// A screen in a hall goes back to its first question once nobody touches it, after saying so.
//   form[data-idle]   what a person who leaves would press; data-idle: seconds without a touch
//   [data-idle-soon]  says it before
const form = document.querySelector("[data-idle]");
const soon = document.querySelector("[data-idle-soon]");
const WARNING = 20; // seconds
let timers = [];

function wait() {
  timers.forEach(clearTimeout);
  soon.hidden = true;
  const whole = Number(form.dataset.idle) * 1000;
  timers = [
    setTimeout(() => { soon.hidden = false; }, whole - WARNING * 1000),
    setTimeout(() => form.requestSubmit(form.querySelector("button")), whole),
  ];
}

for (const touch of ["pointerdown", "keydown", "input"]) addEventListener(touch, wait, { passive: true });
// A page that comes back by « Retour » is asked again: the one before may have left.
addEventListener("pageshow", ({ persisted }) => (persisted ? location.reload() : wait()));
