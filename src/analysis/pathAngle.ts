/** What the field looks like on the line between two points of the run: does it attract, or rotate? */
import type { Experiment } from '../catalog/experiment.ts';
import { type Field, half, type Player, players } from '../math/field.ts';
import { addScaled, dot, norm, type Vector } from '../math/vector.ts';
import { group, integer, number } from '../settings/index.ts';
import { keptStepAt } from './plane.ts';
import { defineLongProbe, type Work } from './probe.ts';

/** The line goes a little beyond both of its ends, as in the paper's figures. */
const FIRST = -0.1;
const LAST = 1.1;
/** An end of the line shows within this of it. */
const NEAR = 0.1;
/** A sign counts from this share of the line's largest cosine on, and a bump stands out by this share of its own. */
const SIGN_SHARE = 0.25;
const BUMP_SHARE = 1 / 3;
/** Cosines below these say nothing: in many dimensions all of them are small, but noise is smaller still. */
const LEAST_SIGN = 0.02;
const LEAST_BUMP = 0.05;

export type Signature = 'switch' | 'bump' | 'both' | 'none';

/**
 * On w_a = a w' + (1 - a) w for a in [-0.1, 1.1]: ||F(w_a)|| and c(a) = <d, F(w_a)> / (||d|| ||F(w_a)||) with
 * d = w - w', so that c > 0 where descent goes from w towards w' (Berard et al. 2020, arXiv:1906.04848, section
 * 4.1; there with v = -F or F by convention, here always F). NaN where F is zero or w = w'.
 *
 * Attraction to w' alone is c = 1 before and -1 after it; rotation about it alone is c = 0; past a centre at some
 * distance it is a bump of one sign.
 */
export function* alongLine(
  field: Pick<Field, 'at'>,
  from: Vector,
  to: Vector,
  count: number,
): Work<{ alphas: Float64Array; angle: Float64Array; norms: Float64Array }> {
  const alphas = new Float64Array(count);
  const angle = new Float64Array(count);
  const norms = new Float64Array(count);
  const d = addScaled(from.slice(), to, -1);
  const length = norm(d);
  const at = new Float64Array(from.length);
  const f = new Float64Array(from.length);
  for (let i = 0; i < count; i++) {
    alphas[i] = FIRST + ((LAST - FIRST) * i) / (count - 1);
    at.set(from);
    addScaled(at, d, -alphas[i]);
    field.at(at, f);
    norms[i] = norm(f);
    angle[i] = Math.max(-1, Math.min(1, dot(d, f) / (length * norms[i])));
    yield (i + 1) / count;
  }
  return { alphas, angle, norms };
}

/**
 * What shows near w', a in [0.9, 1.1]. A `switch`: c falls through zero there, from at least t within 0.1 before
 * to at most -t after, t a quarter of the line's largest |c| and 0.02 at least. A `bump`: |c| rises there above its
 * median on the way (a < 0.9) by a third of its height, and 0.05 at least.
 */
export function signatureOf(alphas: Float64Array, angle: Float64Array): Signature {
  const known = [...angle.keys()].filter((i) => Number.isFinite(angle[i]));
  const isNear = (i: number) => alphas[i] >= 1 - NEAR;
  const sign = Math.max(LEAST_SIGN, SIGN_SHARE * Math.max(0, ...known.map((i) => Math.abs(angle[i]))));
  let isSwitch = false;
  for (let k = 1; k < known.length; k++) {
    const [before, after] = [known[k - 1], known[k]];
    if (!isNear(after) || !(angle[before] > 0 && angle[after] <= 0)) continue;
    const left = known.filter((i) => i <= before && alphas[i] >= alphas[before] - NEAR);
    const right = known.filter((i) => i >= after);
    if (left.some((i) => angle[i] >= sign) && right.some((i) => angle[i] <= -sign)) isSwitch = true;
  }
  const sizes = (part: number[]) => part.map((i) => Math.abs(angle[i])).sort((a, b) => a - b);
  const onTheWay = sizes(known.filter((i) => !isNear(i)));
  const usual = onTheWay[Math.floor(onTheWay.length / 2)];
  const largest = sizes(known.filter(isNear)).pop();
  const isBump =
    usual !== undefined &&
    largest !== undefined &&
    largest - usual >= Math.max(LEAST_BUMP, BUMP_SHARE * largest);
  if (isSwitch) return isBump ? 'both' : 'switch';
  return isBump ? 'bump' : 'none';
}

/**
 * F where a box keeps parameters in [-c, c]: nothing pushes them further out from its boundary, so those components
 * are 0 there. Beyond the ends of a line inside of the box, too.
 */
export function heldInBox(field: Field, { constraint }: Experiment): Pick<Field, 'at'> {
  if (constraint.kind !== 'box') return field;
  const { bound, whose } = constraint;
  const isHeld = (player: Player) => whose === 'both' || whose === player;
  return {
    at(point, out) {
      const f = field.at(point, out);
      for (const player of players.filter(isHeld)) {
        const own = half(point, field.split, player);
        half(f, field.split, player).forEach((value, i, values) => {
          // Descent moves against F.
          if (Math.abs(own[i]) >= bound && value * own[i] < 0) values[i] = 0;
        });
      }
      return f;
    },
  };
}

const end = (label: string, standard: number) =>
  number({
    label,
    summary:
      'When the run passed it, as a share of its length; the nearest point kept. At 1, the present one.',
    default: standard,
    min: 0,
    max: 1,
  });

export const pathAngle = defineLongProbe({
  name: 'pathAngle',
  label: 'path angle',
  summary:
    'Cosine between F and the line from an earlier point to a later one, and the norm of F along that line.',
  cost: 'long',
  settings: group({
    from: end('from', 0),
    to: end('to', 1),
    count: integer({
      label: 'points',
      summary: 'Along the line, from a tenth before it to a tenth beyond.',
      default: 100,
      min: 3,
      max: 400,
    }),
  }),
  fits: () => true,
  *work(moment, { from, to, count }) {
    const { scene, experiment, step } = moment;
    const first = keptStepAt(moment, from);
    const last = keptStepAt(moment, to);
    const field = scene.frozenField(experiment.seed, step);
    const ends = [first.point.slice(), last.point.slice()];
    const { alphas, angle, norms } = yield* alongLine(heldInBox(field, experiment), ends[0], ends[1], count);
    return {
      step,
      // The steps after which the run was at both ends.
      from: first.step,
      to: last.step,
      alphas,
      angle,
      norms,
      signature: signatureOf(alphas, angle) as string,
    };
  },
});
