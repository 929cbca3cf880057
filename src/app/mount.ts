/** Joins a page to its window: the address bar, the stored theme, the worker, the wish for no motion. */
import type { Problem } from '../settings/index.ts';
import { openPool } from '../worker/start.ts';
import { isStill, wantedMotion } from './motion.ts';
import { asksForNamed, loadNamed } from './named.ts';
import { openPage, type Page } from './page.ts';
import { takePresented } from './present/link.ts';
import type { Theme } from './store.ts';

const THEME_KEY = 'saddle.theme';

/** Everything that a link says behind `?` or `#`; what stands behind `#` comes last. */
const addressOf = ({ search, hash }: Location) =>
  [search, hash]
    .map((part) => part.replace(/^[?#]/, ''))
    .filter(Boolean)
    .join('&');

/** Words of a link that need nothing to be loaded: how the page stands there. */
const STANDING = /^(embed|paused|hide=.*)$/;

export async function mount(): Promise<Page> {
  document.documentElement.dataset.motion = wantedMotion();
  const asked = addressOf(location);
  let address = asked;
  let problem: Problem | undefined;
  let isLoaded = true;
  // Only a long link is packed: what unpacks it is loaded with the first one.
  if (/(^|&)z=/.test(address)) {
    const packing = await import('./share/pack.ts').catch(() => undefined);
    if (packing) ({ text: address, problem } = await packing.unpack(address));
    else isLoaded = false;
  }
  if (isLoaded && asksForNamed(address))
    isLoaded = await loadNamed().then(
      () => true,
      () => false,
    );
  // Where something does not come, the page says so, and opens all the same.
  if (!isLoaded)
    address = address
      .split('&')
      .filter((word) => STANDING.test(word))
      .join('&');
  const presented = takePresented(address);
  const page = openPage({
    address: presented.address,
    presented,
    start: openPool(),
    // Asked for each link anew: motion can be reduced on the page, too.
    get startsPlaying() {
      return !isStill();
    },
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
  const { isEmbedded } = page.store.getState();
  let turns = 0;
  const open = async (text: string) => {
    const turn = ++turns;
    clearTimeout(following);
    const opener = await import('./share/openLink.ts').catch(() => undefined);
    if (turn !== turns) return; // the last address counts
    if (opener) await opener.openLink(page, text);
    else page.store.setState({ unloaded: { what: 'link', again: () => void open(text) } });
    // What is open, also where that is what was open before.
    if (turn === turns && !isEmbedded) follow(page.address());
  };
  if (!isLoaded) page.store.setState({ unloaded: { what: 'start', again: () => void open(asked) } });
  if (!isEmbedded) {
    // Another link pasted into the same tab, or the way back to the one before.
    addEventListener('hashchange', ({ newURL }) => void open(new URL(newURL).hash));
    // So it may have been while the first one was unpacked.
    if (addressOf(location) !== asked) void open(location.hash);
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
