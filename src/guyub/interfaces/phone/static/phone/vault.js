// Opens and locks the pocket book. What is held is sealed with AES-256-GCM under a key that was made on
// this phone and that no script can read out. The key itself lies locked, by five words or by a passkey.

import { asked, empty, EVERYTHING } from "./database.js";
import { WORDS } from "./words.js";

// OWASP, Password Storage Cheat Sheet (2023), for PBKDF2 with HMAC-SHA-256.
const ROUNDS = 600_000;

const HOW_MANY_WORDS = 5;

// After so many wrong tries everything goes, and from one to the next the wait doubles; our choice.
const MOST_TRIES = 10;
const FIRST_WAIT = 5_000;

const AES = { name: "AES-GCM", length: 256 };
const VECTOR = 12;

const random = (length) => crypto.getRandomValues(new Uint8Array(length));
const text = (content) => new TextEncoder().encode(content);

export class WrongWords extends Error {
  name = "WrongWords";

  constructor({ tries, waitUntil }) {
    super("These are not the words.");
    this.left = Math.max(0, MOST_TRIES - tries);
    this.waitUntil = waitUntil;
  }
}

// What may be known of a vault without opening it.
export async function state(database) {
  const record = await database.about("vault");
  return {
    set: Boolean(record),
    ways: record ? [record.way] : [],
    left: MOST_TRIES - (record?.tries ?? 0),
    waitUntil: record ? waitOf(record) : 0,
  };
}

export function makeWords() {
  // Numbers beyond the last whole round of the list would favour its first words.
  const fair = Math.floor(2 ** 16 / WORDS.length) * WORDS.length;
  const chosen = [];
  while (chosen.length < HOW_MANY_WORDS) {
    const [number] = crypto.getRandomValues(new Uint16Array(1));
    if (number < fair) {
      chosen.push(WORDS[number % WORDS.length]);
    }
  }
  return chosen.join(" ");
}

export async function begin(database, words) {
  const salt = random(16);
  const key = await keyFromWords(words, salt, ROUNDS);
  return made(database, { way: "words", salt, rounds: ROUNDS }, key);
}

// Whether this phone may have a passkey that can lock something; some learn it only by trying.
export async function passkeyOffered() {
  const known = globalThis.PublicKeyCredential;
  if (!(await known?.isUserVerifyingPlatformAuthenticatorAvailable?.())) {
    return false;
  }
  const able = await known.getClientCapabilities?.();
  return able?.["extension:prf"] !== false;
}

// Asks for a passkey of this phone. Where it cannot lock anything, it says so by an error.
export async function beginWithPasskey(database) {
  const salt = random(32);
  const passkey = await navigator.credentials.create({
    publicKey: {
      challenge: random(32),
      rp: { name: "Guyub" },
      user: { id: random(16), name: "Guyub", displayName: "Guyub" },
      pubKeyCredParams: [-7, -257].map((alg) => ({ type: "public-key", alg })),
      authenticatorSelection: {
        authenticatorAttachment: "platform",
        residentKey: "required",
        userVerification: "required",
      },
      extensions: { prf: { eval: { first: salt } } },
    },
  });
  const told = passkey.getClientExtensionResults().prf;
  if (!told?.enabled && !told?.results) {
    throw new DOMException("This passkey cannot lock anything.", "NotSupportedError");
  }
  const credential = new Uint8Array(passkey.rawId);
  // Many tell the secret only when they are asked for it again.
  const secret = told.results?.first ?? (await secretOf(credential, salt));
  return made(database, { way: "passkey", salt, credential }, await keyFromSecret(secret, salt));
}

export async function unlock(database, words) {
  const record = await counted(database);
  const key = await keyFromWords(words, record.salt, record.rounds);
  let vault;
  try {
    vault = new Vault(await opened(record, key));
  } catch {
    if (record.tries >= MOST_TRIES) {
      await database.wipe();
    }
    throw new WrongWords(record);
  }
  await database.write(["about"], (store) => {
    store("about").put({ ...record, tries: 0, waitUntil: 0 }, "vault");
  });
  return vault;
}

export async function unlockWithPasskey(database) {
  const record = await database.about("vault");
  const secret = await secretOf(record.credential, record.salt);
  return new Vault(await opened(record, await keyFromSecret(secret, record.salt)));
}

export class Vault {
  #key;

  constructor(key) {
    this.#key = key;
  }

  // name: where it will lie, so that nothing sealed can be put into another's place.
  async seal(object, name) {
    const iv = random(VECTOR);
    const how = { name: AES.name, iv, additionalData: text(name) };
    const sealed = await crypto.subtle.encrypt(how, this.#key, text(JSON.stringify(object)));
    const bytes = new Uint8Array(VECTOR + sealed.byteLength);
    bytes.set(iv);
    bytes.set(new Uint8Array(sealed), VECTOR);
    return bytes;
  }

  async open(bytes, name) {
    const how = { name: AES.name, iv: bytes.subarray(0, VECTOR), additionalData: text(name) };
    const content = await crypto.subtle.decrypt(how, this.#key, bytes.subarray(VECTOR));
    return JSON.parse(new TextDecoder().decode(content));
  }

  lock() {
    this.#key = null;
  }
}

// A try counts before it is made: whoever kills the page in the middle of it gains none.
async function counted(database) {
  const [record, allowed] = await database.write(EVERYTHING, async (store) => {
    const found = await asked(store("about").get("vault"));
    if (found.tries >= MOST_TRIES) {
      empty(store);
      return [found, false];
    }
    const waitUntil = waitOf(found);
    if (waitUntil > Date.now()) {
      return [{ ...found, waitUntil }, false];
    }
    found.tries += 1;
    found.waitUntil = Date.now() + FIRST_WAIT * 2 ** (found.tries - 1);
    store("about").put(found, "vault");
    return [found, true];
  });
  if (!allowed) {
    throw new WrongWords(record);
  }
  return record;
}

// Never longer than the wait itself, however the clock was set meanwhile.
function waitOf({ tries, waitUntil }) {
  return tries ? Math.min(waitUntil, Date.now() + FIRST_WAIT * 2 ** (tries - 1)) : 0;
}

// For a moment the new key can be read, so as to be locked away; the one that is used cannot.
async function made(database, record, lock) {
  const key = await crypto.subtle.generateKey(AES, true, ["encrypt", "decrypt"]);
  const vector = random(VECTOR);
  const locked = await crypto.subtle.wrapKey("raw", key, lock, { name: AES.name, iv: vector });
  const full = { ...record, vector, locked: new Uint8Array(locked), tries: 0, waitUntil: 0 };
  await database.write(EVERYTHING, async (store) => {
    if (await asked(store("about").get("vault"))) {
      throw new DOMException("There is a pocket book already.", "InvalidStateError");
    }
    empty(store);
    store("about").put(full, "vault");
  });
  return new Vault(await opened(full, lock));
}

function opened({ locked, vector }, lock) {
  const how = { name: AES.name, iv: vector };
  return crypto.subtle.unwrapKey("raw", locked, lock, how, AES, false, ["encrypt", "decrypt"]);
}

async function keyFromWords(words, salt, iterations) {
  const plain = words.normalize("NFKC").toLowerCase().match(/\p{L}+/gu) ?? [];
  const bytes = text(plain.join(" "));
  const secret = await crypto.subtle.importKey("raw", bytes, "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations };
  return crypto.subtle.deriveKey(how, secret, AES, false, ["wrapKey", "unwrapKey"]);
}

async function keyFromSecret(bytes, salt) {
  const secret = await crypto.subtle.importKey("raw", bytes, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt, info: text("guyub pocket book") };
  return crypto.subtle.deriveKey(how, secret, AES, false, ["wrapKey", "unwrapKey"]);
}

// The secret that the passkey tells for this salt, to whoever the phone knows.
async function secretOf(credential, salt) {
  const answer = await navigator.credentials.get({
    publicKey: {
      challenge: random(32),
      allowCredentials: [{ type: "public-key", id: credential }],
      userVerification: "required",
      extensions: { prf: { eval: { first: salt } } },
    },
  });
  const secret = answer.getClientExtensionResults().prf?.results?.first;
  if (!secret) {
    throw new DOMException("This passkey cannot lock anything.", "NotSupportedError");
  }
  return secret;
}
