/** The named experiments, in menu order; the first is what the page opens with. */
import type { Preset } from '../kinds.ts';
import { adaptiveDirection } from './adaptiveDirection.ts';
import { adaptiveSize } from './adaptiveSize.ts';
import { bilinear } from './bilinear.ts';
import { box } from './box.ts';
import { competitive, competitiveFull } from './competitive.ts';
import { almostBilinear, marketCycle } from './cycles.ts';
import { dirac } from './dirac.ts';
import { diracR1 } from './diracR1.ts';
import { domains } from './domains.ts';
import { extraAdam } from './extraAdam.ts';
import { forsaken } from './forsaken.ts';
import { landscape } from './landscape.ts';
import { locallyStable, locallyStableFull } from './locallyStable.ts';
import { lookahead } from './lookahead.ts';
import { mixedRules } from './mixedRules.ts';
import { covariance, gaussianGan, variance } from './moments.ts';
import { negativeMomentum } from './negativeMomentum.ts';
import { noisyBilinear, noisyLookahead } from './noise.ts';
import { numerics, numericsConsensus } from './numerics.ts';
import { optimisticAdam } from './optimisticAdam.ts';
import { packedGrid } from './packedGrid.ts';
import { packedRing } from './packedRing.ts';
import {
  clothes,
  digitsCollapse,
  digitsConvolutional,
  digitsNormalised,
  digitsPlain,
  digitsSpectral,
  digitsUnrolled,
  digitsWganGp,
  mnistConvolutional,
  mnistLookahead,
  stackedDigits,
} from './pictures.ts';
import { prediction } from './prediction.ts';
import { quadratic } from './quadratic.ts';
import { ring } from './ring.ts';
import { rps } from './rps.ts';
import { rpsOptimistic } from './rpsOptimistic.ts';
import { rpsWeights } from './rpsWeights.ts';
import { symplectic, symplecticFull } from './symplectic.ts';
import { linearDomains, pennies, strongBilinear } from './toys.ts';
import { twoRates } from './twoRates.ts';
import { twoTimescale } from './twoTimescale.ts';
import { unrolled0, unrolled5, unrolled10 } from './unrolled.ts';
import { wganClipping, wganClippingFull } from './wganClipping.ts';
import {
  wganGpGrid,
  wganGpGridFull,
  wganGpRing,
  wganGpRingFull,
  wganGpRoll,
  wganGpRollFull,
} from './wganGp.ts';

export const presets: readonly Preset[] = [
  ring,
  bilinear,
  quadratic,
  dirac,
  diracR1,
  forsaken,
  twoTimescale,
  box,
  strongBilinear,
  almostBilinear,
  marketCycle,
  variance,
  gaussianGan,
  covariance,
  noisyBilinear,
  noisyLookahead,
  rps,
  rpsWeights,
  rpsOptimistic,
  pennies,
  lookahead,
  optimisticAdam,
  extraAdam,
  twoRates,
  mixedRules,
  adaptiveSize,
  adaptiveDirection,
  numerics,
  numericsConsensus,
  unrolled0,
  unrolled5,
  unrolled10,
  locallyStable,
  packedRing,
  packedGrid,
  wganGpRing,
  wganGpGrid,
  wganGpRoll,
  wganClipping,
  prediction,
  symplectic,
  negativeMomentum,
  competitive,
  landscape,
  digitsPlain,
  digitsCollapse,
  digitsConvolutional,
  digitsWganGp,
  digitsSpectral,
  digitsNormalised,
  digitsUnrolled,
  clothes,
  stackedDigits,
  mnistLookahead,
  mnistConvolutional,
  domains,
  linearDomains,
  locallyStableFull,
  wganGpRingFull,
  wganGpGridFull,
  wganGpRollFull,
  wganClippingFull,
  symplecticFull,
  competitiveFull,
];
