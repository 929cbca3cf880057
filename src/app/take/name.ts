/** What is taken away is called: by game, method, seed and step; and the same in words. */
import { datasets } from '../../catalog/datasets/index.ts';
import { type Experiment, experiment as schema } from '../../catalog/experiment.ts';
import { entryOf } from '../../settings/index.ts';
import { presetOf } from '../address.ts';
import { datasetOf } from '../dataset.ts';
import { laneShapes, shapePath } from '../draw/shapes.ts';
import { methodOf } from '../method.ts';
import type { Page } from '../page.ts';
import { isHeard, type LaneState, laneOf } from '../store.ts';
import { takeStrings } from './strings.ts';

/** Lanes that are drawn, in their order, with their names and marks. */
export function heardOf(page: Page) {
  const state = page.store.getState();
  return state.lanes
    .filter((lane) => isHeard(state, lane))
    .map((lane) => ({
      lane,
      name: page.nameOf(lane),
      colour: lane.colour,
      outline: shapePath(laneShapes[lane.colour]),
    }));
}

/** In words that a file may be called by anywhere. */
const plain = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/[^\w.]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 40);

/** The data are half of what a GAN is. */
const gameOf = (experiment: Experiment) =>
  plain([experiment.game.kind, datasetOf(experiment)?.kind].filter(Boolean).join('-'));

const methodName = (experiment: Experiment) =>
  plain(methodOf(experiment)?.name ?? `${experiment.scheme.kind}-${experiment.generator.kind}`);

/** Such as `saddle-gan-ring-adam-seed0-step1234-losses.png`; of one lane, or of all that are drawn. */
export function fileName(page: Page, what: string, ending: string, lane?: LaneState, at?: number): string {
  const heard = lane ? [lane] : heardOf(page).map((each) => each.lane);
  const [first = laneOf(page.store.getState(), page.store.getState().selected)] = heard;
  const methods = heard.length > 1 ? takeStrings.raceName(heard.length) : methodName(first.experiment);
  const step = at ?? Math.max(0, ...heard.map((each) => page.recordOf(each).frame?.step ?? 0));
  const parts = ['saddle', gameOf(first.experiment), methods, `seed${first.experiment.seed}`, `step${step}`];
  return `${[...parts, plain(what)].filter(Boolean).join('-')}.${ending}`;
}

/** What is played, in words. */
export function playedOf(page: Page): string {
  const { experiment } = page.store.getState();
  const preset = presetOf(experiment);
  if (preset && heardOf(page).length < 2) return preset.label;
  const dataset = datasetOf(experiment)?.kind;
  const data = datasets.find(({ name }) => name === dataset)?.label;
  const game = entryOf(schema.fields.game, experiment.game.kind)?.label ?? experiment.game.kind;
  return data ? `${game}, ${data}` : game;
}

/** How, and how far: a line under the title of a picture. */
export function captionOf(page: Page): string {
  const heard = heardOf(page);
  const steps = heard.map(({ lane }) => page.recordOf(lane).frame?.step ?? 0);
  const method = heard.length === 1 ? heard[0].name : undefined;
  return takeStrings.caption(method, page.store.getState().experiment.seed, Math.max(0, ...steps));
}
