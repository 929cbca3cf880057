/** Whole runs on the WebAssembly device, and what a claim about one of them rests on. */
import { countModes } from '../../src/analysis/modes.ts';
import { generated, samplesPicture } from '../../src/analysis/samples.ts';
import type { Modes } from '../../src/catalog/kinds.ts';
import { presets } from '../../src/catalog/presets/index.ts';
import { openDevice } from '../../src/engine/devices.ts';
import { openSession, type Session } from '../../src/engine/session.ts';
import { experimentOf } from '../catalog/given.ts';

const device = await openDevice('wasm');

/** The seeds that a claim has to hold for, each of them. */
export const seeds = [0, 1, 2];

/** Minutes, on a machine that others use too. */
export const PATIENCE_MS = 600_000;

export type Differences = Readonly<Record<string, unknown>>;

/** A preset as it stands, other than these of its parts. */
export function preset(name: string, parts: Differences = {}): Differences {
  const found = presets.find((each) => each.name === name);
  if (!found) throw new Error(`no preset is called ${name}`);
  return { ...found.experiment, ...parts };
}

/** Both players by one rule. */
export const both = (rule: object) => ({ generator: rule, discriminator: rule });

/** Consensus of this weight γ; by whom, if not by both. */
export const consensus = (weight: number, variant = 'full') => ({
  adjustment: { kind: 'consensus', control: { kind: 'fixed', weight }, variant },
});

/** What `read` sees in a session after `steps` steps, or where it diverged. */
export function after<T>(
  steps: number,
  seed: number,
  differences: Differences,
  read: (session: Session) => T,
): T {
  const session = openSession(experimentOf({ ...differences, seed }), device);
  try {
    session.advance(steps);
    return read(session);
  } finally {
    session.dispose();
  }
}

/** Generated samples that a count rests on, as in VEEGAN and PacGAN. */
const SAMPLES = 2500;
/** Losses are means over about this many of the last steps: one batch's are noisy. */
const LAST_STEPS = 1000;

/** What has become of a GAN on a mixture. */
export interface Ending {
  /** Its steps; fewer than were asked for if it diverged, and the rest is about its last finite state. */
  readonly steps: number;
  /** Modes with at least 1 % of all samples within three deviations. */
  readonly modes: number;
  /** Share of samples within three deviations of a mode. */
  readonly highQuality: number;
  readonly reverseKL: number;
  /** Modes that at least 1 % of all samples are nearest to, however far away. */
  readonly nearest: number;
  readonly generatorLoss: number;
  readonly discriminatorLoss: number;
}

/** Plays a GAN on a mixture to its end, and prints it, so that bounds can be read beside what was found. */
export function ending(label: string, differences: Differences, steps: number, seed: number): Ending {
  return after(steps, seed, differences, ({ scene, state, experiment, trace }) => {
    const picture = samplesPicture(scene);
    const positions = generated({ scene, point: state.point, experiment, step: state.step }, SAMPLES);
    const { centres, spread } = picture.modes as Modes;
    const count = (reach: number) => countModes(positions, { centres, spread: reach }, picture.dimension);
    const { covered, highQuality, reverseKL } = count(spread);
    const { losses } = trace.take();
    const mean = (values: Float64Array) => {
      const last = values.filter((_, i) => losses.step[i] >= state.step - LAST_STEPS);
      return last.reduce((sum, value) => sum + value, 0) / last.length;
    };
    const found = {
      steps: state.step,
      modes: covered,
      highQuality,
      reverseKL,
      nearest: count(Number.POSITIVE_INFINITY).covered,
      generatorLoss: mean(losses.generator),
      discriminatorLoss: mean(losses.discriminator),
    };
    console.log(
      `${label}, seed ${seed}: ${Object.entries(found)
        .map(([name, value]) => `${name} ${Number(value.toFixed(4))}`)
        .join(', ')}`,
    );
    return found;
  });
}
