// Where drafts lie in this browser: sealed, each under a key that begins with whose it is.

const DATABASE = "guyub-drafts";
const STORE = "drafts";

export function stored(mode, work) {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(DATABASE, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const transaction = opening.result.transaction(STORE, mode, { durability: "strict" });
      const asked = work(transaction.objectStore(STORE));
      transaction.oncomplete = () => {
        opening.result.close();
        resolve(asked?.result);
      };
      transaction.onabort = () => reject(transaction.error);
    };
  });
}

// Everything that one account has begun and not saved.
export const draftsOf = (owner) => IDBKeyRange.bound(`${owner} `, `${owner} \uffff`);
