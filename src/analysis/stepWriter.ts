/** Writes down what one step does, in order, while it does it: vectors are copied as they pass. */
import { half, type Player } from '../math/field.ts';
import type { Vector } from '../math/vector.ts';
import type { EventKind, StepEvent, StepObserver, StepRecord } from './stepRecord.ts';

/** An observer for one step, and what it has written down when the step is over. */
function openStepWriter(split: number): { readonly observer: StepObserver; record(): StepRecord } {
  const events: StepEvent[] = [];
  let step = 0;
  let rates: StepRecord['rates'] = [0, 0];
  /** The run's own vector, where it began, and where it was when last seen. */
  let point: Vector = new Float64Array(0);
  let first = point;
  let here = point;
  /** Of the point that is about to move, and the gradient that is about to be clipped. */
  let left: Vector = point;
  let asked: Vector = point;

  function note(kind: EventKind, told: Partial<StepEvent>): void {
    events.push({
      kind,
      player: 'both',
      from: null,
      to: null,
      of: null,
      vector: null,
      scale: 1,
      draw: -1,
      transposed: false,
      times: 1,
      ...told,
    });
  }

  /** A copy; of one player's half, with nothing in the other. */
  function copy(vector: Vector, player?: Player): Vector {
    if (!player) return vector.slice();
    const alone = new Float64Array(vector.length);
    half(alone, split, player).set(half(vector, split, player));
    return alone;
  }

  /** The run's point stands elsewhere than it was last seen, without having been moved. */
  function noteJump(kind: EventKind): void {
    if (isSame(point, here)) return;
    const to = point.slice();
    note(kind, { from: here, to });
    here = to;
  }

  const observer: StepObserver = {
    begins(state, now) {
      step = state.step;
      rates = now;
      point = state.point;
      first = point.slice();
      here = first;
    },
    reads(draw, at, value, player, isBent) {
      const from = at.slice();
      note(isBent ? 'adjusted' : 'reading', {
        player: player ?? 'both',
        draw,
        from,
        vector: copy(value, player),
      });
    },
    multiplies(draw, at, direction, value, transposed) {
      const told = { draw, from: at.slice(), of: direction.slice(), vector: value.slice(), transposed };
      const last = events.at(-1);
      const goesOn = last?.kind === 'product' && last.transposed === transposed && last.draw === draw;
      const times = goesOn ? last.times + 1 : 1;
      if (goesOn) events.pop(); // a solver's, of which there may be hundreds
      note('product', { ...told, times });
    },
    asks(gradient, player) {
      asked = copy(gradient, player);
    },
    answers(gradient, change, player) {
      const whose = { player: player ?? ('both' as const) };
      const of = copy(gradient, player);
      if (!isSame(of, asked)) note('clipped', { ...whose, of: asked, vector: of });
      note('change', { ...whose, of, vector: copy(change, player) });
    },
    leaves(from) {
      if (from === point) noteJump('answer');
      left = from.slice();
    },
    moves(moved, change, scale, player) {
      const to = moved.slice();
      const kind = moved === point ? 'move' : 'trial';
      note(kind, { player: player ?? 'both', from: left, to, vector: copy(change, player), scale });
      left = to;
    },
    keeps(moved, player) {
      const to = moved.slice();
      if (!isSame(to, left)) note('constraint', { player: player ?? 'both', from: left, to });
      if (moved === point) here = to;
    },
    schemeEnds: () => noteJump('answer'),
    wraps(part, average) {
      if (average) note('average', { to: average.slice() });
      noteJump(part === 'averaging' ? 'restart' : 'lookahead');
    },
  };
  return { observer, record: () => ({ step, from: first, to: here, rates, events }) };
}

/** What a run's next step does, in order: taken on a copy, and written down while it is taken. */
export function writeNextStep(run: { watched(observer: StepObserver): void }, split: number): StepRecord {
  const { observer, record } = openStepWriter(split);
  run.watched(observer);
  return record();
}

/** The same numbers; what is not a number is the same as itself. */
function isSame(a: Vector, b: Vector): boolean {
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i]) && a[i] !== b[i]) return false;
  return true;
}
