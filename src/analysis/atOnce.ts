/** The probes that the first pictures show: a worker has them at once, and loads all others when one is watched. */
import { discriminator } from './discriminator.ts';
import { distance } from './distance.ts';
import { losses } from './losses.ts';
import { point } from './point.ts';
import type { Probe } from './probe.ts';
import { samples } from './samples.ts';
import { strategies } from './strategies.ts';
import { vectorField } from './vectorField.ts';

export const atOnce: readonly Probe[] = [
  losses,
  samples,
  discriminator,
  point,
  vectorField,
  distance,
  strategies,
];
