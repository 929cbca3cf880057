/** The probes, in menu order: what can be observed of a run. */
import { anatomy } from './anatomy.ts';
import { criticGradient } from './criticGradient.ts';
import { discriminator } from './discriminator.ts';
import { distance } from './distance.ts';
import { distances } from './distances.ts';
import { divergence } from './divergence.ts';
import { domainAccuracy } from './domainAccuracy.ts';
import { domains } from './domains.ts';
import { dualityGap } from './dualityGap.ts';
import { equilibria } from './equilibria.ts';
import { fidelity } from './fidelity.ts';
import { gradientFlow } from './gradientFlow.ts';
import { gradientNorms } from './gradientNorms.ts';
import { latentWalk } from './latentWalk.ts';
import { leadingSpectrum } from './leadingSpectrum.ts';
import { losses } from './losses.ts';
import { manifold } from './manifold.ts';
import { modes } from './modes.ts';
import { nearestPictures } from './nearestPictures.ts';
import { notices } from './notices.ts';
import { optimalDiscriminator } from './optimalDiscriminator.ts';
import { pathAngle } from './pathAngle.ts';
import { pictureClasses } from './pictureClasses.ts';
import { pictureMoments } from './pictureMoments.ts';
import { pictures } from './pictures.ts';
import { point } from './point.ts';
import type { Work } from './probe.ts';
import { rotation } from './rotation.ts';
import { samples } from './samples.ts';
import { slice } from './slice.ts';
import { spectrum } from './spectrum.ts';
import { stabilityMap } from './stabilityMap.ts';
import { stabilityRegion } from './stabilityRegion.ts';
import { steps } from './steps.ts';
import { strategies } from './strategies.ts';
import { updateSpectrum } from './updateSpectrum.ts';
import { vectorField } from './vectorField.ts';

export const probes = [
  losses,
  modes,
  distances,
  fidelity,
  divergence,
  samples,
  discriminator,
  criticGradient,
  optimalDiscriminator,
  manifold,
  pictures,
  pictureClasses,
  pictureMoments,
  nearestPictures,
  latentWalk,
  point,
  vectorField,
  equilibria,
  slice,
  pathAngle,
  gradientFlow,
  distance,
  dualityGap,
  gradientNorms,
  steps,
  anatomy,
  rotation,
  spectrum,
  leadingSpectrum,
  strategies,
  domains,
  domainAccuracy,
  notices,
  updateSpectrum,
  stabilityRegion,
  stabilityMap,
] as const;

type ReadingOf<P> = P extends { work(...given: never[]): Work<infer R> }
  ? R
  : P extends { read(...given: never[]): infer R }
    ? R
    : never;

/** What a probe's reading looks like, by the probe's name. */
export type Readings = { [P in (typeof probes)[number] as P['name']]?: ReadingOf<P> };
