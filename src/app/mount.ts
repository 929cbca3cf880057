/** Joins a page to its window: the address bar, the stored theme, the worker, the wish for no motion. */
import type { Problem } from '../settings/index.ts';
import { openPool } from '../worker/start.ts';
import { isStill, wantedMotion } from './motion.ts';
import { asksForNamed, loadNamed } from './named.ts';
import { openPage, type Page } from './page.ts';
import { takePresented } from './present/link.ts';
import type { Theme } from './store.ts';
import { strings } from './strings.ts';

const THEME_KEY = 'saddle.theme';

/** Everything that a link says behind `?` or `#`; what stands behind `#` comes last. */
const addressOf = ({ search, hash }: Location) =>
  [search, hash]
    .map((part) => part.replace(/^[?#]/, ''))
    .filter(Boolean)
    .join('&');

export async function mount(): Promise<Page> {
  document.documentElement.dataset.motion = wantedMotion();
  let address = addressOf(location);
  let problem: Problem | undefined;
  // Only a long link is packed: what unpacks it is loaded with the first one.
  if (/(^|&)z=/.test(address)) {
    const packing = await import('./share/pack.ts').catch(() => undefined);
    // Where it does not come, the page says that it does not know the word, and opens all the same.
    if (packing) ({ text: address, problem } = await packing.unpack(address));
  }
  // Where they do not come, the page says that it does not know the name.
  if (asksForNamed(address)) await loadNamed().catch(() => {});
  const { address: words, ...presented } = takePresented(address);
  const page = openPage({
    address: words,
    presented,
    start: openPool(),
    startsPlaying: !isStill(),
    theme: storedTheme(),
    home: () => `${location.origin}${location.pathname}`,
    onAddress: follow,
    onTheme: (theme) => {
      try {
        localStorage.setItem(THEME_KEY, theme);
      } catch {
        // A page without storage forgets the theme.
      }
    },
  });
  if (problem) page.complain([problem, ...page.store.getState().problems]);
  if (!page.store.getState().isEmbedded) {
    // Another link pasted into the same tab, or the way back to the one before.
    addEventListener('hashchange', async ({ newURL }) => {
      clearTimeout(following);
      // By then the address may say again what is open.
      const loaded = await Promise.all([import('./share/openLink.ts'), loadNamed()]).catch(() => undefined);
      if (loaded) await loaded[0].openLink(page, new URL(newURL).hash);
      else page.complain([{ path: '', expected: '', found: '', message: strings.link.unloaded }]);
      follow(page.address()); // what is open, also where that is what was open before
    });
  }
  return page;
}

/** Browsers refuse more than some hundred changes of the address in a minute: a drag is followed at its end. */
const FOLLOW_MS = 300;
/** Longer texts are packed: an address bar is no place for a thousand points. */
const LONG = 1500;
let following: ReturnType<typeof setTimeout> | undefined;
function follow(text: string): void {
  clearTimeout(following);
  const write = (words: string) => history.replaceState(null, '', `${location.pathname}#${words}`);
  const due = setTimeout(async () => {
    if (text.length <= LONG) return write(text);
    const { pack } = await import('./share/pack.ts');
    const packed = await pack(text);
    if (following === due) write(packed);
  }, FOLLOW_MS);
  following = due;
}

function storedTheme(): Theme {
  try {
    const stored = localStorage.getItem(THEME_KEY);
    return stored === 'light' || stored === 'dark' ? stored : 'auto';
  } catch {
    return 'auto';
  }
}
