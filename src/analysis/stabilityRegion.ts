/** The part of the complex plane in which the chosen method is stable, with the game's eigenvalues in it. */
import type { Experiment } from '../catalog/experiment.ts';
import { quadratic } from '../catalog/games/quadratic.ts';
import { type Eigenvalues, eigenvalues } from '../math/eigenvalues.ts';
import type { Field } from '../math/field.ts';
import type { Vector } from '../math/vector.ts';
import { entryDefaults, group, integer, number, numbers, pick } from '../settings/index.ts';
import { nearestEquilibrium } from './equilibrium.ts';
import { defineLongProbe, pacer, type Steps } from './probe.ts';
import { rateFacts } from './rates.ts';
import { periodOf, type Radius, rateOf, stabilityOf } from './stability.ts';
import { readUpdateAtRest, spectrumOf } from './updateMap.ts';

/** Parameters of a game whose eigenvalues are found within milliseconds; those of larger ones are other probes'. */
const MOST_PARAMETERS = 64;
/** Steps that repeat later than this are not read off at every dot. */
const LONGEST_PERIOD = 100;

/** Where the Jacobian is read. */
export const whereSetting = pick({
  label: 'where',
  summary: 'Where the game is looked at.',
  default: 'equilibrium',
  options: {
    equilibrium: 'at the nearest known equilibrium; without one, where the run is',
    point: 'where the run is',
  },
});

export const stabilityRegion = defineLongProbe({
  name: 'stabilityRegion',
  label: 'stability region',
  summary:
    'The radius of the method’s step over the plane of rate times eigenvalue: stable below 1. With the eigenvalues of a game of up to 64 parameters.',
  cost: 'long',
  settings: group({
    centre: numbers({ label: 'centre', summary: 'Of the square.', default: [1, 0], min: -1e6, max: 1e6 }),
    extent: number({
      label: 'extent',
      summary: 'Half the width of the square.',
      default: 1.5,
      min: 1e-6,
      max: 1e6,
      scale: 'log',
    }),
    resolution: integer({
      label: 'resolution',
      summary: 'Points along a side.',
      default: 96,
      min: 2,
      max: 256,
    }),
    where: whereSetting,
  }),
  fits: () => true,
  *work({ scene, point, experiment, step, run }, { centre, extent, resolution, where }) {
    const equilibrium = where === 'equilibrium' ? nearestEquilibrium(scene, point)?.point : undefined;
    const at = equilibrium ? 'equilibrium' : 'point';
    const stability = stabilityOf(experiment, step);
    const rate = rateOf(experiment, 'generator', step);
    const otherRate = rateOf(experiment, 'discriminator', step);
    const ratio = rate > 0 ? otherRate / rate : 1;
    // Formulas are in the eigenvalues of the rates times J; on the quadratic game they are J's own.
    const byFormula = stability.radius !== undefined;
    const isSmall = scene.size <= MOST_PARAMETERS;
    const found = isSmall
      ? jacobianEigenvalues(
          scene.wholeField?.() ?? scene.frozenField(experiment.seed, step),
          equilibrium ?? point,
          byFormula ? ratio : 1,
        )
      : { re: new Float64Array(0), im: new Float64Array(0), converged: false };
    const eigenvalues = {
      re: found.re.map((value) => rate * value),
      im: found.im.map((value) => rate * value),
    };
    const window = { centre: Float64Array.from(centre), extent, resolution };
    const common = { step, at, rate, ratio, eigenvalues, ...window };

    let radiusAt: Radius | undefined = stability.radius;
    let note = '';
    if (stability.radius) {
      if (!stability.everyJacobian && scene.size > 1)
        note = 'The formula is that of a normal Jacobian, such as that of the quadratic game.';
    } else if (!stability.linear || !run || !(rate > 0)) note = stability.why;
    else if (periodOf(experiment) > LONGEST_PERIOD)
      note =
        'It does alike again only after very many steps, which is too long to read a region off from them.';
    else {
      const test = onQuadratic(experiment, rate, ratio, 1, 1);
      radiusAt = probedRadius(run.elsewhere(test), experiment, ratio);
      note = `${stability.why} The region is read off from steps on the quadratic game.`;
    }
    const none = new Float64Array(0);
    if (!radiusAt) return { ...common, how: 'none', radius: none, moduli: none, facts: null, note };

    const radius = new Float64Array(resolution * resolution).fill(Number.NaN);
    const isDue = pacer();
    for (let row = 0; row < resolution; row++) {
      const im = centre[1] + extent * ((2 * row) / (resolution - 1) - 1);
      // The upper half is the lower one's image.
      const mirrored = centre[1] === 0 ? resolution - 1 - row : row;
      if (mirrored < row) {
        radius.copyWithin(row * resolution, mirrored * resolution, (mirrored + 1) * resolution);
        continue;
      }
      for (let column = 0; column < resolution; column++) {
        const re = centre[0] + extent * ((2 * column) / (resolution - 1) - 1);
        radius[row * resolution + column] = radiusAt(re / rate, Math.abs(im) / rate, rate);
        if (!byFormula && isDue()) yield row / resolution;
      }
      if (isDue()) yield row / resolution;
    }
    const facts = found.converged ? { ...rateFacts(radiusAt, found.re, found.im, rate) } : null;
    // Of each eigenvalue's own part, what a step leaves: it is in the region where that is below 1.
    const moduli = found.re.map((re, i) => (radiusAt as Radius)(re, Math.abs(found.im[i]), rate));
    // radius: per step, [row of the imaginary part, column of the real part], rows upwards.
    return { ...common, how: byFormula ? 'formula' : 'probing', radius, moduli, facts, note };
  },
});

/** The same optimizer at these rates on the quadratic game with the eigenvalues re ± i im, whose origin is all it sees. */
function onQuadratic(
  experiment: Experiment,
  rate: number,
  ratio: number,
  re: number,
  im: number,
): Experiment {
  const none = { kind: 'none' } as const;
  return {
    ...experiment,
    game: { ...entryDefaults(quadratic), attraction: re, rotation: im },
    generator: { ...experiment.generator, learningRate: rate } as Experiment['generator'],
    discriminator: { ...experiment.discriminator, learningRate: rate * ratio } as Experiment['discriminator'],
    foresight: none,
    clipping: none,
    schedule: none,
    constraint: none,
    averaging: none,
  };
}

const ORIGIN: Vector = new Float64Array(2);

/** The radius per step as steps on the quadratic game tell it. */
export function probedRadius(steps: Steps, experiment: Experiment, ratio = 1): Radius {
  const period = periodOf(experiment);
  return (re, im, rate) => {
    const test = onQuadratic(experiment, rate, ratio, re, im);
    return spectrumOf(readUpdateAtRest(steps, test, ORIGIN, period)).radius ** (1 / period);
  };
}

/** The eigenvalues of the Jacobian of a field, its discriminator's rows times `ratio`. */
export function jacobianEigenvalues(field: Field, point: Vector, ratio = 1): Eigenvalues {
  const { size, split } = field;
  const matrix = new Float64Array(size * size);
  const unit = new Float64Array(size);
  const column = new Float64Array(size);
  for (let j = 0; j < size; j++) {
    unit[j] = 1;
    field.jvp(point, unit, column);
    unit[j] = 0;
    for (let i = 0; i < size; i++) matrix[i * size + j] = i < split ? column[i] : ratio * column[i];
  }
  return eigenvalues(matrix, size);
}
