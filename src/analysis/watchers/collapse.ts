/** Modes that are lost for long: a generator that makes good samples of a few kinds, or moves between them. */
import { untried } from './advice.ts';
import type { Observation } from './evidence.ts';
import { heldSince, isAll, patience } from './lasting.ts';
import { strings } from './strings.ts';
import { defineWatcher } from './watcher.ts';

/** Less than this share near a mode is not collapsed but diffuse: not trained yet. */
const MOSTLY = 0.5;
/** Gathering at more than this share of all modes is no collapse while samples still miss them. */
const FEW = 0.5;
/** So many changes of which modes are covered are a rotation, if together they are more than are held at once. */
const MOVES = 3;
const ADVICE = [
  'game.regularisation.packing=4',
  'foresight=unrolled',
  'adjustment=consensus',
  'game.penalty=zeroCentred',
];
/** What helps pictures, the penalty first: `tests/claims/pictures.test.ts`. */
const PICTURE_ADVICE = ['game.penalty=zeroCentred', 'game.regularisation.packing=4', 'adjustment=consensus'];

/** At how many modes it sticks; all of them where it does not. */
function size({ modes }: Observation): number {
  if (!modes) return Number.POSITIVE_INFINITY;
  const { total, covered, approached, highQuality } = modes;
  if (highQuality >= MOSTLY) return isAll(covered.length, modes) ? total : covered.length;
  return approached.length <= FEW * total ? approached.length : total;
}

/** The modes at which it is, unless its samples are on their way. */
function heldModes({ modes }: Observation): readonly number[] | undefined {
  if (!modes) return undefined;
  const { covered, approached, highQuality, near } = modes;
  if (highQuality >= MOSTLY) return covered;
  return near >= MOSTLY ? approached : undefined;
}

export const collapse = defineWatcher({
  name: 'collapse',
  label: 'mode collapse',
  summary: 'Samples are near modes, but for long not at all of them; or they move from mode to mode.',
  look(evidence) {
    const { seen, step, experiment } = evidence;
    const total = seen.at(-1)?.modes?.total ?? 0;
    if (total < 2) return undefined;
    // The most that were held lately: since when they are, and never more.
    const recent = seen.filter((each) => each.step >= step - patience(step));
    const most = Math.max(...recent.map(size));
    const never = most < total ? heldSince(evidence, (each) => size(each) <= most) : undefined;
    if (never === undefined) return undefined;
    const reached = seen.find((each) => each.step >= never && size(each) === most)?.step ?? step;
    const steps = step - reached;
    const stretch = seen.filter((each) => each.step >= reached);
    const there = stretch.filter((each) => heldModes(each) !== undefined);
    const last = there.at(-1);
    if (steps < patience(step) || there.length < MOSTLY * stretch.length || !last?.modes) return undefined;

    const sets = there.map((each) => heldModes(each) ?? []);
    const held = sets[sets.length - 1];
    const { highQuality, real } = last.modes;
    const visited = new Set(sets.flat()).size;
    const moves = sets.filter((modes, i) => i > 0 && modes.join() !== sets[i - 1].join()).length;
    const figures = { held: held.length, total, highQuality, steps, visited, moves };
    const say = strings.collapse;
    const isOfPictures = real !== undefined;
    const advice = say.advice(untried(experiment, isOfPictures ? PICTURE_ADVICE : ADVICE));
    const isRotating = moves >= MOVES && visited >= 2 * Math.max(1, held.length);
    const sentence = isRotating
      ? say.rotating(held.length, visited, total, steps, moves, isOfPictures)
      : isOfPictures
        ? say.classes(held.length, total, steps, real)
        : highQuality >= MOSTLY
          ? say.modes(held.length, total, steps, highQuality)
          : say.gathered(held.length, total, steps, highQuality);
    return { since: reached, figures, sentence, advice };
  },
});
