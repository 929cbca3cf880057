/** Inside a step: what the run's next step does, one thing after the other, with the numbers of this very step. */
import { half, type Player } from '../math/field.ts';
import type { Memory } from '../math/memory.ts';
import { dot, norm, type Vector } from '../math/vector.ts';
import { group } from '../settings/index.ts';
import { defineProbe } from './probe.ts';
import type { StepEvent, StepRecord } from './stepRecord.ts';
import { writeNextStep } from './stepWriter.ts';

/** Games of so many parameters are told by their coordinates, larger ones by lengths and angles. */
const SMALL = 2;
/** A step of hundreds of turns is told up to here, and how many things were left out. */
const MOST_EVENTS = 64;

/** Euclidean lengths of both players' halves of a vector, and of all of it. */
export interface Lengths {
  readonly generator: number;
  readonly discriminator: number;
  readonly joint: number;
  readonly [name: string]: number;
}

/** One vector of an event: [x, y] in a game of two parameters, else null; and its lengths. */
export interface ToldVector {
  readonly at: Float64Array | null;
  readonly length: Lengths;
  readonly [name: string]: Float64Array | null | Lengths;
}

/** A vector that the optimizer remembers, before the step. */
export interface Remembered {
  readonly part: string;
  readonly name: string;
  readonly values: Float64Array;
  readonly [name: string]: string | Float64Array;
}

/**
 * The events of the next step in their order, each with its kind, player, draw, scale, and what it has of `from`,
 * `to`, `of`, `vector`; `displacement` is to - from; `angle` is that between `vector` and the vector of the last
 * event of this kind, in degrees, NaN where there is none. No events without a run, and after it has ended.
 */
export const anatomy = defineProbe({
  name: 'anatomy',
  label: 'inside a step',
  summary:
    'What the next step does, one thing after the other: readings, changes, moves. It is taken on a copy.',
  cost: 'field',
  settings: group({}),
  fits: () => true,
  read({ run, scene, step }) {
    const { split } = scene;
    const isSmall = scene.size <= SMALL;
    const goesOn = run !== undefined && !run.diverged;
    const memory = goesOn ? (run.state().memory as Memory) : {};
    const record = goesOn ? writeNextStep(run, split) : nothing(step, scene.size);
    const tell = (vector: Vector | null): ToldVector | null =>
      vector && { at: isSmall ? vector.slice() : null, length: lengths(vector, split) };
    const lastOf = new Map<string, Vector>();
    const events = record.events.slice(0, MOST_EVENTS).map((event) => {
      const key = `${event.kind} ${event.player}`;
      const last = lastOf.get(key);
      if (event.vector) lastOf.set(key, event.vector);
      return {
        kind: event.kind,
        player: event.player,
        draw: event.draw,
        scale: event.scale,
        times: event.times,
        transposed: event.transposed,
        isPlain: isPlain(event, record, split),
        from: tell(event.from),
        to: tell(event.to),
        of: tell(event.of),
        vector: tell(event.vector),
        displacement: event.from && event.to && tell(between(event.from, event.to)),
        angle: last && event.vector ? angle(last, event.vector) : Number.NaN,
      };
    });
    return {
      step: record.step,
      rates: [...record.rates],
      from: tell(record.from),
      to: tell(record.to),
      displacement: tell(between(record.from, record.to)),
      events,
      leftOut: record.events.length - events.length,
      remembered: isSmall ? remembered(memory) : [],
    };
  },
});

const nothing = (step: number, size: number): StepRecord => {
  const nowhere = new Float64Array(size).fill(Number.NaN);
  return { step, from: nowhere, to: nowhere, rates: [Number.NaN, Number.NaN], events: [] };
};

/** Schedules round once more. */
const ROUNDING = 4 * Number.EPSILON;

/** A change that is its gradient times minus the rate, number by number: what plain descent makes of it. */
function isPlain({ kind, of, vector, player }: StepEvent, { rates }: StepRecord, split: number): boolean {
  if (kind !== 'change' || !of || !vector) return false;
  for (let i = 0; i < vector.length; i++) {
    const owner: Player = i < split ? 'generator' : 'discriminator';
    if (player !== 'both' && player !== owner) continue;
    const plain = -rates[owner === 'generator' ? 0 : 1] * of[i];
    if (!(Math.abs(vector[i] - plain) <= ROUNDING * Math.abs(plain))) return false;
  }
  return true;
}

function lengths(vector: Vector, split: number): Lengths {
  return {
    generator: norm(half(vector, split, 'generator')),
    discriminator: norm(half(vector, split, 'discriminator')),
    joint: norm(vector),
  };
}

const between = (from: Vector, to: Vector): Vector => to.map((value, i) => value - from[i]);

/** Degrees between two vectors; NaN where one has no direction. */
function angle(a: Vector, b: Vector): number {
  const cosine = dot(a, b) / (norm(a) * norm(b));
  return (Math.acos(Math.max(-1, Math.min(1, cosine))) * 180) / Math.PI;
}

/** The vectors in the memories of scheme, rules and wrappers: one number for each player, or one of its own. */
function remembered(memory: Memory): Remembered[] {
  const found: Remembered[] = [];
  const collect = (tree: Memory, part: string) => {
    for (const [name, value] of Object.entries(tree)) {
      if (typeof value === 'number') continue;
      if (value instanceof Float64Array) {
        if (value.length > 0) found.push({ part, name, values: value.slice() });
      } else collect(value, part);
    }
  };
  for (const [part, tree] of Object.entries(memory)) collect(tree as Memory, part);
  return found;
}
