// "Sauvegarder mes saisies": what is on this phone and not yet received whole, in files that the desk reads.
// They are not sealed: they are for a computer of the office.
import { recordOf } from "./outbox.js";

const LARGEST = 8_000_000; // the server takes 12 MB: an afternoon of many photos makes several

const base64 = (bytes) =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(new Blob([bytes]));
  });

// Photos are opened one after the other, and put out of the script's own memory: they may weigh more than it.
const filesOf = async (kit, entry) => {
  const found = [];
  for (const { n, type } of entry.files) {
    const told = { uuid: entry.uuid, n, type, base64: await base64(await kit.bytesOf(entry.uuid, n)) };
    found.push(new Blob([JSON.stringify(told)]));
  }
  return found;
};

const made = (head, entries, files) => {
  const start = JSON.stringify({ ...head, records: entries.map(recordOf) }).slice(0, -1);
  const inside = files.flatMap((file, at) => (at ? [",", file] : [file]));
  return new Blob([start, ',"files":[', ...inside, "]}"], { type: "application/json" });
};

// Of one session. A record and its files are in one of them.
export const backupsOf = async (kit, id, entries) => {
  const { device, session } = kit.sessions.get(id);
  const head = { format: "democratic-street-1", session: session.id, device };
  const backups = [];
  let held = [], files = [], weight = 0;
  for (const entry of entries) {
    const its = await filesOf(kit, entry);
    const more = its.reduce((sum, file) => sum + file.size, JSON.stringify(recordOf(entry)).length * 3);
    if (held.length && weight + more > LARGEST) {
      backups.push(made(head, held, files));
      held = [], files = [], weight = 0;
    }
    held.push(entry);
    files.push(...its);
    weight += more;
  }
  return [...backups, made(head, held, files)];
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
