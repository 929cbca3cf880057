/** What the tests are given to play: whole experiments from what differs, and the plain data of a run. */
import { type Experiment, experiment as schema } from '../../src/catalog/experiment.ts';
import { openScene, type Scene } from '../../src/catalog/scene.ts';
import { reference } from '../../src/compute/reference/reference.ts';
import { firstState, type State, stepper } from '../../src/engine/step.ts';
import { type Problem, parse } from '../../src/settings/index.ts';

/** An experiment file that must be right: throws with its problems. */
export function experimentOf(differences: Readonly<Record<string, unknown>>): Experiment {
  const { values, problems } = parse(schema, differences);
  if (problems.length > 0) throw new Error(problems.map(({ message }: Problem) => message).join('\n'));
  return values;
}

/** The scene of an experiment on the oracle. */
export const sceneOf = (experiment: Experiment): Scene => openScene(experiment.game, reference);

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
