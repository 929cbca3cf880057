/** The experiments that were played lately, newest first, in this browser's own storage. */
import { experiment as schema } from '../../catalog/experiment.ts';
import { presets } from '../../catalog/presets/index.ts';
import { entryOf } from '../../settings/index.ts';
import { presetOf, raceOf } from '../address.ts';
import { laneName } from '../method.ts';
import type { Page } from '../page.ts';
import type { PageState } from '../store.ts';
import { isSamePlayed } from '../undo.ts';
import { say } from './strings.ts';

export interface Recent {
  /** What stands behind `#`. */
  readonly link: string;
  readonly name: string;
  /** When it was last open: Date.now(). */
  readonly at: number;
}

/** More would be a list to search in. */
export const MOST_RECENT = 20;
/** Characters of a link that is kept; drawn points can be longer, and storage is small. */
const MOST_LINK = 100_000;
const MOST_NAME = 200;
const KEY = 'saddle.recent';

/** As much of window.localStorage as is needed; any of it may throw. */
type Shelf = Pick<Storage, 'getItem' | 'setItem'>;

export interface RecentList {
  /** Newest first. */
  all(): readonly Recent[];
  /** Whether they outlive this page. */
  readonly isKept: boolean;
  /** The newest one; in the place of `instead`, which it is a later form of. */
  note(entry: Recent, instead?: string): void;
  remove(link: string): void;
  clear(): void;
}

/** Reads the shelf each time: another tab may have written to it. Never throws. */
export function openRecent(shelf: () => Shelf): RecentList {
  /** What was written last, for where nothing is kept. */
  let held: readonly Recent[] = [];
  let isKept = true;
  function all(): readonly Recent[] {
    if (!isKept) return held;
    try {
      return readRecent(shelf().getItem(KEY));
    } catch {
      isKept = false;
      return held;
    }
  }
  function write(next: readonly Recent[]): void {
    held = next.slice(0, MOST_RECENT);
    try {
      shelf().setItem(KEY, JSON.stringify(held));
      isKept = true;
    } catch {
      isKept = false; // blocked, or full
    }
  }
  return {
    all,
    get isKept() {
      all();
      return isKept;
    },
    note(entry, instead) {
      if (entry.link.length > MOST_LINK) return;
      write([entry, ...all().filter(({ link }) => link !== entry.link && link !== instead)]);
    },
    remove: (link) => write(all().filter((entry) => entry.link !== link)),
    clear: () => write([]),
  };
}

/** What somebody else may have written there is left out. */
export function readRecent(text: string | null): readonly Recent[] {
  let raw: unknown;
  try {
    raw = JSON.parse(text ?? '[]');
  } catch {
    return [];
  }
  if (!Array.isArray(raw)) return [];
  const isRecent = (each: unknown): each is Recent => {
    const { link, name, at } = (each ?? {}) as Partial<Recent>;
    return (
      typeof link === 'string' &&
      link.length <= MOST_LINK &&
      typeof name === 'string' &&
      name.length <= MOST_NAME &&
      typeof at === 'number' &&
      Number.isFinite(at)
    );
  };
  return raw
    .filter(isRecent)
    .slice(0, MOST_RECENT)
    .map(({ link, name, at }) => ({ link, name, at }));
}

/** What an experiment is called: its preset, or its methods and its game. */
export function nameOf({ lanes }: Pick<PageState, 'lanes'>): string {
  const [{ experiment: first }, ...others] = lanes;
  const race = raceOf(lanes);
  if (race) return race.label;
  const preset = presetOf(first);
  if (preset && others.length === 0) return presets.find(({ name }) => name === preset.name)?.label ?? '';
  const game = entryOf(schema.fields.game, first.game.kind)?.label ?? first.game.kind;
  const methods =
    others.length === 0 ? laneName(first) : say.dialog.recent.lanes(laneName(first), others.length);
  return say.dialog.recent.named(methods, game).slice(0, MOST_NAME);
}

/** An experiment is noted when it has stayed as it is for so long. */
const SETTLED_MS = 1500;

/** Notes what is played from now on; what is only changed further stays one entry. Gives a way to end that. */
export function keepRecent(page: Page, list: RecentList): () => void {
  let last: { readonly link: string; readonly name: string; readonly opening: number } | undefined;
  let due: ReturnType<typeof setTimeout> | undefined;
  const note = () => {
    const link = page.link().split('#')[1] ?? '';
    const name = nameOf(page.store.getState());
    const opening = page.openings;
    if (link === '' || link === last?.link) return;
    const isLater = last?.name === name && last.opening === opening;
    list.note({ link, name, at: Date.now() }, isLater ? last?.link : undefined);
    last = { link, name, opening };
  };
  const unsubscribe = page.store.subscribe(({ lanes }, before) => {
    if (isSamePlayed(lanes, before.lanes)) return;
    clearTimeout(due);
    due = setTimeout(note, SETTLED_MS);
  });
  due = setTimeout(note, SETTLED_MS);
  return () => {
    clearTimeout(due);
    unsubscribe();
  };
}
