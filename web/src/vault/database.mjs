// IndexedDB as promises: two stores, `vault` (wrapped keys, in the clear) and `records` (encrypted).
// SPDX-License-Identifier: Apache-2.0

const settled = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

function done(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}

export async function openDatabase() {
  const opening = indexedDB.open('peaqos', 1);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore('vault');
    opening.result.createObjectStore('records');
  };
  const database = await settled(opening);
  database.onversionchange = () => database.close();

  const write = async (name, use) => {
    const transaction = database.transaction(name, 'readwrite', { durability: 'strict' });
    use(transaction.objectStore(name));
    await done(transaction);
  };
  const read = (name, use) => settled(use(database.transaction(name).objectStore(name)));
  return {
    get: (store, key) => read(store, (objects) => objects.get(key)),
    keys: (store) => read(store, (objects) => objects.getAllKeys()),
    put: (store, key, value) => write(store, (objects) => objects.put(value, key)),
    remove: (store, key) => write(store, (objects) => objects.delete(key)),
    close: () => database.close(),
  };
}
