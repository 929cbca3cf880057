/** The eigenvalues of the running optimizer's own step: whether the run, memories and all, is drawn in here. */
import type { Memory } from '../math/memory.ts';
import { group } from '../settings/index.ts';
import { defineLongProbe } from './probe.ts';
import { periodOf, schemeOf } from './stability.ts';
import { readUpdateMap, sizeOfState, spectrumOf } from './updateMap.ts';

/** Numbers of a state beyond which its eigenvalues take long in one piece. */
const MOST_NUMBERS = 256;
/** Steps in all that one reading may take. */
const MOST_STEPS = 1_000_000;
/** Runs of a period for each number of the state, about. */
const RUNS_EACH = 6;

export const updateSpectrum = defineLongProbe({
  name: 'updateSpectrum',
  label: 'spectrum of the update',
  summary:
    'Eigenvalues of the next step of the run, its memories included; below a radius of 1 it is drawn in here.',
  cost: 'long',
  settings: group({}),
  fits: () => true,
  *work({ experiment, run, step, scene }) {
    const period = periodOf(experiment);
    const nothing = { step, size: 0, period, re: new Float64Array(0), im: new Float64Array(0) };
    const without = (note: string) => ({
      ...nothing,
      radius: null,
      radiusPerStep: null,
      error: null,
      stable: null,
      note,
    });
    if (!run) return without('No run leads through this point, so it has no next step.');
    const state = run.state();
    const numbers = sizeOfState(state);
    if (numbers > MOST_NUMBERS)
      return without(
        `The run is ${numbers} numbers, its memories included; up to ${MOST_NUMBERS} are looked at.`,
      );
    if (numbers * RUNS_EACH * period > MOST_STEPS)
      return without(`It does alike again only after ${period} steps, which is too long to look through.`);
    const take = (from: Memory) => {
      for (let i = 0; i < period; i++) run.next(from);
    };
    // The first steps only fill the memories and set the flags of a beginning: the map is that of those after.
    if (step < period) take(state);
    const unit = scene.device.precision === 'float32' ? FLOAT32 : Number.EPSILON;
    const map = yield* readUpdateMap(take, state, unit);
    const { re, im, radius, error, converged } = spectrumOf(map, unit);
    if (!converged) return without('The next steps lead to no finite numbers.');
    return {
      step,
      size: map.size,
      period,
      re,
      im,
      /** Of the whole period. */
      radius,
      radiusPerStep: radius ** (1 / period),
      /** Of the radius: what two readings with other differences disagree by. */
      error,
      stable: radius + error < 1,
      note: schemeOf(experiment).usesRules === false ? CHOICE : map.smooth ? '' : NOT_SMOOTH,
    };
  },
});

/** Rounding of a number of 24 bits. */
const FLOAT32 = 2 ** -23;
const NOT_SMOOTH =
  'Not differentiable here: beside this state the step changes by a choice, a bound or a jump, so these numbers mean little.';
const CHOICE =
  'Not differentiable: the players choose among actions, and between two changes of a choice nothing answers to the point.';
