/** The anatomy of a step: it is the step that the run takes, and watching it changes nothing. */
import { describe, expect, test } from 'vitest';
import type { StepEvent, StepRecord } from '../../src/analysis/stepRecord.ts';
import { writeNextStep } from '../../src/analysis/stepWriter.ts';
import { adjustments } from '../../src/catalog/adjustments/index.ts';
import { averages } from '../../src/catalog/averages/index.ts';
import { clippings } from '../../src/catalog/clippings/index.ts';
import { constraints } from '../../src/catalog/constraints/index.ts';
import { lookaheads } from '../../src/catalog/lookaheads/index.ts';
import { rules } from '../../src/catalog/rules/index.ts';
import { schedules } from '../../src/catalog/schedules/index.ts';
import { schemes } from '../../src/catalog/schemes/index.ts';
import { reference } from '../../src/compute/reference/reference.ts';
import { copyState } from '../../src/engine/checkpoint.ts';
import { openSession, type Session } from '../../src/engine/session.ts';
import { half, type Player, players } from '../../src/math/field.ts';
import type { Memory } from '../../src/math/memory.ts';
import { descent, experimentOf, smallGan } from '../catalog/given.ts';

type Differences = Readonly<Record<string, unknown>>;
const bilinear = { kind: 'bilinear', start: [1, 1] };
const open = (differences: Differences) => openSession(experimentOf(differences), reference);

/** The events that change the run's own point, each from where the last one led. */
function walk(record: StepRecord, split: number): Float64Array {
  const kinds = ['move', 'constraint', 'answer', 'lookahead', 'restart'];
  let here = record.from;
  let isTrial = false;
  for (const event of record.events) {
    if (event.kind === 'trial') isTrial = true;
    if (event.kind === 'move') isTrial = false;
    if (event.from && event.to && (event.kind === 'move' || event.kind === 'trial')) {
      expect(event.to).toEqual(movedBy(event, split));
    }
    // What follows a trial brings the trial point back, not the run's own.
    if (!kinds.includes(event.kind) || (isTrial && event.kind === 'constraint')) continue;
    expect(event.from).toEqual(here);
    here = event.to as Float64Array;
  }
  return here;
}

/** from + scale * vector, on the half that moves. */
function movedBy({ from, vector, scale, player }: StepEvent, split: number): Float64Array {
  const to = (from as Float64Array).slice();
  const begin = player === 'discriminator' ? split : 0;
  const end = player === 'generator' ? split : to.length;
  for (let i = begin; i < end; i++) to[i] += scale * (vector as Float64Array)[i];
  return to;
}

/** A few steps whose anatomies, one by one, lead bit for bit to where the run goes; and the run that nobody watched. */
function follow(differences: Differences, steps = 3): StepRecord[] {
  const session = open(differences);
  const unwatched = open(differences);
  const records: StepRecord[] = [];
  for (let step = 0; step < steps; step++) {
    const before = session.state.point.slice();
    const record = writeNextStep(session.soFar(), session.scene.split);
    expect(record.step).toBe(step);
    expect(record.from).toEqual(before);
    expect(session.state.point).toEqual(before);
    const end = walk(record, session.scene.split);
    if (session.advance(1) === 0) break;
    unwatched.advance(1);
    expect(end).toEqual(session.state.point);
    expect(record.to).toEqual(session.state.point);
    const { evaluations, products } = unwatched.state;
    expect(session.state).toEqual(unwatched.state);
    expect([session.state.evaluations, session.state.products]).toEqual([evaluations, products]);
    records.push(record);
  }
  return records;
}

const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name);
const pairs = names(schemes).flatMap((scheme) => names(rules).map((rule) => [scheme, rule] as const));

describe('the moves of a step lead bit for bit to its end, and watching changes nothing', () => {
  test.each(pairs)('%s with %s, on the bilinear game and on a GAN', (scheme, rule) => {
    for (const game of [bilinear, smallGan]) {
      const records = follow(
        { game, scheme, generator: rule, discriminator: rule },
        game === bilinear ? 4 : 2,
      );
      expect(records.length).toBeGreaterThan(0);
      for (const { events } of records) expect(events.some(({ kind }) => kind === 'reading')).toBe(true);
    }
  });

  const parts = { adjustment: adjustments, clipping: clippings, schedule: schedules, averaging: averages };
  const others = Object.entries({ ...parts, lookahead: lookaheads, constraint: constraints }).flatMap(
    ([part, list]) => names(list).map((name) => [part, name] as const),
  );
  test.each(others)('%s %s', (part, name) => {
    const steps = name === 'none' ? 1 : 12;
    for (const scheme of ['extragradient', 'alternating', 'prediction', 'svre']) {
      const game = { ...bilinear, start: [3, 1] };
      expect(follow({ game, scheme, [part]: name, ...descent(0.2) }, steps)).toHaveLength(steps);
    }
  });
});

/** Kind and numbers of the events, as they are compared below. */
const told = (record: StepRecord) =>
  record.events.map(({ kind, player, from, to, of, vector }) => [
    player === 'both' ? kind : `${kind} ${player}`,
    // Plus 0: no -0.
    ...[from, of, vector, to].filter((each) => each !== null).map((each) => [...each].map((x) => x + 0)),
  ]);

describe('the numbers of a step of the bilinear game from (1, 1), where F = (φ, −θ)', () => {
  const [rate, half_] = [0.5, 0.25];
  const of = (differences: Differences, steps = 0): StepRecord => {
    const session = open({ game: bilinear, ...descent(rate), ...differences });
    session.advance(steps);
    return writeNextStep(session.soFar(), session.scene.split);
  };

  test('simultaneous: one reading, one change, one move', () => {
    expect(told(of({ scheme: 'simultaneous' }))).toEqual([
      ['reading', [1, 1], [1, -1]],
      ['change', [1, -1], [-0.5, 0.5]],
      ['move', [1, 1], [-0.5, 0.5], [0.5, 1.5]],
    ]);
  });

  test('alternating: the second player answers to the first one’s move', () => {
    expect(told(of({ scheme: 'alternating' }))).toEqual([
      ['reading discriminator', [1, 1], [0, -1]],
      ['change discriminator', [0, -1], [0, 0.5]],
      ['move discriminator', [1, 1], [0, 0.5], [1, 1.5]],
      ['reading generator', [1, 1.5], [1.5, 0]],
      ['change generator', [1.5, 0], [-0.75, 0]],
      ['move generator', [1, 1.5], [-0.75, 0], [half_, 1.5]],
    ]);
  });

  test('extragradient: a trial point, the field there, and the step by that field', () => {
    const record = of({ scheme: 'extragradient' });
    expect(told(record)).toEqual([
      ['reading', [1, 1], [1, -1]],
      ['change', [1, -1], [-0.5, 0.5]],
      ['trial', [1, 1], [-0.5, 0.5], [0.5, 1.5]],
      ['reading', [0.5, 1.5], [1.5, -0.5]],
      ['change', [1.5, -0.5], [-0.75, 0.25]],
      ['move', [1, 1], [-0.75, 0.25], [0.25, 1.25]],
    ]);
    expect(record.rates).toEqual([rate, rate]);
    expect(record.events.map(({ draw }) => draw)).toEqual([0, -1, -1, 1, -1, -1]);
  });

  test('optimistic: twice the change minus the last one', () => {
    // The first step is plain: (1, 1) -> (0.5, 1.5), F there (1.5, -0.5).
    expect(told(of({ scheme: 'optimistic' }, 1))).toEqual([
      ['reading', [0.5, 1.5], [1.5, -0.5]],
      ['change', [1.5, -0.5], [-0.75, 0.25]],
      ['move', [0.5, 1.5], [2 * -0.75 + 0.5, 2 * 0.25 - 0.5], [-0.5, 1.5]],
    ]);
  });

  test('extrapolation from the past: the last change is tried again, and the field read there', () => {
    expect(told(of({ scheme: 'pastExtragradient' }, 1))).toEqual([
      ['trial', [0.5, 1.5], [-0.5, 0.5], [0, 2]],
      ['reading', [0, 2], [2, 0]],
      ['change', [2, 0], [-1, 0]],
      ['move', [0.5, 1.5], [-1, 0], [-0.5, 1.5]],
    ]);
  });

  test('consensus: the field, the product with J′, and both together', () => {
    const adjustment = { kind: 'consensus', control: { kind: 'fixed', weight: 2 } };
    // J = [[0, 1], [-1, 0]], so J'F = (1, 1) at (1, 1).
    expect(told(of({ scheme: 'simultaneous', adjustment }))).toEqual([
      ['reading', [1, 1], [1, -1]],
      ['product', [1, 1], [1, -1], [1, 1]],
      ['adjusted', [1, 1], [3, 1]],
      ['change', [3, 1], [-1.5, -0.5]],
      ['move', [1, 1], [-1.5, -0.5], [-0.5, 0.5]],
    ]);
  });

  test('lookahead: every second step half of the way is gone back', () => {
    const lookahead = { kind: 'lookahead', steps: 2, fraction: 0.5 };
    expect(told(of({ scheme: 'simultaneous', lookahead }, 1)).slice(2)).toEqual([
      ['move', [0.5, 1.5], [-0.75, 0.25], [-0.25, 1.75]],
      ['lookahead', [-0.25, 1.75], [0.375, 1.375]],
    ]);
  });

  test('clipping and a constraint say what they did', () => {
    const clipping = { kind: 'byValue', bound: 0.5 };
    const constraint = { kind: 'box', bound: 1 };
    expect(told(of({ scheme: 'simultaneous', clipping, constraint }))).toEqual([
      ['reading', [1, 1], [1, -1]],
      ['clipped', [1, -1], [0.5, -0.5]],
      ['change', [0.5, -0.5], [-0.25, 0.25]],
      ['move', [1, 1], [-0.25, 0.25], [0.75, 1.25]],
      ['constraint', [0.75, 1.25], [0.75, 1]],
    ]);
  });

  test('an average stands beside the run', () => {
    const record = of({ scheme: 'simultaneous', averaging: 'uniform' });
    expect(told(record).at(-1)).toEqual(['average', [0.75, 1.25]]);
    expect([...record.to]).toEqual([0.5, 1.5]);
  });
});

describe('one player’s step', () => {
  const stand = (session: Session, player: Player) => half(session.state.point, session.scene.split, player);
  const other = (player: Player): Player => (player === 'generator' ? 'discriminator' : 'generator');
  /** What the player who stood still remembers of its own. */
  function ownMemory(session: Session, player: Player): unknown {
    const { memory, point } = session.state;
    const { split } = session.scene;
    const own = (tree: Memory): unknown =>
      Object.entries(tree).flatMap(([name, value]) => {
        if (typeof value === 'number') return [];
        if (value instanceof Float64Array)
          return value.length === point.length ? [[...half(value, split, player)]] : [];
        return name === other(player) ? [] : [own(value)];
      });
    const { scheme, adjustment, lookahead } = copyState(session.state).memory;
    return [memory[player], own(scheme), own(adjustment), own(lookahead)].map((each) =>
      structuredClone(each),
    );
  }

  test.each(pairs)('%s with %s: nothing of the other one changes', (scheme, rule) => {
    for (const game of [bilinear, smallGan]) {
      for (const player of players) {
        const session = open({
          game,
          scheme,
          generator: rule,
          discriminator: rule,
          lookahead: { kind: 'lookahead', steps: 2 },
        });
        session.advance(3);
        const before = stand(session, other(player)).slice();
        const remembered = ownMemory(session, other(player));
        session.advance(1, undefined, player);
        expect(session.state.step).toBe(4);
        expect(stand(session, other(player))).toEqual(before);
        expect(ownMemory(session, other(player))).toEqual(remembered);
      }
    }
  });

  test('is that player’s own step against one who stands still', () => {
    const from = { game: bilinear, ...descent(0.5) };
    const ends = (scheme: string, player: Player) => {
      const session = open({ ...from, scheme });
      session.advance(1, undefined, player);
      return [...session.state.point];
    };
    expect(ends('simultaneous', 'generator')).toEqual([0.5, 1]);
    expect(ends('simultaneous', 'discriminator')).toEqual([1, 1.5]);
    // In turns: the generator does not answer to a move that is not made.
    expect(ends('alternating', 'generator')).toEqual([0.5, 1]);
    // The generator tries θ alone; its gradient φ is the same there.
    expect(ends('extragradient', 'generator')).toEqual([0.5, 1]);
    expect(ends('competitive', 'generator')).toEqual([0.5, 1]);
  });

  test('is counted as a step with all that it read, is told, and the run goes on from it as ever', () => {
    const session = open({ game: smallGan });
    session.advance(5);
    session.advance(2, undefined, 'generator');
    session.advance(1, undefined, 'discriminator');
    session.advance(1);
    session.advance(1, undefined, 'discriminator');
    expect(session.state).toMatchObject({ step: 10, evaluations: 10 });
    expect(session.alone).toEqual([
      { step: 5, steps: 2, player: 'generator' },
      { step: 7, steps: 1, player: 'discriminator' },
      { step: 9, steps: 1, player: 'discriminator' },
    ]);
    session.advance(40);
    // What leads here from some steps ago are whole steps only.
    const soFar = session.soFar();
    const state = soFar.earlier();
    while ((state.step as number) < session.state.step) soFar.next(state);
    expect(state).toEqual(session.state);
    const again = open({ game: smallGan });
    for (const [steps, player] of [
      [5, undefined],
      [2, 'generator'],
      [1, 'discriminator'],
      [1, undefined],
      [1, 'discriminator'],
      [40, undefined],
    ] as const)
      again.advance(steps, undefined, player);
    expect(again.state).toEqual(session.state);
    session.restart();
    expect(session.alone).toEqual([]);
  });

  test('that overflows leaves the whole state before it', () => {
    const game = { kind: 'quadratic', attraction: -1, start: [1, 0] };
    const session = open({ game, ...descent(10), scheme: 'simultaneous' });
    const taken = session.advance(1000, undefined, 'generator');
    expect(session.outcome).toEqual({ kind: 'diverged', step: taken + 1, player: 'generator' });
    const finite = open({ game, ...descent(10), scheme: 'simultaneous' });
    finite.advance(taken, undefined, 'generator');
    expect(session.state).toEqual(finite.state);
    expect(session.alone).toEqual(finite.alone);
  });
});
