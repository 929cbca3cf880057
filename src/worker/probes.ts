/** The probes of a worker: those of the first pictures at once, all others when one of them is first watched. */
import { atOnce } from '../analysis/atOnce.ts';
import type { Probe } from '../analysis/probe.ts';
import { hasLate } from '../catalog/late.ts';
import type { FindProbe } from '../engine/observatory.ts';

/** The first pictures go first: on a slow line they would wait for what is loaded at the same time. */
const PICTURES_FIRST = 10;
const PICTURES_FIRST_MS = 500;

let known: readonly Probe[] = atOnce;
let loading: Promise<void> | undefined;
let isLoaded = false;
let missed = 0;

export const findProbe: FindProbe = (name) => {
  const probe = known.find((entry) => entry.name === name);
  if (probe || isLoaded) return probe;
  missed += 1;
  // Where code of its own was loaded for the game, its picture is read by what is loaded here.
  if (missed === 1) setTimeout(load, hasLate() ? 0 : PICTURES_FIRST_MS);
  if (missed === PICTURES_FIRST) load();
  return 'loading';
};

/** Resolves when all of these can be read; rejects, once, when the code of one could not be loaded. */
export async function probesFor(names: readonly string[]): Promise<void> {
  if (!isLoaded && names.some((name) => !known.some((entry) => entry.name === name))) await load();
}

function load(): Promise<void> {
  if (!loading) {
    loading = import('../analysis/index.ts').then(({ probes }) => {
      known = probes;
    });
    // Without a network a run goes on with what there is.
    loading
      .catch(() => {})
      .then(() => {
        isLoaded = true;
      });
  }
  return loading;
}
