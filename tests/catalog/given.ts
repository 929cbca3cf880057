/** What the tests are given to play: whole experiments from what differs, and the plain data of a run. */
import { type Experiment, experiment as schema } from '../../src/catalog/experiment.ts';
import type { Loss, Scores, Stage } from '../../src/catalog/kinds.ts';
import { openScene, type Scene } from '../../src/catalog/scene.ts';
import { reference } from '../../src/compute/reference/reference.ts';
import { firstState, type State, stepper } from '../../src/engine/step.ts';
import { build, type Expr } from '../../src/expr/index.ts';
import { get, type Problem, parse } from '../../src/settings/index.ts';

/** An experiment file that must be right: throws with its problems. */
export function experimentOf(differences: Readonly<Record<string, unknown>>): Experiment {
  const { values, problems } = parse(schema, differences);
  if (problems.length > 0) throw new Error(problems.map(({ message }: Problem) => message).join('\n'));
  return values;
}

/** The scene of an experiment on the oracle, with what its game remembers as it begins. */
export function sceneOf(experiment: Experiment): Scene {
  const scene = openScene(experiment, reference);
  scene.keepStates(scene.initialStates(experiment.seed));
  return scene;
}

/** The state after `steps` steps from the start; `see` is shown the state after each. */
export function play(
  differences: Readonly<Record<string, unknown>>,
  steps: number,
  see: (state: State) => void = () => {},
): State {
  const experiment = experimentOf(differences);
  const scene = sceneOf(experiment);
  const state = firstState(scene, experiment);
  const { advance } = stepper(scene);
  for (let step = 0; step < steps; step++) {
    advance(state, experiment);
    see(state);
  }
  return state;
}

/** Gradient descent for both players with these rates. */
export const descent = (generator: number, discriminator = generator) => ({
  generator: { kind: 'sgd', learningRate: generator },
  discriminator: { kind: 'sgd', learningRate: discriminator },
});

/** A GAN that is small enough to step in a millisecond, and smooth enough to differentiate numerically. */
export const smallGan = {
  kind: 'gan',
  batchSize: 12,
  generatorNetwork: { kind: 'dense', hidden: [5], activation: 'tanh' },
  discriminatorNetwork: { kind: 'dense', hidden: [6], activation: 'tanh' },
};

/** The same on pictures. */
export const smallImages = {
  kind: 'images',
  dataset: { kind: 'bars', lines: 3 },
  batchSize: 6,
  latentSize: 3,
  generatorNetwork: { kind: 'dense', hidden: [4], activation: 'tanh' },
  discriminatorNetwork: { kind: 'dense', hidden: [5], activation: 'tanh' },
};

/** Of the games that are large by themselves, small ones. */
export const smallGames: Readonly<Record<string, Record<string, unknown> & { kind: string }>> = {
  gan: smallGan,
  images: smallImages,
};

/** [L_G, L_D] of a loss for these scores, its dials at their settings and its states at 0. */
export function lossesOf(
  loss: Loss,
  settings: Record<string, unknown>,
  scores: Pick<Scores, 'real' | 'fake' | 'features'>,
): readonly [generator: Expr, discriminator: Expr] {
  const stage = {
    dial: (path: string) => build.constant(get({ loss: settings }, path) as number),
    state: (_name: string, shape: readonly number[]) => build.constant(0, shape),
    follow() {},
    clock: () => build.constant(0),
  } as unknown as Stage;
  return loss.write({ ...scores, mean: build.mean }, settings as never, stage);
}
