/** Asks the browser to keep the built page, so that it opens without a network from the second visit on. */

/** Training has the machine for itself first. */
const AFTER_MS = 3000;

export function keepOffline(): (() => void) | undefined {
  // Pages that are written just now change too often; a page from a folder has no server to be kept from.
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return undefined;
  const timer = setTimeout(() => {
    navigator.serviceWorker.register('./offline.js', { scope: './' }).catch(() => {
      // Without it, the page needs its server each time, as pages do.
    });
  }, AFTER_MS);
  return () => clearTimeout(timer);
}
