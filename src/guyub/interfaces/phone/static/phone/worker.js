// Keeps the page of the pocket book and its files, all of one version, so that it opens without a
// signal. Nothing else: no answer that holds anybody's data is ever kept here, and IndexedDB is not
// touched. A new version is fetched wholly before it counts, and waits until the page asks for it.

const PREFIX = `guyub-pocket-book ${TOLD.page} `;
const CACHE = PREFIX + TOLD.version;
const FILES = new Set(TOLD.files.map((file) => new URL(file, self.location).pathname));

self.addEventListener("install", (event) => {
  event.waitUntil(fetched());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(counted());
});

self.addEventListener("message", (event) => {
  if (event.data === "take over") {
    self.skipWaiting();
  }
});

self.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== self.location.origin) {
    return;
  }
  if ((mode === "navigate" && pathname === TOLD.page) || FILES.has(pathname)) {
    event.respondWith(kept(event.request, pathname));
  }
});

async function fetched() {
  const cache = await caches.open(CACHE);
  await Promise.all(
    [TOLD.page, ...FILES].map(async (path) => {
      const answer = await fetch(path, { cache: "no-cache", credentials: "same-origin" });
      // Whoever is not logged in is sent on: that is not the page.
      if (!answer.ok || answer.redirected) {
        throw new Error(`${path} is not to be had`);
      }
      await cache.put(path, answer);
    }),
  );
}

async function counted() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

// The page comes from the cache as its files do: a new page beside old files would break both.
async function kept(request, path) {
  const found = await caches.match(path, { cacheName: CACHE, ignoreVary: true });
  return found ?? fetch(request);
}
