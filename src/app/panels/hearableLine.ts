/** The curves of a picture on a line as they can be heard: each as high as it is drawn, from the left to the right. */
import type { Heard, Heards } from '../access/Listen.tsx';
import { short } from '../format.ts';
import { lineStrings as say } from './lineStrings.ts';

/** What is hidden, or not there yet, is undefined. */
export interface LineCurves {
  /** The share of samples in a bin that is as high as the picture. */
  readonly full: number;
  /** Shares of samples in the bins of [-extent, extent]. */
  readonly real: Float64Array | undefined;
  readonly generated: Float64Array | undefined;
  /** The discriminator, evenly from -extent to extent: its own. */
  readonly chance: { readonly logits: Float64Array; readonly extent: number } | undefined;
}

export function hearableLine({ full, real, generated, chance }: LineCurves, extent: number): Heards {
  const curves: Heard[] = [];
  const density = (
    shares: Float64Array | undefined,
    name: (most: number) => string,
    shape: Heard['shape'],
  ) => {
    if (!shares) return;
    curves.push({
      name: name(Math.max(...shares)),
      shape,
      places: Array.from(shares, (_, bin) => extent * ((2 * bin + 1) / shares.length - 1)),
      values: Array.from(shares, (share) => Math.min(1, share / full)),
    });
  };
  density(real, say.real, 'square');
  density(generated, say.generated, 'circle');
  if (chance) {
    const places = Array.from(
      chance.logits,
      (_, i) => chance.extent * ((2 * i) / (chance.logits.length - 1) - 1),
    );
    const isSeen = (_: unknown, i: number) => Math.abs(places[i]) <= extent;
    curves.push({
      name: say.chance,
      shape: 'triangle',
      places: places.filter(isSeen),
      values: Array.from(chance.logits, (logit) => 1 / (1 + Math.exp(-logit))).filter(isSeen),
    });
  }
  return {
    curves,
    from: short(-extent),
    to: short(extent),
    // Upwards the picture shows the probability; without it, the share of samples in a bin.
    read: (height) => (chance ? height : height * full),
    isElsewhere: true,
  };
}
