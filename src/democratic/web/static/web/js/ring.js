// « Me prévenir sur cet appareil »: asks the browser for its address, and sends it as the form's own field.
//   form[data-ring]    data-key: who rings; data-worker, data-scope: the script that shows what comes
//   [data-ring-fault]  what to say when the browser refuses
// Hidden until this file runs, and where a browser can't ring.

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));

async function subscription({ key, worker, scope }) {
  if ((await Notification.requestPermission()) !== "granted") throw new Error("refused");
  const registration = await navigator.serviceWorker.register(worker, { scope });
  await active(registration);
  const asked = { userVisibleOnly: true, applicationServerKey: bytes(key) };
  return JSON.stringify(await registration.pushManager.subscribe(asked));
}

const active = (registration) =>
  new Promise((done) => {
    if (registration.active) return done();
    const coming = registration.installing ?? registration.waiting;
    coming.addEventListener("statechange", () => coming.state === "activated" && done());
  });

if ("serviceWorker" in navigator && "PushManager" in window && "Notification" in window) {
  for (const form of document.querySelectorAll("form[data-ring]")) {
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      if (form.elements.subscription.value) return;
      event.preventDefault();
      event.stopPropagation(); // before the script that sends a form once: nothing is sent yet
      try {
        form.elements.subscription.value = await subscription(form.dataset);
        form.requestSubmit();
      } catch {
        form.querySelector("[data-ring-fault]").hidden = false;
      }
    });
  }
}
