/** The keys of the page: one list, which the listener acts by and the help shows. */
import { say } from './access/strings.ts';
import { laterStrings } from './laterStrings.ts';
import type { Page } from './page.ts';
import type { Stage } from './present/stage.ts';
import { speeds } from './speeds.ts';
import { changeLane, changeSpeed, duplicateLane, laneOf, speedOf, type Theme } from './store.ts';
import { strings } from './strings.ts';

/** What keys act on. */
export interface Desk {
  readonly page: Page;
  readonly stage: Stage;
  /** Says what a key did, where the page itself says nothing. */
  readonly speak: (words: string) => void;
}

export interface Key {
  readonly name: keyof typeof say.keys;
  readonly group: Exclude<keyof typeof say.groups, 'combined' | 'places'>;
  /** Any of these, as KeyboardEvent.key names them; letters small. */
  readonly keys: readonly string[];
  /** Where it acts, if not everywhere. */
  readonly when?: (desk: Desk) => boolean;
  readonly act: (desk: Desk, key: string) => void;
}

const presents = ({ stage }: Desk) => stage.getState().presents;
const hasScenes = (desk: Desk) => presents(desk) && desk.stage.getState().scenes.length > 0;
const hasNoScenes = (desk: Desk) => !hasScenes(desk);
/** Escape first closes what is open in the presentation. */
const isBare = (desk: Desk) => presents(desk) && desk.page.store.getState().wide === undefined;

const themes: readonly Theme[] = ['auto', 'light', 'dark'];

const selectedLane = ({ page }: Desk) => laneOf(page.store.getState(), page.store.getState().selected);

function speedUp({ page: { store }, speak }: Desk, by: number): void {
  const next = Math.max(0, Math.min(speeds.length - 1, speedOf(store.getState()) + by));
  changeSpeed(store, next);
  speak(say.spoken.speed(strings.transport.speeds[speeds[next].name]));
}

/** Hides what the page says of the run, or tells it. */
export function ask({ page, stage, speak }: Desk, asks: boolean): void {
  stage.ask(asks);
  speak(asks ? say.spoken.asks : say.spoken.revealed(page.store.getState().readout.spoken));
}

export const keys: readonly Key[] = [
  { name: 'play', group: 'run', keys: [' '], act: ({ page }) => page.toggle() },
  { name: 'step', group: 'run', keys: ['ArrowRight'], when: hasNoScenes, act: ({ page }) => page.step() },
  {
    name: 'back',
    group: 'run',
    keys: ['ArrowLeft'],
    when: hasNoScenes,
    act: ({ page: { time } }) => time.goTo(time.present - 1),
  },
  { name: 'restart', group: 'run', keys: ['Home'], act: ({ page }) => page.restart() },
  { name: 'end', group: 'run', keys: ['End'], act: ({ page: { time } }) => time.goTo(time.furthest) },
  { name: 'slower', group: 'run', keys: ['['], act: (desk) => speedUp(desk, -1) },
  { name: 'faster', group: 'run', keys: [']'], act: (desk) => speedUp(desk, 1) },
  {
    name: 'select',
    group: 'lanes',
    keys: ['1', '2', '3', '4', '5', '6'],
    act({ page, speak }, key) {
      const { store } = page;
      const lane = store.getState().lanes[Number(key) - 1];
      if (!lane) return;
      store.setState({ selected: lane.id });
      speak(say.spoken.selected(Number(key), page.nameOf(lane)));
    },
  },
  { name: 'duplicate', group: 'lanes', keys: ['d'], act: ({ page }) => duplicateLane(page.store) },
  {
    name: 'mute',
    group: 'lanes',
    keys: ['m'],
    act(desk) {
      const lane = selectedLane(desk);
      const { id, isMuted } = lane;
      if (desk.page.store.getState().lanes.length === 1) return; // there, a lane has no such button either
      changeLane(desk.page.store, id, { isMuted: !isMuted });
      desk.speak((isMuted ? say.spoken.heard : say.spoken.muted)(desk.page.nameOf(lane)));
    },
  },
  {
    name: 'solo',
    group: 'lanes',
    keys: ['s'],
    act(desk) {
      const { store } = desk.page;
      const lane = selectedLane(desk);
      const { id } = lane;
      if (store.getState().lanes.length === 1) return;
      const isAlone = store.getState().solo === id;
      store.setState({ solo: isAlone ? undefined : id });
      desk.speak(isAlone ? say.spoken.all : say.spoken.solo(desk.page.nameOf(lane)));
    },
  },
  { name: 'branch', group: 'lanes', keys: ['b'], act: ({ page }) => void page.time.branch() },
  { name: 'fit', group: 'page', keys: ['f'], act: ({ page }) => page.plane.fit() },
  {
    name: 'explain',
    group: 'page',
    keys: ['e'],
    act({ page: { store }, speak }) {
      const explains = !store.getState().explains;
      store.setState({ explains });
      speak(explains ? say.spoken.explains : say.spoken.explainsNot);
    },
  },
  {
    name: 'theme',
    group: 'page',
    keys: ['t'],
    act({ page, speak }) {
      const next = themes[(themes.indexOf(page.store.getState().theme) + 1) % themes.length];
      page.setTheme(next);
      speak(say.spoken.theme(laterStrings.theme[next]));
    },
  },
  // Its button knows best how this page is shared.
  {
    name: 'share',
    group: 'page',
    keys: ['l'],
    act: () => document.querySelector<HTMLElement>('button.share')?.click(),
  },
  { name: 'help', group: 'page', keys: ['?'], act: ({ stage }) => stage.open('help') },
  {
    name: 'present',
    group: 'presentation',
    keys: ['p'],
    act: (desk) => desk.stage.present(!presents(desk)),
  },
  {
    name: 'leave',
    group: 'presentation',
    keys: ['Escape'],
    when: isBare,
    act: ({ stage }) => stage.present(false),
  },
  {
    name: 'next',
    group: 'presentation',
    keys: ['ArrowRight', 'PageDown'],
    when: hasScenes,
    act: ({ stage }) => stage.go(1),
  },
  {
    name: 'previous',
    group: 'presentation',
    keys: ['ArrowLeft', 'PageUp'],
    when: hasScenes,
    act: ({ stage }) => stage.go(-1),
  },
  {
    name: 'ask',
    group: 'presentation',
    keys: ['r'],
    when: presents,
    act: (desk) => ask(desk, !desk.stage.getState().asks),
  },
  { name: 'scenes', group: 'presentation', keys: ['g'], act: ({ stage }) => stage.open('scenes') },
  {
    name: 'larger',
    group: 'presentation',
    keys: ['+', '='],
    when: presents,
    act: ({ stage }) => stage.resize(1),
  },
  {
    name: 'smaller',
    group: 'presentation',
    keys: ['-'],
    when: presents,
    act: ({ stage }) => stage.resize(-1),
  },
];

/** Letters, digits and signs: who speaks to the computer, or whose hand trembles, can switch these off (WCAG 2.1.4). */
export const isCharacter = (key: string): boolean => key.length === 1 && key !== ' ';

/** What of an event decides. */
export type Pressed = Pick<
  KeyboardEvent,
  'key' | 'code' | 'ctrlKey' | 'altKey' | 'metaKey' | 'shiftKey' | 'defaultPrevented' | 'isComposing'
> & { readonly target: unknown; getModifierState?(name: string): boolean };

/** Where letters are typed, or where a dialog or a menu has keys of its own. */
const TYPED_IN =
  'input:not([type="range"], [type="checkbox"], [type="radio"]), select, textarea, [contenteditable], dialog, [popover]';
/** What space presses. */
const PRESSED = 'button, a[href], summary, input:not([type="range"])';
/** What arrows, Home, End and Page Up and Down move. */
const MOVED = 'input, [role="separator"], [role="slider"], [role="tablist"], [role="menu"]';

/** `clicked` was pressed with the pointer, and nobody has gone on from there by keys: space is not meant for it. */
function isTaken(target: unknown, key: string, clicked: unknown): boolean {
  const element = target as Partial<Element> | null;
  if (typeof element?.closest !== 'function') return false;
  const isIn = (places: string) => element.closest?.(places) != null;
  if (isIn(TYPED_IN)) return true;
  if (key === ' ') return isIn(PRESSED) && target !== clicked;
  return !isCharacter(key) && key !== 'Escape' && isIn(MOVED);
}

/** The key as the list names it; undefined for a combination that is the browser's or the system's. */
function nameOf(event: Pressed): string | undefined {
  const { key, code, shiftKey } = event;
  // Signs are behind AltGr on many keyboards, which says Ctrl and Alt as well.
  const isSign = event.getModifierState?.('AltGraph') === true && isCharacter(key);
  if ((event.ctrlKey || event.altKey || event.metaKey) && !isSign) return undefined;
  // Where letters are not Latin, their places on the keyboard count.
  const place = /^Key([A-Z])$/.exec(code ?? '')?.[1];
  const letter = place && key.length === 1 && key > '\u007f' ? place : key;
  const isLetter = /^[a-z]$/i.test(letter);
  if (shiftKey && (isLetter || !isCharacter(letter))) return undefined;
  return isLetter ? letter.toLowerCase() : letter;
}

/** Does what a key is for; whether it was for anything. `clicked` has the focus because it was clicked, if anything has. */
export function press(event: Pressed, desk: Desk, clicked?: unknown): boolean {
  if (event.defaultPrevented || event.isComposing) return false;
  const key = nameOf(event);
  if (desk.stage.getState().dialog) {
    // It is still on its way, or the browser would have closed it.
    if (key === 'Escape') desk.stage.open(undefined);
    return key === 'Escape';
  }
  if (key === undefined || isTaken(event.target, key, clicked)) return false;
  if (isCharacter(key) && !desk.stage.getState().hasLetters) return false;
  const found = keys.find((each) => each.keys.includes(key) && (each.when?.(desk) ?? true));
  found?.act(desk, key);
  return found !== undefined;
}

/** Listens until that is called off. `before` were pressed while this was on its way. */
export function listenToKeys(desk: Desk, before: readonly KeyboardEvent[]): () => void {
  let clicked: EventTarget | null = null;
  let isSpaceTaken = false;
  const point = ({ target }: PointerEvent) => {
    clicked = (target as Element).closest(PRESSED);
  };
  const listen = (event: KeyboardEvent) => {
    if (event.key === 'Tab') clicked = null;
    // A menu that is open is closed first, by the browser.
    if (document.querySelector(':popover-open, dialog[open]')) return;
    if (!press(event, desk, clicked)) return;
    event.preventDefault();
    isSpaceTaken = event.key === ' ';
  };
  // Some browsers press a button when space is let go, whatever was said when it went down.
  const letGo = (event: KeyboardEvent) => {
    if (event.key !== ' ' || !isSpaceTaken) return;
    isSpaceTaken = false;
    event.preventDefault();
  };
  for (const event of before) press(event, desk);
  addEventListener('pointerdown', point, { capture: true });
  addEventListener('keydown', listen);
  addEventListener('keyup', letGo);
  return () => {
    removeEventListener('pointerdown', point, { capture: true });
    removeEventListener('keydown', listen);
    removeEventListener('keyup', letGo);
  };
}
