/** What speaks against a choice beside the others, in a sentence below it; the run goes on all the same. */
import type { Experiment } from '../../catalog/experiment.ts';
import { objections } from '../../catalog/sense.ts';
import { usePageState } from '../context.ts';

/** Asked for by every control, found once for each experiment. */
const found = new WeakMap<Experiment, ReadonlyMap<string, string>>();

function objectionsOf(experiment: Experiment): ReadonlyMap<string, string> {
  let known = found.get(experiment);
  if (!known) {
    known = new Map(objections(experiment).map(({ path, message }) => [path, message]));
    found.set(experiment, known);
  }
  return known;
}

export function Objection({ path }: { path: string }) {
  const message = usePageState(({ experiment }) => objectionsOf(experiment).get(path));
  return (
    message && (
      <p className="objection" role="note">
        {message}
      </p>
    )
  );
}
