// The code of this phone: chosen once, asked at each opening.
import { Missing, onSubmit, part, screenOf } from "./dom.js";
import { makeVault, openVault, SHORTEST_CODE, TooManyTries } from "./vault.js";
import { count, say } from "./words.js";

export const explainCode = (fault) => {
  if (fault instanceof TooManyTries) {
    return say("too-many-tries", { wait: count("seconds", Math.ceil((fault.until - Date.now()) / 1000)) });
  }
  return fault instanceof Missing ? fault.message : say("wrong-code");
};

const locked = {
  set(app) {
    const form = part(screenOf("verrou"), "unlock");
    onSubmit(form, async ({ code }) => {
      const vault = await openVault(app.store, code).finally(() => form.reset());
      await app.open(vault);
      app.show();
    }, explainCode);
  },
  enter() {
    part(screenOf("verrou"), "locked-told").textContent = say("locked");
  },
};

const choosing = {
  set(app) {
    const form = part(screenOf("code"), "choose-code");
    part(form, "show-code").addEventListener("change", ({ target }) => {
      for (const input of [form.elements.code, form.elements.again]) {
        input.type = target.checked ? "text" : "password";
        input.inputMode = target.checked ? "text" : "numeric";
      }
    });
    onSubmit(form, async ({ code, again }) => {
      if (code.length < SHORTEST_CODE) throw new Missing(say("code-too-short"));
      if (code !== again) throw new Missing(say("codes-differ"));
      const { row, vault } = await makeVault(code);
      await app.store.put("vault", row);
      form.reset();
      app.isNew = false;
      app.remember(true);
      await app.open(vault);
      app.go("sessions");
    }, explainCode);
  },
};

export default { verrou: locked, code: choosing, efface: {} };
