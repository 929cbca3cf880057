/** What can be tried in an experiment: the settings that are not yet as advised, by their paths. */
import type { Experiment } from '../../catalog/experiment.ts';
import { players } from '../../math/field.ts';
import { get } from '../../settings/index.ts';

/** The first `most` of these, `path=value` each, that the experiment has a place for and does not yet have. */
export function untried(experiment: Experiment, candidates: readonly string[], most = 2): string[] {
  return candidates
    .filter((text) => {
      const [path, value] = text.split('=');
      const now = get(experiment, path);
      const kind = (now as { kind?: string } | undefined)?.kind;
      return now !== undefined && (kind ?? String(now)) !== value;
    })
    .slice(0, most);
}

/** The learning rates by their paths, those that are settings of their own. */
export function rates(experiment: Experiment): { readonly path: string; readonly value: number }[] {
  return players.flatMap((player) => {
    const path = `${player}.learningRate`;
    const value = get(experiment, path);
    return typeof value === 'number' ? [{ path, value }] : [];
  });
}
