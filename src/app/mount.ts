/** Joins a page to its window: the address bar, the stored theme, the worker, the wish for no motion. */
import { openPool } from '../worker/start.ts';
import { openPage, type Page } from './page.ts';
import type { Theme } from './store.ts';

const THEME_KEY = 'saddle.theme';

/** Everything that a link says behind `?` or `#`; what stands behind `#` comes last. */
const addressOf = ({ search, hash }: Location) =>
  [search, hash]
    .map((part) => part.replace(/^[?#]/, ''))
    .filter(Boolean)
    .join('&');

export function mount(): Page {
  const page = openPage({
    address: addressOf(location),
    start: openPool(),
    startsPlaying: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    theme: storedTheme(),
    home: () => `${location.origin}${location.pathname}`,
    onAddress: (text) => follow(() => history.replaceState(null, '', `${location.pathname}#${text}`)),
    onTheme: (theme) => {
      try {
        localStorage.setItem(THEME_KEY, theme);
      } catch {
        // A page without storage forgets the theme.
      }
    },
  });
  // Another link pasted into the same tab.
  addEventListener('hashchange', () => location.reload());
  return page;
}

/** Browsers refuse more than some hundred changes of the address in a minute: a drag is followed at its end. */
const FOLLOW_MS = 300;
let following: ReturnType<typeof setTimeout> | undefined;
function follow(write: () => void): void {
  clearTimeout(following);
  following = setTimeout(write, FOLLOW_MS);
}

function storedTheme(): Theme {
  try {
    const stored = localStorage.getItem(THEME_KEY);
    return stored === 'light' || stored === 'dark' ? stored : 'auto';
  } catch {
    return 'auto';
  }
}
