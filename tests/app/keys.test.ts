/** The list of keys: each does what it says, none is claimed twice, and letters can be switched off. */
import { readdirSync, readFileSync } from 'node:fs';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { say } from '../../src/app/access/strings.ts';
import { type Desk, isCharacter, type Key, keys, type Pressed, press } from '../../src/app/keys.ts';
import type { Page } from '../../src/app/page.ts';
import { openStage, type Stage } from '../../src/app/present/stage.ts';
import { openStore } from '../../src/app/store.ts';
import { experiment as schema } from '../../src/catalog/experiment.ts';
import { defaults } from '../../src/settings/index.ts';

const pressed = (key: string, more: Partial<Pressed> = {}): Pressed => ({
  key,
  code: '',
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  shiftKey: false,
  defaultPrevented: false,
  isComposing: false,
  target: null,
  ...more,
});

/** An element in which these places are found. */
const within = (...places: string[]) => ({
  closest: (selector: string) => (places.some((place) => selector.includes(place)) ? {} : null),
});

let desk: Desk;
let stage: Stage;
/** Every call that a key made, by its name. */
let calls: string[];

function openDesk(): void {
  calls = [];
  const store = openStore({
    experiments: [defaults(schema), defaults(schema)],
    device: 'auto',
    problems: [],
    theme: 'auto',
  });
  const note = (name: string) => (value?: unknown) => {
    calls.push(value === undefined ? name : `${name} ${value}`);
  };
  const page = {
    store,
    time: { present: 7, furthest: 12, goTo: note('goTo'), branch: note('branch') },
    plane: { fit: note('fit') },
    toggle: note('toggle'),
    step: note('step'),
    restart: note('restart'),
    open: note('open'),
    play: note('play'),
    setTheme: note('theme'),
    nameOf: ({ id }: { id: number }) => `lane ${id}`,
    link: () => '#seed=3',
  } as unknown as Page;
  stage = openStage(page);
  desk = { page, stage, speak: note('say') };
}
beforeEach(openDesk);

/** What differs on the page and the stage after a key: all that it did. */
function effects(act: () => void): string {
  const picture = () => JSON.stringify([desk.page.store.getState(), stage.getState()]);
  const before = picture();
  calls = [];
  act();
  return `${calls.join()} ${picture() === before ? '' : picture()}`.trim();
}

/** Brings about what a key needs. */
function prepare({ when }: Key): void {
  if (!when || when(desk)) return;
  stage.present(true);
  if (when(desk)) return;
  stage.save('one');
  stage.save('two');
  expect(when(desk)).toBe(true);
}

test('every key in the list does something, and that is what its entry does', () => {
  const clicked = vi.fn();
  vi.stubGlobal('document', { querySelector: () => ({ click: clicked }) });
  for (const key of keys) {
    for (const cap of key.keys) {
      openDesk();
      prepare(key);
      const isThere = key.name !== 'select' || Number(cap) <= 2;
      if (key.name === 'select') desk.page.store.setState({ selected: cap === '1' ? 1 : 0 });
      if (key.name === 'share') clicked.mockClear();
      const viaPress = effects(() => expect(press(pressed(cap), desk), `${key.name} ${cap}`).toBe(true));
      if (key.name === 'share') expect(clicked).toHaveBeenCalledOnce();
      else if (key.name !== 'next' && key.name !== 'previous' && isThere)
        expect(viaPress, `${key.name} ${cap}`).not.toBe('');
      openDesk();
      prepare(key);
      if (key.name === 'select') desk.page.store.setState({ selected: cap === '1' ? 1 : 0 });
      expect(effects(() => key.act(desk, cap))).toBe(viaPress);
    }
  }
  vi.unstubAllGlobals();
});

test('arrows and the keys of clickers go through scenes in a presentation, and step the run outside of it', () => {
  const go = vi.spyOn(stage, 'go').mockImplementation(() => {});
  press(pressed('ArrowRight'), desk);
  press(pressed('ArrowLeft'), desk);
  expect(calls).toEqual(['step', 'goTo 6']);
  expect(press(pressed('PageDown'), desk)).toBe(false); // the page scrolls
  stage.present(true);
  press(pressed('ArrowRight'), desk); // no scenes yet
  expect(calls).toEqual(['step', 'goTo 6', 'step']);
  stage.save('one');
  for (const key of ['ArrowRight', 'PageDown', 'ArrowLeft', 'PageUp']) press(pressed(key), desk);
  expect(go.mock.calls).toEqual([[1], [1], [-1], [-1]]);
});

test('in every situation a key has one meaning', () => {
  const situations = [
    () => {},
    () => stage.present(true),
    () => {
      stage.present(true);
      stage.save('one');
    },
  ];
  for (const bring of situations) {
    openDesk();
    bring();
    const acting = keys.filter((key) => key.when?.(desk) ?? true).flatMap((key) => key.keys);
    expect(acting).toEqual([...new Set(acting)]);
  }
});

test('the help has words for every key, and no words for keys that are not there', () => {
  const names = keys.map(({ name }) => name);
  expect([...names].sort()).toEqual(Object.keys(say.keys).sort());
  for (const name of names) expect(say.keys[name].trim()).not.toBe('');
  expect(new Set(keys.map(({ group }) => group)).size).toBe(Object.keys(say.groups).length - 2);
});

/** Which rows of the help tell the keys of a file that listens to some: what they begin with, or ours with Ctrl. */
const rows: Readonly<Record<string, readonly string[]>> = {
  'access/Listen.tsx': ['a chart'],
  'controls/NumberControl.tsx': ['a number'],
  'controls/PointsControl.tsx': ['a number or a text', 'take the points'],
  'controls/TextControl.tsx': ['a number or a text'],
  'data/DrawingPad.tsx': ['the drawing pad', 'undo', 'do it again'],
  'data/GaussianHandles.tsx': ['a Gaussian', 'the ring of a Gaussian'],
  'formula/FormulaControl.tsx': ['a formula'],
  'formula/Suggestions.tsx': ['a formula'],
  'panels/ImagesPicture.tsx': ['small pictures'],
  'panels/Measurements.tsx': ['a chart'],
  'panels/PlanePicture.tsx': ['the plane of a game'],
  'panels/Separator.tsx': ['the lower edge of the panels', 'the edge of a column'],
  'panels/useDots.ts': ['eigenvalues'],
  'panels/useAcross.ts': ['a chart', 'over a chart'],
  'panels/usePointer.ts': ['a map'],
  'share/Tools.tsx': ['undo', 'do it again'],
};
/** What only hides others from the page, or leaves space to a slider that needs it. */
const silent = ['App.tsx', 'Timeline.tsx', 'share/ShareDialog.tsx'];
/** Other names of keys that are told. */
const sameKeys: Readonly<Record<string, string>> = { '=': '+', _: '-', '−': '-' };

test('the help tells the keys of every place that listens to some', () => {
  const app = new URL('../../src/app/', import.meta.url);
  const listening = (readdirSync(app, { recursive: true }) as string[])
    .filter((name) => /\.tsx?$/.test(name) && name !== 'keys.ts')
    .map((name) => ({ name, text: readFileSync(new URL(name, app), 'utf8') }))
    .filter(({ text }) => /event\.key\b|onKeyDown|Listener\('key/.test(text));
  expect(listening.map(({ name }) => name).sort()).toEqual([...Object.keys(rows), ...silent].sort());
  for (const { name, text } of listening.filter(({ name }) => !silent.includes(name))) {
    const told = [...say.places, ...say.combined]
      .filter(({ words }) => rows[name].some((begin) => words.startsWith(begin)))
      .flatMap(({ keys: caps }) => caps as readonly string[]);
    const found = [
      ...text.matchAll(/(?:event\.key(?:\.toLowerCase\(\))?|letter) [!=]== '(.)'/g),
      ...text.matchAll(/case '(.)':/g),
      ...text.matchAll(/\b(Arrow(?:Up|Down)|Enter|Escape|Home|End|Delete|Backspace|Tab)\b(?='|:)/g),
    ].map(([, key]) => sameKeys[key] ?? key);
    expect(found.length, name).toBeGreaterThan(0);
    for (const key of found) expect(told, `${name}: ${key}`).toContain(key);
  }
});

describe('single characters', () => {
  test('are switched off with one switch; what is left are keys that nobody says by mistake', () => {
    stage.setLetters(false);
    for (const key of keys) {
      for (const cap of key.keys) {
        const isOne = isCharacter(cap);
        if (isOne) expect(press(pressed(cap), desk), cap).toBe(false);
      }
    }
    expect(press(pressed(' '), desk)).toBe(true);
    expect(press(pressed('Home'), desk)).toBe(true);
  });

  test('mean nothing with Ctrl, Alt or Meta, unless a keyboard has them behind AltGr', () => {
    for (const modifier of ['ctrlKey', 'altKey', 'metaKey'] as const) {
      expect(press(pressed('p', { [modifier]: true }), desk)).toBe(false);
    }
    expect(press(pressed('P', { shiftKey: true }), desk)).toBe(false);
    expect(press(pressed('P'), desk)).toBe(true); // caps lock
    const altGr = { ctrlKey: true, altKey: true, getModifierState: (name: string) => name === 'AltGraph' };
    expect(press(pressed('[', altGr), desk)).toBe(true);
  });

  test('are found by their place where letters are not Latin', () => {
    expect(press(pressed('з', { code: 'KeyP' }), desk)).toBe(true);
    expect(stage.getState().presents).toBe(true);
  });
});

test.each([
  ['a text field', within('textarea'), ['p', ' ', 'ArrowRight', 'Home'], []],
  ['a dialog', within('dialog'), ['p', ' ', 'Escape'], []],
  ['a button', within('button'), [' '], ['p', 'ArrowRight', 'Home']],
  ['a slider', within('[role="slider"]'), ['ArrowRight', 'Home', 'End'], ['p', '1']],
])('in %s, keys stay with it that it needs itself', (_, target, kept, taken) => {
  for (const key of kept) expect(press(pressed(key, { target }), desk), key).toBe(false);
  for (const key of taken) expect(press(pressed(key, { target }), desk), key).toBe(true);
});

test('space plays and pauses where a button was clicked, as players of films do, and presses it where keys led to it', () => {
  const button = within('button');
  const field = within('input:not');
  expect(press(pressed(' ', { target: button }), desk)).toBe(false);
  expect(press(pressed(' ', { target: button }), desk, within('button'))).toBe(false); // another one was clicked
  expect(press(pressed(' ', { target: button }), desk, button)).toBe(true);
  expect(calls).toEqual(['toggle']);
  expect(press(pressed(' ', { target: field }), desk, field)).toBe(false); // a space is typed
});

test('a key that somebody else has acted by, or that composes a letter, means nothing', () => {
  expect(press(pressed('p', { defaultPrevented: true }), desk)).toBe(false);
  expect(press(pressed('p', { isComposing: true }), desk)).toBe(false);
  stage.open('help');
  expect(press(pressed('p'), desk)).toBe(false);
});
