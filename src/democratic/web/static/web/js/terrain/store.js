// IndexedDB, in promises. A write says so once it is on the disk ("strict"): a phone may die at any instant.
const NAME = "democratic-street";
const STORES = { vault: "id", sessions: "id", records: "uuid", files: "id", codes: "code" };

const answered = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

export const openStore = async () => {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => {
    for (const [name, keyPath] of Object.entries(STORES)) request.result.createObjectStore(name, { keyPath });
    request.transaction.objectStore("files").createIndex("uuid", "uuid");
  };
  const db = await answered(request);
  db.onversionchange = () => db.close(); // another page erases everything
  return new Store(db);
};

class Store {
  #db;

  constructor(db) {
    this.#db = db;
  }

  // One transaction: all of `work`, or nothing. `work` may await its tables alone.
  within(names, work) {
    return new Promise((resolve, reject) => {
      const transaction = this.#db.transaction(names, "readwrite", { durability: "strict" });
      let result, fault;
      transaction.oncomplete = () => resolve(result);
      transaction.onabort = () => reject(fault ?? transaction.error);
      const tables = Object.fromEntries(names.map((name) => [name, tableOf(transaction.objectStore(name))]));
      work(tables).then(
        (value) => { result = value; },
        (error) => { fault = error; transaction.abort(); },
      );
    });
  }

  #read(name) {
    return this.#db.transaction(name).objectStore(name);
  }

  get(name, key) {
    return answered(this.#read(name).get(key));
  }

  all(name) {
    return answered(this.#read(name).getAll());
  }

  put(name, row) {
    return this.within([name], async (tables) => tables[name].put(row));
  }

  async erase() {
    this.#db.close();
    await answered(indexedDB.deleteDatabase(NAME));
  }
}

const tableOf = (table) => ({
  get: (key) => answered(table.get(key)),
  put: (row) => answered(table.put(row)),
  delete: (key) => answered(table.delete(key)),
  keysOf: (index, value) => answered(table.index(index).getAllKeys(value)),
});
