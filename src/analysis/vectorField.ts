/** The field over the plane of a game with one parameter for each player. */
import type { Experiment } from '../catalog/experiment.ts';
import type { Memory } from '../math/memory.ts';
import type { Vector } from '../math/vector.ts';
import { group, integer, number, numbers } from '../settings/index.ts';
import { gammaSetting, streamSetting } from './choices.ts';
import { partsOf } from './parts.ts';
import { periodOf } from './period.ts';
import { defineProbe, type Moment, type Steps } from './probe.ts';

export const vectorField = defineProbe({
  name: 'vectorField',
  label: 'vector field',
  summary:
    'F, a part of it, or minus what a step of the method moves, on a square grid of the plane (theta across, phi up); motion goes against it.',
  cost: 'field',
  settings: group({
    centre: numbers({ label: 'centre', summary: 'Of the square.', default: [0, 0], min: -1e12, max: 1e12 }),
    extent: number({
      label: 'extent',
      summary: 'Half the width of the square.',
      default: 2,
      min: 1e-9,
      max: 1e12,
      scale: 'log',
    }),
    ...streamSetting,
    ...gammaSetting,
    resolution: integer({
      label: 'resolution',
      summary: 'Points along a side.',
      default: 25,
      min: 2,
      max: 201,
    }),
  }),
  fits: (scene) => scene.size === 2 && scene.split === 1,
  read(moment, { centre, extent, resolution, part: wanted, gamma }) {
    const { scene, experiment, step } = moment;
    const steps = wanted === 'step' ? stepsOf(moment) : undefined;
    const part = wanted === 'step' && !steps ? 'field' : wanted;
    const at = new Float64Array(2);
    const read =
      part === 'step'
        ? againstSteps(steps as Steps, experiment)
        : partsOf(scene.field(experiment.seed, step, 0), part, gamma);
    const values = new Float64Array(2 * resolution * resolution);
    for (let row = 0; row < resolution; row++) {
      for (let column = 0; column < resolution; column++) {
        at[0] = centre[0] + extent * ((2 * column) / (resolution - 1) - 1);
        at[1] = centre[1] + extent * ((2 * row) / (resolution - 1) - 1);
        values.set(read(at), 2 * (row * resolution + column));
      }
    }
    // values: [row of phi, column of theta, (theta, phi)], rows upwards.
    return { centre: Float64Array.from(centre), extent, resolution, part, values };
  },
});

/** A method that does alike again later than this takes too long to be followed from every point. */
const LONGEST_PERIOD = 20;

/** Whatever takes the method's steps; undefined where no run leads here, or its steps take too long: then F is read. */
function stepsOf({ scene, experiment, run }: Moment): Steps | undefined {
  if (!run || periodOf(experiment) > LONGEST_PERIOD) return undefined;
  return scene.device.precision === 'float32' ? run.elsewhere(experiment) : run;
}

/**
 * Minus what a step moves, on average over the steps after which the method does alike again. It is read of a run
 * that comes through the point, not of one that begins there, whose memories would be empty: it begins as far before
 * it as the first steps lead, and what the next ones move is told.
 */
function againstSteps(steps: Steps, experiment: Experiment): (at: Vector) => Vector {
  const period = periodOf(experiment);
  const pointOf = (state: Memory) => (state.point as Vector).slice();
  const walk = (state: Memory) => {
    for (let i = 0; i < period; i++) steps.next(state, experiment);
    return pointOf(state);
  };
  return (at) => {
    const ahead = walk(steps.begin(experiment, at.slice()));
    const state = steps.begin(
      experiment,
      at.map((value, i) => 2 * value - ahead[i]),
    );
    const here = walk(state);
    const next = walk(state);
    return here.map((value, i) => (value - next[i]) / period);
  };
}
