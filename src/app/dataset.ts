/** The dataset that is played, among the settings of a game that has one. */
import type { Experiment } from '../catalog/experiment.ts';

export type Dataset = Extract<Experiment['game'], { dataset: unknown }>['dataset'];

export const datasetOf = ({ game }: Pick<Experiment, 'game'>): Dataset | undefined =>
  'dataset' in game ? game.dataset : undefined;

/** Undefined where the dataset is of another kind, too. */
export function datasetOfKind<K extends Dataset['kind']>(experiment: Pick<Experiment, 'game'>, kind: K) {
  const dataset = datasetOf(experiment);
  return dataset?.kind === kind ? (dataset as Extract<Dataset, { kind: K }>) : undefined;
}
