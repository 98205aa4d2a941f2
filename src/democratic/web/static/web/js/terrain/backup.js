// "Sauvegarder mes saisies": what is on this phone and not yet received whole, in one file that the desk reads.
// It is not sealed: it is for a computer of the office.
import { recordOf } from "./outbox.js";

const base64 = (bytes) =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(new Blob([bytes]));
  });

// One file a session. Photos are opened one after the other: a day's weigh more than a phone holds at once.
export const backupOf = async (kit, id, entries) => {
  const { device, session } = kit.sessions.get(id);
  const head = { format: "democratic-street-1", session: session.id, device, records: entries.map(recordOf) };
  const parts = [JSON.stringify(head).slice(0, -1), ',"files":['];
  let comma = "";
  for (const entry of entries) {
    for (const { n, type } of entry.files) {
      const told = { uuid: entry.uuid, n, type, base64: await base64(await kit.bytesOf(entry.uuid, n)) };
      parts.push(new Blob([comma + JSON.stringify(told)])); // out of the script's own memory
      comma = ",";
    }
  }
  parts.push("]}");
  return new Blob(parts, { type: "application/json" });
};

export const give = (blob, name) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
};
