// Passkeys: a form asks this device to make a key, or to sign with one, and sends what it answers.
//   form[data-passkey="create" | "get"]   data-options: what the server asks, in JSON
//                                         data-options-from: or the address that says it
//   input[name="credential"]              receives the answer;  [data-passkey-fault] what to say when there is none
// Hidden until this file runs: a browser without it, or without passkeys, is shown the other ways.

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const named = (list) => list?.map((key) => ({ ...key, id: bytes(key.id) }));

const asked = {
  create: ({ publicKey }) => ({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      user: { ...publicKey.user, id: bytes(publicKey.user.id) },
      excludeCredentials: named(publicKey.excludeCredentials),
      // The device keeps the key with the account's name: it then opens it without a password.
      authenticatorSelection: {
        ...publicKey.authenticatorSelection,
        residentKey: "required",
        requireResidentKey: true,
        userVerification: "required",
      },
    },
  }),
  get: ({ publicKey }) => ({
    publicKey: { ...publicKey, challenge: bytes(publicKey.challenge), allowCredentials: named(publicKey.allowCredentials) },
  }),
};

const PARTS = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
const answered = (key) => ({
  id: key.id,
  rawId: text(key.rawId),
  type: key.type,
  authenticatorAttachment: key.authenticatorAttachment,
  clientExtensionResults: key.getClientExtensionResults(),
  response: Object.fromEntries(
    PARTS.filter((part) => key.response[part]).map((part) => [part, text(key.response[part])]),
  ),
});

const optionsOf = async (form) => {
  if (form.dataset.options) return JSON.parse(form.dataset.options);
  const answer = await fetch(form.dataset.optionsFrom, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return (await answer.json()).request_options;
};

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const fault = form.querySelector("[data-passkey-fault]");
    form.hidden = false;
    // Before the script that sends a form once: it must not count a try that the device refused.
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      event.stopPropagation();
      fault.hidden = true;
      try {
        const kind = form.dataset.passkey;
        const key = await navigator.credentials[kind](asked[kind](await optionsOf(form)));
        form.elements.credential.value = JSON.stringify(answered(key));
        form.submit();
      } catch {
        fault.hidden = false;
        fault.focus();
      }
    });
  }
  for (const part of document.querySelectorAll("[data-passkey-only]")) part.hidden = false;
}
