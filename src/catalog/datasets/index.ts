/** The datasets, in menu order: what the generator is to imitate. */
import { checkerboard } from './checkerboard.ts';
import { drawn } from './drawn.ts';
import { gaussians } from './gaussians.ts';
import { grid } from './grid.ts';
import { line } from './line.ts';
import { moons } from './moons.ts';
import { pinwheel } from './pinwheel.ts';
import { points } from './points.ts';
import { ring } from './ring.ts';
import { swissRoll } from './swissRoll.ts';

export const datasets = [
  ring,
  grid,
  gaussians,
  line,
  moons,
  swissRoll,
  pinwheel,
  checkerboard,
  drawn,
  points,
] as const;
