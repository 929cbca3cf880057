/** Where the flow of the field goes from here, beside where the run's own steps go. */
import { flowOf } from '../math/flow.ts';
import { addScaled, isFiniteVector, norm, type Vector } from '../math/vector.ts';
import { group, integer, number } from '../settings/index.ts';
import { planeSettings } from './choices.ts';
import { coordinatesIn, type Plane, planeOf } from './plane.ts';
import { defineLongProbe } from './probe.ts';

/** More points than a picture shows; those in between are left out. */
const MOST_POINTS = 256;

/**
 * dw/dt = -F(w) from the moment's point, by Runge-Kutta steps of length h on the batch of the moment's step, which
 * stays; and the next steps that the run itself would take, on the batches that it would read. Both as positions
 * in a plane (theta and phi in a game of two parameters), distances from the plane, and distances from here.
 *
 * Where there is no discretisation a rotation keeps its radius: what the run's steps do beside it is the
 * optimizer's doing. Ends early where either leaves the finite numbers.
 */
export const gradientFlow = defineLongProbe({
  name: 'gradientFlow',
  label: 'gradient flow',
  summary: 'The path of dw/dt = −F(w) from here, beside the next steps of the run.',
  cost: 'long',
  settings: group({
    ...planeSettings,
    time: number({
      label: 'time',
      summary: 'How long the flow is followed: as far as time / rate steps of descent.',
      default: 3,
      min: 0.01,
      max: 10,
      scale: 'log',
    }),
    h: number({
      label: 'step length h',
      summary: 'Of the integration.',
      default: 0.01,
      min: 0.01,
      max: 0.5,
      scale: 'log',
    }),
    steps: integer({
      label: 'steps',
      summary: 'How many of the run’s next steps are shown beside it.',
      default: 100,
      min: 0,
      max: 500,
    }),
  }),
  fits: () => true,
  *work(moment, settings) {
    const { scene, experiment, step, point, run } = moment;
    const field = scene.frozenField(experiment.seed, step);
    const start = point.slice();
    // The last step is as long as what is left of the time.
    const count = Math.max(1, Math.ceil(settings.time / settings.h - 1e-9));
    const wanted = run ? settings.steps : 0;
    const state = wanted > 0 ? run?.state() : undefined;
    const plane = yield* planeOf(moment, settings, field);
    const all = count + wanted;

    const flow = pathFrom(plane, start, count);
    const at = start.slice();
    const move = flowOf(field);
    flow.note(0, at);
    for (let k = 1; k <= count; k++) {
      const from = (k - 1) * settings.h;
      const to = k === count ? settings.time : k * settings.h;
      move(at, to - from);
      if (!isFiniteVector(at)) break;
      flow.note(k, at, to);
      yield k / all;
    }

    const discrete = pathFrom(plane, start, wanted);
    if (state) {
      discrete.note(0, state.point as Vector);
      for (let k = 1; k <= wanted; k++) {
        run?.next(state);
        if (!isFiniteVector(state.point as Vector)) break;
        discrete.note(k, state.point as Vector);
        yield (count + k) / all;
      }
    }
    const [flowed, stepped] = [flow.read(), discrete.read()];
    return {
      step,
      plane: plane.kind,
      random: [...plane.random],
      flow: {
        times: flowed.places,
        positions: flowed.positions,
        away: flowed.away,
        distances: flowed.distances,
      },
      run: {
        // Steps from here.
        steps: stepped.places,
        positions: stepped.positions,
        away: stepped.away,
        distances: stepped.distances,
      },
    };
  },
});

/** Collects a path of `count` moves: at most 256 of its points, the first and the last among them. */
function pathFrom(plane: Plane, start: Vector, count: number) {
  const every = Math.max(1, Math.ceil(count / (MOST_POINTS - 2)));
  const places: number[] = [];
  const positions: number[] = [];
  const away: number[] = [];
  const distances: number[] = [];
  return {
    note(k: number, at: Vector, place = k) {
      if (k % every !== 0 && k !== count) return;
      const there = coordinatesIn(plane, at);
      places.push(place);
      positions.push(there.x, there.y);
      away.push(there.away);
      distances.push(norm(addScaled(at.slice(), start, -1)));
    },
    read: () => ({
      places: Float64Array.from(places),
      positions: Float64Array.from(positions), // [count, 2]
      away: Float64Array.from(away),
      distances: Float64Array.from(distances),
    }),
  };
}
