// The service worker: keeps the page and its files, so that they open without network. It holds no word of anyone:
// what is typed stays in the page's own database, which a new version of this does not touch.
const CACHE = `terrain:${PARCEL.page}:${PARCEL.version}`;

self.addEventListener("install", (event) => {
  const whole = [PARCEL.page, ...PARCEL.files].map((url) => new Request(url, { cache: "reload" }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(whole)));
});

// An open page ends with the version that it began with: the next one takes over when all are closed, or when asked.
self.addEventListener("message", (event) => {
  if (event.data === "take over") self.skipWaiting();
});

self.addEventListener("activate", (event) => {
  const forget = async () => {
    const old = (await caches.keys()).filter((name) => name.startsWith(`terrain:${PARCEL.page}:`) && name !== CACHE);
    await Promise.all(old.map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(forget());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const { pathname } = new URL(request.url);
  const kept = request.mode === "navigate" && pathname === PARCEL.page ? PARCEL.page : pathname;
  if (kept !== PARCEL.page && !PARCEL.files.includes(kept)) return; // the rest is the network's
  event.respondWith(
    caches.open(CACHE).then(async (cache) => (await cache.match(kept)) ?? fetch(request)),
  );
});
