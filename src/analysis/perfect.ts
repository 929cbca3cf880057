/** Perfect samples: what the data's own sampler would score in a generator's place, for the probes that compare. */

import type { Scene } from '../catalog/scene.ts';
import { shuffled } from '../math/clouds/cloud.ts';
import { type Floor, floors } from '../math/clouds/floor.ts';
import { stream } from '../math/random.ts';
import { part } from '../math/work.ts';
import { integer } from '../settings/index.ts';
import type { Moment, Work } from './probe.ts';
import { samplesPicture } from './samples.ts';

/** How many sets of perfect samples a floor rests on, unless said otherwise. */
export const REPLICATES = 20;

export const replicatesSetting = integer({
  label: 'replicates',
  summary: 'How many sets of perfect samples are scored, to tell what is possible.',
  default: REPLICATES,
  min: 2,
  max: 100,
  scale: 'log',
});

/** Figures by name, and how perfect samples of the same size score in each. */
export type Floors<Name extends string> = { readonly [name in Name]: Floor };

/** What one probe knows, or is about to know, of one scene. */
interface Known {
  readonly key: string;
  work?: Work<Floors<string>>;
  found?: Floors<string>;
}

/** By the scene and the probe's name: the newest settings only. */
const known = new WeakMap<Scene, Map<string, Known>>();

/**
 * How `replicates` sets of `count` perfect samples score, each of them compared as the generated ones are. They
 * depend on nothing that training changes, so they are scored once for a scene, a seed and `settings`; work that
 * was dropped on the way is gone on with.
 */
export function* perfectScores<Name extends string>(
  moment: Moment,
  probe: string,
  settings: { readonly count: number; readonly replicates: number },
  score: (perfect: Float64Array) => Work<Readonly<Record<Name, number>>>,
): Work<Floors<Name>> {
  const { scene, experiment } = moment;
  const key = JSON.stringify([experiment.seed, settings]);
  const ofScene = known.get(scene) ?? new Map<string, Known>();
  known.set(scene, ofScene);
  let mine = ofScene.get(probe);
  if (mine?.key !== key) {
    mine = { key, work: floors(settings.replicates, perfectSamples(moment, settings), score) };
    ofScene.set(probe, mine);
  }
  // Not by yield*, which would end the shared work with the reading that is dropped.
  while (mine.work) {
    const { done, value } = mine.work.next();
    if (done) {
      mine.found = value;
      mine.work = undefined;
    } else yield value;
  }
  return structuredClone(mine.found) as Floors<Name>; // readings belong to the caller
}

/**
 * Independent sets of perfect samples [count, dimension]. They are drawn as one and shuffled, for a sampler that
 * takes the modes in turn gives each set its share of each, which no generator is asked to do.
 */
function perfectSamples(
  { scene, experiment }: Moment,
  { count, replicates }: { readonly count: number; readonly replicates: number },
): (replicate: number) => Float64Array {
  const { dimension, fillReal } = samplesPicture(scene);
  let all: Float64Array | undefined;
  return (replicate) => {
    if (!all) {
      const drawn = new Float64Array(dimension * count * replicates);
      fillReal((purpose) => stream(experiment.seed, `perfect.${purpose}`), count * replicates, drawn);
      all = shuffled(drawn, dimension, stream(experiment.seed, 'perfect.order'));
    }
    return all.slice(dimension * count * replicate, dimension * count * (replicate + 1));
  };
}

/** The figures of generated samples, then the floor: the reading of a probe that compares samples. */
export function* besideFloor<Name extends string>(
  figures: Work<Readonly<Record<Name, number>>>,
  floor: Work<Floors<Name>>,
): Work<{ readonly figures: Readonly<Record<Name, number>>; readonly floor: Floors<Name> }> {
  // The first floor takes as long as its many sets; later ones are there already.
  const own = yield* part(figures, 0, 0.1);
  return { figures: own, floor: yield* part(floor, 0.1, 0.9) };
}
