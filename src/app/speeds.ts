/** How fast a run is shown: from a step that one can follow by eye to all that the machine can. */
import type { Experiment } from '../catalog/experiment.ts';
import { factsOf } from './facts.ts';

export interface Speed {
  readonly name: string;
  /** Steps in one question to the worker. */
  readonly steps: number;
  /** When the next question is due: after so long, with the next picture, or at once. */
  readonly due: { readonly afterMs: number } | 'picture' | 'now';
}

export const speeds: readonly Speed[] = [
  { name: 'slow', steps: 1, due: { afterMs: 500 } },
  { name: 'walking', steps: 1, due: { afterMs: 100 } },
  { name: 'picture', steps: 1, due: 'picture' },
  { name: 'four', steps: 4, due: 'picture' },
  { name: 'twenty', steps: 20, due: 'picture' },
  { name: 'full', steps: Number.MAX_SAFE_INTEGER, due: 'now' },
];

/** A game of two numbers is watched step by step; the blobs of a GAN are seen to move, and fill within seconds. */
export const usualSpeed = { plane: 2, samples: 3 } as const;

/** Networks need more steps than what a few numbers do, until somebody says otherwise. */
export function speedKindOf({ game }: Experiment): keyof typeof usualSpeed {
  const { kind } = factsOf(game).picture;
  return kind === 'samples' || kind === 'images' || kind === 'domains' ? 'samples' : 'plane';
}
