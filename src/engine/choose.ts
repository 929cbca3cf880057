/** Chooses the device for a run: by measuring a few of its own steps on those that this machine has. */
import type { Experiment } from '../catalog/experiment.ts';
import { openScene } from '../catalog/scene.ts';
import { type Device, deviceNames, hasGraphicsCard, openDevice } from './devices.ts';
import { openSession } from './session.ts';

/** What a device took for a step of the run, in ms. */
export interface Measured {
  readonly device: string;
  readonly msPerStep: number;
}

export interface Choice {
  readonly device: Device;
  /** What was measured, the chosen one first; empty where there was nothing to choose. */
  readonly measured: readonly Measured[];
}

/** float64: analytic games are played on it, as there is nothing to gain elsewhere. */
const EXACT = 'reference';
/**
 * Gives the same run, bit for bit, on every machine: another device must be this many times as fast to be
 * chosen instead.
 */
const REPRODUCIBLE = 'wasm';
const WORTH_LEAVING = 1.5;
/** Devices that are chosen by themselves; the others are there for whoever asks for them. */
const CANDIDATES = [REPRODUCIBLE, EXACT, 'tfjs-webgl'];
/**
 * A graphics card is measured from so many numbers in a batch and parameters together on, below which it only waits
 * for its orders; or where a step takes so long without it: convolutions use few numbers often.
 */
const WORTH_A_GRAPHICS_CARD = 200_000;
const WORTH_A_GRAPHICS_CARD_MS = 10;
/** Steps that are timed at most, and the time after which no further one begins. */
const STEPS = 5;
const BUDGET_MS = 30;

/** Shape of what is played -> the device that was chosen for it, with what was measured. */
const remembered = new Map<string, Choice>();
/** The last answer, and what was asked: a slider of an optimizer asks again and again. */
let last: { asked: string; choice: Choice } | undefined;

/** The device for an experiment. The answer is remembered for the shape of what is played. */
export async function chooseDevice(
  experiment: Experiment,
  open: (name: string) => Promise<Device> = openDevice,
  candidates: readonly string[] = CANDIDATES,
  now: () => number = () => performance.now(),
  hasCard: () => boolean = hasGraphicsCard,
): Promise<Choice> {
  const asked = JSON.stringify([candidates, experiment.game, experiment.scheme.kind]);
  if (last?.asked !== asked || last.choice.device.isLost)
    last = { asked, choice: await measure(experiment, open, candidates, now, hasCard) };
  return last.choice;
}

/** What there is to choose from for an experiment. */
function question(experiment: Experiment, exact: Device) {
  const scene = openScene(experiment, exact);
  const { draws } = scene.script;
  const found = {
    /** Nothing is drawn: an analytic game. */
    isAnalytic: draws.length === 0,
    size: scene.size + draws.reduce((sum, draw) => sum + product(draw.shape), 0),
    shape: [
      experiment.game.kind,
      scene.parameters.map((parameter) => parameter.shape),
      draws.map((draw) => draw.shape),
      experiment.scheme.kind,
    ],
  };
  scene.dispose();
  return found;
}

const isLarge = (size: number) => size >= WORTH_A_GRAPHICS_CARD;

/**
 * The device to begin on, so that the first picture need not wait for measurements; undefined where another one
 * may be much faster.
 */
export async function firstDevice(
  experiment: Experiment,
  open: (name: string) => Promise<Device> = openDevice,
): Promise<Device | undefined> {
  const exact = await open(EXACT);
  const { isAnalytic, size } = question(experiment, exact);
  if (isAnalytic) return exact;
  if (isLarge(size) && hasGraphicsCard()) return undefined;
  return open(REPRODUCIBLE).catch(() => undefined);
}

/** Loads what most runs begin on, before anybody asks. */
export function prepare(): void {
  openDevice(REPRODUCIBLE).catch(() => {}); // whoever asks for it is told
}

async function measure(
  experiment: Experiment,
  open: (name: string) => Promise<Device>,
  candidates: readonly string[],
  now: () => number,
  hasCard: () => boolean,
): Promise<Choice> {
  const exact = await open(EXACT);
  const { isAnalytic, size, shape: asked } = question(experiment, exact);
  if (isAnalytic) return { device: exact, measured: [] };
  const shape = JSON.stringify([candidates, ...asked]);
  const known = remembered.get(shape);
  if (known && !known.device.isLost) return known;

  const measured: { device: Device; msPerStep: number }[] = [];
  for (const name of candidates) {
    // What was lost once is there for whoever asks for it.
    if (!deviceNames.includes(name) || known?.device.name === name) continue;
    const usual = measured.find(({ device }) => device.name === REPRODUCIBLE);
    const isSlow = usual !== undefined && usual.msPerStep > WORTH_A_GRAPHICS_CARD_MS;
    if (name.endsWith('webgl') && !((isLarge(size) || isSlow) && hasCard())) continue;
    // Both give the same bits everywhere, but not each other's: between them the clock may not decide. And a step
    // of convolutions takes seconds on the one that is not chosen.
    if (name === EXACT && usual) continue;
    try {
      const device = await open(name);
      measured.push({ device, msPerStep: msPerStepOn(device, experiment, now) });
    } catch {
      // A device that cannot be opened, or cannot play this, is none to choose.
    }
  }
  const cost = ({ device, msPerStep }: (typeof measured)[number]) =>
    device.name === REPRODUCIBLE ? msPerStep / WORTH_LEAVING : msPerStep;
  measured.sort((a, b) => cost(a) - cost(b));
  const choice: Choice = {
    device: measured[0]?.device ?? exact,
    measured: measured.map(({ device, msPerStep }) => ({ device: device.name, msPerStep })),
  };
  remembered.set(shape, choice);
  return choice;
}

/** The quickest of a few steps, after one that compiles. */
function msPerStepOn(device: Device, experiment: Experiment, now: () => number): number {
  const session = openSession(experiment, device);
  try {
    session.advance(1);
    let best = Number.POSITIVE_INFINITY;
    const end = now() + BUDGET_MS;
    for (let i = 0; i < STEPS && (i === 0 || now() < end); i++) {
      const start = now();
      session.advance(1);
      best = Math.min(best, now() - start);
    }
    return best;
  } finally {
    session.dispose();
  }
}

/** What goes on with a run whose device was lost: needs no graphics card, and is on every machine. */
export const openRescue = (open: (name: string) => Promise<Device> = openDevice): Promise<Device> =>
  open(REPRODUCIBLE).catch(() => open(EXACT));

const product = (shape: readonly number[]) => shape.reduce((size, extent) => size * extent, 1);
