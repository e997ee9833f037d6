// Lets the form of a need open without a signal: its page is kept as it was last seen, until the person
// signs out; what it loads is kept by names that change with the content.

const FORMS = "forms-1";
const FILES = "files-1";
const KEPT = "/needs/new/";
const PATIENCE = 4000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function page(request) {
  const forms = await caches.open(FORMS);
  try {
    const answer = await Promise.race([
      fetch(request),
      new Promise((_resolve, reject) => setTimeout(reject, PATIENCE, new Error("no signal"))),
    ]);
    if (answer.ok && new URL(answer.url).pathname === KEPT) {
      const copy = answer.clone();
      // a copy that came by a redirect could not be shown for a page that is opened
      await forms.put(KEPT, new Response(await copy.blob(), { headers: copy.headers }));
    }
    return answer;
  } catch (fault) {
    const kept = await forms.match(KEPT);
    if (kept) return kept;
    throw fault;
  }
}

async function file(request) {
  const files = await caches.open(FILES);
  const kept = await files.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await files.put(request, answer.clone());
  return answer;
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (address.origin !== self.location.origin) return;
  if (request.method === "POST" && address.pathname === "/accounts/logout/") {
    event.waitUntil(caches.delete(FORMS));
  } else if (request.method !== "GET" || request.headers.has("X-Outbox")) {
    // goes its own way
  } else if (request.mode === "navigate" && address.pathname === KEPT) {
    event.respondWith(page(request));
  } else if (address.pathname.startsWith("/static/")) {
    event.respondWith(file(request));
  }
});
