/** The service worker of the built page: it keeps the page's files, so that the page opens without its server. */

/** Put in by the build: all files of the page, and a name that changes when any of them does. */
declare const __SADDLE_FILES__: readonly string[];
declare const __SADDLE_VERSION__: string;

interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetching extends Lasting {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
const { clients, registration } = globalThis as unknown as {
  clients: { claim(): Promise<void> };
  registration: { scope: string };
};

const SCOPE = new URL(registration.scope).pathname;
const PREFIX = `saddle ${SCOPE} `;
const CACHE = PREFIX + __SADDLE_VERSION__;
/** The page itself, whatever its link says. */
const PAGE = './';

// The next version waits until no tab has this one open: files that it may still load stay.
addEventListener('install', (event) => {
  const keep = async () => {
    const cache = await caches.open(CACHE);
    // As they are on the server now: not every name says which version it is of.
    const asks = [PAGE, ...__SADDLE_FILES__].map((name) => new Request(name, { cache: 'no-cache' }));
    await cache.addAll(asks);
    // While another version is laid on the server, the page may be of that one: then this one is not kept.
    const text = (await (await cache.match(PAGE))?.text()) ?? '';
    const isForeign = [...text.matchAll(/(?:src|href)="(\.\/[^"]+)"/g)].some(
      ([, name]) => !__SADDLE_FILES__.includes(name),
    );
    if (isForeign) {
      await caches.delete(CACHE);
      throw new Error('The page on the server is of another version.');
    }
  };
  (event as Lasting).waitUntil(keep());
});

addEventListener('activate', (event) => {
  const tidy = async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith(PREFIX) && name !== CACHE) await caches.delete(name);
    }
    await clients.claim();
  };
  (event as Lasting).waitUntil(tidy());
});

addEventListener('fetch', (event) => {
  const { request, respondWith } = event as Fetching;
  if (request.method !== 'GET' || !request.url.startsWith(registration.scope)) return;
  const { pathname } = new URL(request.url);
  const isPage = pathname === SCOPE || pathname === `${SCOPE}index.html`;
  respondWith.call(event, isPage ? page(request) : file(request));
});

/**
 * The newest page there is; without a network, the one that was kept. A newer one is not kept here: its files are not.
 * The worker that comes with it keeps both.
 */
async function page(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await (await caches.open(CACHE)).match(PAGE);
    if (kept) return kept;
    throw error;
  }
}

/** All files of this version are kept; others are of a newer one, or not the page's. */
async function file(request: Request): Promise<Response> {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}
