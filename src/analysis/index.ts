/** The probes, in menu order: what can be observed of a run. */
import { discriminator } from './discriminator.ts';
import { distance } from './distance.ts';
import { distances } from './distances.ts';
import { divergence } from './divergence.ts';
import { domainAccuracy } from './domainAccuracy.ts';
import { domains } from './domains.ts';
import { fidelity } from './fidelity.ts';
import { gradientNorms } from './gradientNorms.ts';
import { losses } from './losses.ts';
import { modes } from './modes.ts';
import { notices } from './notices.ts';
import { point } from './point.ts';
import type { Work } from './probe.ts';
import { samples } from './samples.ts';
import { strategies } from './strategies.ts';
import { vectorField } from './vectorField.ts';

export const probes = [
  losses,
  modes,
  distances,
  fidelity,
  divergence,
  samples,
  discriminator,
  point,
  vectorField,
  distance,
  gradientNorms,
  strategies,
  domains,
  domainAccuracy,
  notices,
] as const;

type ReadingOf<P> = P extends { work(...given: never[]): Work<infer R> }
  ? R
  : P extends { read(...given: never[]): infer R }
    ? R
    : never;

/** What a probe's reading looks like, by the probe's name. */
export type Readings = { [P in (typeof probes)[number] as P['name']]?: ReadingOf<P> };
