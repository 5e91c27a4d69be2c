// Keeps the check page and its checker in the browser, so that they work without a connection.
// It asks for nothing but the files below, each known by its hash, and for what the host of the
// page has set. Of what is checked it learns nothing: that stays in the page and its worker.
const FILES = new Map(Object.entries({})); // set by conf/offline.py: address → SHA-256
const PAGE = "check.html";
const SETTINGS = "check-settings.json";

const HERE = new URL("./", location).href;
const STORE = `microcred ${HERE}`; // hosts may have several copies, and a browser keeps them apart

// -- What is kept ------------------------------------------------------------------------------

const opened = () => caches.open(STORE);
const place = (hash) => `${HERE}check-files/${hash}`;

async function sha256(content) {
  const digest = await crypto.subtle.digest("SHA-256", content);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Return a file as the build made it; an older one may lie in a cache on the way. */
async function fetched(address, hash) {
  for (const cache of ["default", "reload"]) {
    const response = await fetch(HERE + address, { cache });
    const content = await response.arrayBuffer();
    if (!response.ok || (await sha256(content)) !== hash) continue;
    const headers = new Headers(response.headers); // the host's own policies among them
    for (const name of ["content-encoding", "content-length"]) headers.delete(name);
    return new Response(content, { headers });
  }
  throw new Error(`${address} isn't what this version was made with`);
}

/** Keep every file of this version; what is the same as before is here already. */
async function fill() {
  const store = await opened();
  const missing = [...FILES].map(async ([address, hash]) => {
    if (!(await store.match(place(hash)))) await store.put(place(hash), await fetched(address, hash));
  });
  await Promise.all(missing);
}

/** Return the address of the profile that the host has set, if it is a file of the host's own. */
async function profile(store) {
  const settings = await store.match(HERE + SETTINGS);
  const { profile } = settings ? await settings.json().catch(() => ({})) : {};
  return profile ? new URL(profile, HERE).href : null;
}

/** Forget what belongs to older versions. */
async function tidy() {
  const store = await opened();
  const current = new Set([...FILES.values()].map(place).concat(HERE + SETTINGS, (await profile(store)) ?? []));
  const old = (await store.keys()).filter(({ url }) => !current.has(url));
  await Promise.all(old.map((request) => store.delete(request)));
  await clients.claim();
}

// -- What is answered --------------------------------------------------------------------------

/** Return what is kept of a file; if the browser has thrown it away, what the host has. */
async function kept(address, request) {
  const store = await opened();
  return (await store.match(place(FILES.get(address)))) ?? fetch(request);
}

/** Return what the host has set today; without a connection, what it had set last. */
async function latest(request) {
  const store = await opened();
  try {
    const response = await fetch(request, { cache: "no-cache" });
    const wanted = [HERE + SETTINGS, await profile(store)].includes(request.url);
    if (response.ok && wanted) await store.put(request.url, response.clone());
    return response;
  } catch (error) {
    const last = await store.match(request.url);
    if (last) return last;
    throw error;
  }
}

/** Return the address that a request names, as FILES has it. */
function named({ url, mode }) {
  const address = url.slice(HERE.length).split("#")[0];
  return mode === "navigate" && /^check(\.html)?($|\?)/.test(address) ? PAGE : address;
}

self.addEventListener("install", (event) => event.waitUntil(fill()));
self.addEventListener("activate", (event) => event.waitUntil(tidy()));
self.addEventListener("message", ({ data }) => {
  if (data === "take over") self.skipWaiting();
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(HERE)) return;
  const address = named(request);
  if (FILES.has(address)) event.respondWith(kept(address, request));
  else if (/\.(json|ya?ml)$/.test(address)) event.respondWith(latest(request));
});
