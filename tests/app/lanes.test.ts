/** The lanes of a race: what is shared and what is each lane's own, and how they are kept together. */
import { describe, expect, test } from 'vitest';
import { openPace, type Runner } from '../../src/app/pace.ts';
import { speeds } from '../../src/app/speeds.ts';
import {
  change,
  duplicateLane,
  isHeard,
  MOST_LANES,
  moveLane,
  openStore,
  playAlone,
  removeLane,
  takeMethod,
} from '../../src/app/store.ts';
import { experiment as schema } from '../../src/catalog/experiment.ts';
import { defaults } from '../../src/settings/index.ts';
import type { Frame } from '../../src/worker/protocol.ts';

const standard = defaults(schema);
const open = () => openStore({ experiments: [standard], device: 'auto', problems: [], theme: 'auto' });

describe('a store of lanes', () => {
  test('has the selected lane’s experiment at hand, whichever it is', () => {
    const store = open();
    duplicateLane(store);
    change(store, 'scheme', 'extragradient');
    const { lanes, experiment, selected } = store.getState();
    expect(lanes.map((lane) => lane.experiment.scheme.kind)).toEqual(['simultaneous', 'extragradient']);
    expect([selected, experiment]).toEqual([lanes[1].id, lanes[1].experiment]);
    store.setState({ selected: lanes[0].id });
    expect(store.getState().experiment).toBe(lanes[0].experiment);
  });

  test('plays one game with one seed in all lanes, and an optimizer in each', () => {
    const store = open();
    duplicateLane(store);
    takeMethod(store, 'extraAdam');
    change(store, 'game', 'bilinear');
    change(store, 'game.strength', 2);
    change(store, 'seed', 7);
    const [first, second] = store.getState().lanes.map((lane) => lane.experiment);
    expect(second.game).toBe(first.game);
    expect([first.seed, second.seed]).toEqual([7, 7]);
    expect(first.scheme).toEqual(standard.scheme);
    expect(second.scheme.kind).toBe('extragradient');
  });

  test('gives each lane a colour of its own, six at most, and takes back those that are free', () => {
    const store = open();
    for (let i = 0; i < 8; i++) duplicateLane(store);
    const { lanes } = store.getState();
    expect(lanes).toHaveLength(MOST_LANES);
    expect(new Set(lanes.map(({ colour }) => colour)).size).toBe(MOST_LANES);
    removeLane(store, lanes[2].id);
    duplicateLane(store);
    expect(new Set(store.getState().lanes.map(({ colour }) => colour)).size).toBe(MOST_LANES);
    expect(new Set(store.getState().lanes.map(({ id }) => id)).size).toBe(MOST_LANES);
  });

  test('removes, reorders and plays alone; the last lane stays', () => {
    const store = open();
    duplicateLane(store);
    duplicateLane(store);
    const ids = () => store.getState().lanes.map(({ id }) => id);
    const [a, b, c] = ids();
    moveLane(store, c, -1);
    expect(ids()).toEqual([a, c, b]);
    moveLane(store, a, -1);
    expect(ids()).toEqual([a, c, b]);
    store.setState({ selected: c });
    removeLane(store, c);
    expect([ids(), store.getState().selected]).toEqual([[a, b], b]);
    playAlone(store, standard);
    expect(ids()).toEqual([b]);
    removeLane(store, b);
    expect(ids()).toEqual([b]);
  });

  test('a solo outdoes what is muted', () => {
    const [lane, other] = [
      { ...open().getState().lanes[0], isMuted: true },
      { ...open().getState().lanes[0], id: 5 },
    ];
    expect([isHeard({}, lane), isHeard({}, other)]).toEqual([false, true]);
    expect([isHeard({ solo: lane.id }, lane), isHeard({ solo: lane.id }, other)]).toEqual([true, false]);
  });
});

describe('a pace', () => {
  const runner = (step: number, perStep = 1, stepsPerSecond = 1000): Runner & { asked: number } => {
    const frame = { step, evaluations: step * perStep, seconds: step / stepsPerSecond } as Frame;
    const made = {
      record: { frame },
      asked: 0,
      playback: {
        pending: 0,
        step(count: number) {
          made.asked += count;
        },
      },
    };
    return made;
  };
  const full = speeds[speeds.length - 1];
  const at = (mode: 'steps' | 'evaluations' | 'seconds', runs: readonly Runner[], speed = full) =>
    openPace({ mode: () => mode, runs: () => runs, speed: () => speed });

  test('alone is not held back', () => {
    const only = runner(10);
    expect(at('steps', [only]).allowed(only)).toBe(Number.MAX_SAFE_INTEGER);
  });

  test('of steps lets nobody further ahead of the last one than the slowest goes in a twentieth of a second', () => {
    const [fast, slow] = [runner(200, 1, 5000), runner(160, 1, 1000)];
    const pace = at('steps', [fast, slow]);
    expect(pace.allowed(fast)).toBe(10);
    expect(pace.allowed(slow)).toBe(50);
    const ahead = runner(300);
    expect(at('steps', [ahead, slow]).allowed(ahead)).toBeLessThanOrEqual(0);
  });

  test('of steps at a walk goes step by step', () => {
    const [first, last] = [runner(11), runner(10)];
    const pace = at('steps', [first, last], speeds[0]);
    expect([pace.allowed(first), pace.allowed(last)]).toEqual([0, 1]);
  });

  test('of gradient evaluations gives a step of two readings half as many', () => {
    const [one, two] = [runner(1000, 1), runner(500, 2)];
    const pace = at('evaluations', [one, two]);
    expect(pace.allowed(one)).toBe(2 * pace.allowed(two));
  });

  test('of seconds waits for those who have computed for less', () => {
    const [ahead, behind] = [runner(1000, 1, 1000), runner(1000, 1, 5000)];
    const pace = at('seconds', [ahead, behind]);
    expect(pace.allowed(ahead)).toBe(0);
    expect(pace.allowed(behind)).toBe(Number.MAX_SAFE_INTEGER);
  });

  test('at rest brings those behind up to the first', () => {
    const runs = [runner(120), runner(100), runner(110)];
    at('steps', runs).align();
    expect(runs.map(({ asked }) => asked)).toEqual([0, 20, 10]);
  });
});
