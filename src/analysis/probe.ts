/** What a probe is: something to observe of a scene at a point, computed only when somebody watches. */
import type { Experiment } from '../catalog/experiment.ts';
import type { Scene } from '../catalog/scene.ts';
import type { Vector } from '../math/vector.ts';
import type { Group, Values } from '../settings/index.ts';

/** Plain data: it crosses the wire and is printed as JSON. */
export type Reading = number | string | boolean | null | Float64Array | { readonly [name: string]: Reading };

/** Where and when a probe looks. */
export interface Moment {
  readonly scene: Scene;
  readonly point: Vector;
  readonly experiment: Experiment;
  readonly step: number;
}

export interface Probe<N extends string = string, G extends Group = Group, R extends Reading = Reading> {
  readonly name: N;
  readonly label: string;
  readonly summary: string;
  /** What one reading takes: nothing to speak of, forward passes, or readings of the field. */
  readonly cost: 'free' | 'forward' | 'field';
  readonly settings: G;
  /** Whether there is something to see in this scene. */
  fits(scene: Scene): boolean;
  /** The reading belongs to the caller. */
  read(moment: Moment, settings: Values<G>): R;
}

export const defineProbe = <const N extends string, G extends Group, R extends Reading>(
  probe: Probe<N, G, R>,
) => probe;

/** One probe to watch, with its settings where they differ from the defaults. */
export interface Watch {
  readonly probe: string;
  readonly settings?: Readonly<Record<string, unknown>>;
}
