/** Where the scores of a discriminator settle that cannot tell generated samples from real ones. */
import { unsureScore } from './crossEntropy.ts';

/** Its common score under a loss with these settings: best for it, or the middle of what is best. */
export function levelOf(loss: { readonly kind: string } & Readonly<Record<string, unknown>>): number {
  if (loss.kind === 'leastSquares') {
    return ((loss.fakeLabel as number) + (loss.realLabel as number)) / 2;
  }
  if (loss.kind === 'fGan') return loss.divergence === 'kl' ? 1 : 0;
  return 'realLabel' in loss ? unsureScore(loss.realLabel as number) : 0;
}
