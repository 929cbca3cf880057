/** How far each scheme may go: the limit of rate times eigenvalue, and what one step makes of a distance. */
import type { Experiment } from '../../catalog/experiment.ts';

interface Reach {
  /** What one step multiplies a small distance by, where the rates times the Jacobian have this eigenvalue. */
  factor(re: number, im: number): number;
  /** The largest size that an eigenvalue with this angle to the positive axis may have. */
  limit(angle: number): number;
}

/** Growth below this is rounding. */
const ROUNDING = 1e-9;

/**
 * The reach of an experiment's scheme: of plain steps that nothing bends, clips, projects or takes back, for which
 * alone it is known; undefined for others.
 */
export function reachOf(experiment: Experiment): Reach | undefined {
  const { scheme, generator, discriminator } = experiment;
  const isPlain = generator.kind === 'sgd' && discriminator.kind === 'sgd';
  const others = ['adjustment', 'clipping', 'schedule', 'constraint', 'lookahead'] as const;
  if (!isPlain || others.some((part) => experiment[part].kind !== 'none')) return undefined;
  switch (scheme.kind) {
    case 'simultaneous':
      // |1 - mu| < 1.
      return {
        factor: (re, im) => Math.hypot(1 - re, im),
        limit: (angle) => (Math.cos(angle) > ROUNDING ? 2 * Math.cos(angle) : 0),
      };
    case 'alternating': {
      if (scheme.discriminatorSteps !== 1 || scheme.generatorSteps !== 1) return undefined;
      // 2 on both axes: |1 - mu| < 1, and on a rotation z^2 - (2 - |mu|^2) z + 1 = 0 with |z| = 1.
      const factor = (re: number, im: number) => {
        const square = im * im;
        const turned = square <= 4 ? 1 : (square - 2 + Math.sqrt(square * (square - 4))) / 2;
        return Math.abs(im) > Math.abs(re) ? turned : Math.hypot(1 - re, im);
      };
      return { factor, limit: (angle) => (Math.abs(angle) > Math.PI / 2 + ROUNDING ? 0 : 2) };
    }
    case 'extragradient': {
      if (scheme.extrapolation !== 1) return undefined;
      // 1 - mu + mu^2 (Gidel et al. 2019, arXiv:1802.10551).
      return searched((re, im) => Math.hypot(1 - re + re * re - im * im, -im + 2 * re * im));
    }
    case 'optimistic':
      return scheme.lag === 'one' ? searched(optimisticFactor) : undefined;
    case 'pastExtragradient':
      return searched(optimisticFactor);
    default:
      return undefined;
  }
}

/** The larger root of z^2 - (1 - 2 mu) z - mu = 0 (Popov 1980). */
function optimisticFactor(re: number, im: number): number {
  const [b, c] = [1 - 2 * re, -2 * im];
  // Square root of (1 - 2 mu)^2 + 4 mu = 1 + 4 mu^2.
  const [x, y] = [1 + 4 * (re * re - im * im), 8 * re * im];
  const size = Math.hypot(x, y);
  const root = [
    Math.sqrt(Math.max(0, (size + x) / 2)),
    Math.sign(y) * Math.sqrt(Math.max(0, (size - x) / 2)),
  ];
  return Math.max(Math.hypot(b + root[0], c + root[1]) / 2, Math.hypot(b - root[0], c - root[1]) / 2);
}

/** A limit found by going outwards along the ray until the factor passes 1. */
function searched(factor: Reach['factor']): Reach {
  const FARTHEST = 4;
  const PIECES = 400;
  return {
    factor,
    limit(angle) {
      const beyond = (size: number) => factor(size * Math.cos(angle), size * Math.sin(angle)) > 1 + ROUNDING;
      let piece = 1;
      while (piece <= PIECES && !beyond((piece * FARTHEST) / PIECES)) piece += 1;
      let [low, high] = [((piece - 1) * FARTHEST) / PIECES, (piece * FARTHEST) / PIECES];
      for (let i = 0; i < 40; i++) {
        const middle = (low + high) / 2;
        if (beyond(middle)) high = middle;
        else low = middle;
      }
      return low < ROUNDING ? 0 : low;
    },
  };
}
