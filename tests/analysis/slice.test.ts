/** The field on planes, held to closed forms of linear games and to the geometry of planes. */
import { describe, expect, test } from 'vitest';
import { planeOf } from '../../src/analysis/plane.ts';
import { finish, type Moment, type RunSoFar } from '../../src/analysis/probe.ts';
import { slice } from '../../src/analysis/slice.ts';
import { vectorField } from '../../src/analysis/vectorField.ts';
import { reference } from '../../src/compute/reference/reference.ts';
import { momentOf } from '../../src/engine/frame.ts';
import { openSession } from '../../src/engine/session.ts';
import { addScaled, dot, norm } from '../../src/math/vector.ts';
import { defaults, type Values } from '../../src/settings/index.ts';
import { descent, experimentOf, sceneOf, smallGan } from '../catalog/given.ts';

type Settings = Values<typeof slice.settings>;
const usual: Settings = defaults(slice.settings);
const read = (moment: Moment, settings: Partial<Settings> = {}) =>
  finish(slice.work(moment, { ...usual, ...settings }));

function momentAfter(steps: number, differences: Record<string, unknown>): Moment {
  const session = openSession(experimentOf(differences), reference);
  session.advance(steps);
  return momentOf(session);
}

describe('on V = s (theta² - phi²) / 2 + a theta phi, J = s I + a K', () => {
  const [s, a, gamma] = [0.5, 2, 0.3];
  const moment = momentAfter(0, { game: { kind: 'quadratic', attraction: s, rotation: a } });
  const closed: Record<Settings['part'], (x: number, y: number) => [number, number]> = {
    field: (x, y) => [s * x + a * y, s * y - a * x],
    transposed: (x, y) => [(s * s + a * a) * x, (s * s + a * a) * y],
    mixture: (x, y) => [
      s * x + a * y + gamma * (s * s + a * a) * x,
      s * y - a * x + gamma * (s * s + a * a) * y,
    ],
    conservative: (x, y) => [s * (s * x + a * y), s * (s * y - a * x)],
    rotational: (x, y) => [a * (s * y - a * x), -a * (s * x + a * y)],
  };

  test.each(Object.keys(closed) as Settings['part'][])('%s is its closed form, negated', (part) => {
    const { values, share, plane } = read(moment, {
      part,
      gamma,
      centre: [1, -1],
      extent: 2,
      resolution: 3,
    });
    expect(plane).toBe('game');
    [-3, -1, 1].forEach((y, row) => {
      [-1, 1, 3].forEach((x, column) => {
        const [across, up] = closed[part](x, y);
        expect(values[2 * (3 * row + column)]).toBeCloseTo(-across, 13);
        expect(values[2 * (3 * row + column) + 1]).toBeCloseTo(-up, 13);
      });
    });
    for (const each of share) expect(each).toBeCloseTo(1, 14);
  });

  test('a pure rotation has no conservative part, a pure attraction no rotational one', () => {
    const rotation = momentAfter(0, { game: { kind: 'bilinear' } });
    expect(norm(read(rotation, { part: 'conservative' }).values)).toBe(0);
    const attraction = momentAfter(0, { game: { kind: 'quadratic', rotation: 0 } });
    expect(norm(read(attraction, { part: 'rotational' }).values)).toBe(0);
  });

  test.each(['field', 'transposed', 'mixture', 'conservative', 'rotational'] as const)(
    'is what the vector field shows, with its sign turned: %s',
    (part) => {
      const chosen = { part, gamma: 0.3, extent: 2, resolution: 5 };
      const { values } = read(moment, chosen);
      const shown = vectorField.read(moment, { ...chosen, centre: [0, 0] });
      values.forEach((value, i) => {
        expect(value).toBeCloseTo(-shown.values[i], 14);
      });
    },
  );
});

test('the parts add up on a game that is not linear: S F + A F = J F, S F - A F = J’F', () => {
  const moment = momentAfter(3, { game: { kind: 'forsaken' } });
  const { values: conservative } = read(moment, { part: 'conservative', extent: 1, resolution: 4 });
  const { values: rotational } = read(moment, { part: 'rotational', extent: 1, resolution: 4 });
  const { values: transposed } = read(moment, { part: 'transposed', extent: 1, resolution: 4 });
  for (let i = 0; i < transposed.length; i++) {
    expect(conservative[i] - rotational[i]).toBeCloseTo(transposed[i], 12);
  }
});

describe('a plane through a GAN', () => {
  const experiment = { game: smallGan, scheme: { kind: 'extragradient' } };
  const moment = momentAfter(40, experiment);
  const field = moment.scene.frozenField(moment.experiment.seed, moment.step);

  test.each(['stepAndField', 'trajectory', 'checkpoints'] as const)(
    'of kind %s has an orthonormal basis and goes through the point',
    (kind) => {
      const { origin, basis, random } = finish(
        planeOf(moment, { plane: kind, checkpoints: [0, 0.5] }, field),
      );
      expect(random).toEqual([false, false]);
      expect(norm(basis[0])).toBeCloseTo(1, 14);
      expect(norm(basis[1])).toBeCloseTo(1, 14);
      expect(dot(...basis)).toBeCloseTo(0, 14);
      expect(origin).toEqual(moment.point);
    },
  );

  test('of the step and the field holds the field at the point whole, and its middle shows it', () => {
    const { values, share, resolution, basis } = read(moment, { plane: 'stepAndField', resolution: 3 });
    const middle = (resolution * resolution - 1) / 2;
    expect(share[middle]).toBeCloseTo(1, 12);
    const expected = field.at(moment.point);
    expect(values[2 * middle]).toBeCloseTo(-dot(basis.subarray(0, moment.scene.size), expected), 12);
    expect(Math.hypot(values[2 * middle], values[2 * middle + 1])).toBeCloseTo(norm(expected), 12);
    for (const each of share) expect(each).toBeLessThanOrEqual(1);
  });

  test('of the step and the field lies along the step that led here', () => {
    for (const steps of [1, 31, 32, 33, 40]) {
      const session = openSession(experimentOf(experiment), reference);
      session.advance(steps - 1);
      const before = session.state.point.slice();
      session.advance(1);
      const after = momentOf(session);
      const way = addScaled(after.point.slice(), before, -1);
      const frozen = after.scene.frozenField(after.experiment.seed, steps);
      const { basis, reach } = finish(
        planeOf(after, { plane: 'stepAndField', checkpoints: [0, 0.5] }, frozen),
      );
      expect(dot(basis[0], way)).toBeCloseTo(norm(way), 14);
      expect(reach).toBe(20 * norm(way));
      const end = session.checkpoint();
      expect(end.state.step).toBe(steps);
    }
  });

  test('of two checkpoints holds both; other points of the trail may lie beside it', () => {
    const { trail, extent } = read(moment, {
      plane: 'checkpoints',
      checkpoints: [0, 0.5],
      resolution: 2,
    });
    expect(trail.away[0]).toBeLessThan(1e-12);
    expect(trail.away[trail.away.length - 1]).toBe(0);
    expect(trail.away.filter((away) => away < 1e-12).length).toBeLessThan(trail.away.length);
    for (const coordinate of trail.positions.subarray(0, 2)) {
      expect(Math.abs(coordinate)).toBeLessThanOrEqual(extent);
    }
  });

  test('of the trajectory keeps more of the kept points’ spread than any other here', () => {
    const spread = (plane: Settings['plane']) => {
      const { positions } = read(moment, { plane, resolution: 2 }).trail;
      const count = positions.length / 2;
      let sum = 0;
      for (const axis of [0, 1]) {
        let mean = 0;
        for (let i = 0; i < count; i++) mean += positions[2 * i + axis] / count;
        for (let i = 0; i < count; i++) sum += (positions[2 * i + axis] - mean) ** 2;
      }
      return sum;
    };
    const most = spread('trajectory');
    for (const other of ['stepAndField', 'checkpoints'] as const) expect(spread(other)).toBeLessThan(most);
    const { explained } = read(moment, { plane: 'trajectory', resolution: 2 });
    expect(explained[0]).toBeGreaterThan(explained[1]);
    expect(explained[0] + explained[1]).toBeLessThanOrEqual(1);
  });
});

describe('where the run gives no plane', () => {
  test('directions are drawn from a named stream, the same each time, and the reading says so', () => {
    const first = momentAfter(0, { game: smallGan });
    for (const plane of ['trajectory', 'checkpoints'] as const) {
      const reading = read(first, { plane, resolution: 2 });
      expect(reading.random).toEqual([true, true]);
      expect(reading.extent).toBe(1);
      expect(read(first, { plane, resolution: 2 })).toEqual(reading);
    }
    // Nothing has moved yet, but there is a field.
    expect(read(first, { plane: 'game', resolution: 2 })).toMatchObject({
      plane: 'stepAndField',
      random: [true, false],
    });
  });

  test('points in line have one direction', () => {
    const { scene, experiment, point } = momentAfter(0, { game: { kind: 'randomQuadratic' } });
    const direction = scene.field(0, 0, 0).at(point);
    const points = [0, 1, 2, 3].map((step) => ({
      step,
      point: addScaled(point.slice(), direction, -0.1 * (3 - step)),
    }));
    const run = { points: () => points } as unknown as RunSoFar;
    const { random, explained, trail } = read(
      { scene, experiment, point, step: 3, run },
      { plane: 'trajectory', resolution: 2 },
    );
    expect(random).toEqual([false, true]);
    expect(explained[0]).toBeCloseTo(1, 12);
    expect(Math.max(...trail.away)).toBeLessThan(1e-12);
  });

  test('a moment without a run has its own point only', () => {
    const bilinear = experimentOf({ game: { kind: 'bilinear' } });
    const scene = sceneOf(bilinear);
    const moment = { scene, experiment: bilinear, point: scene.initialPoint(0), step: 0 };
    expect(read(moment).trail.steps.length).toBe(0);
    expect(read(moment, { plane: 'checkpoints' }).random).toEqual([true, true]);
  });
});

describe('the steps of a method, from each point of the plane', () => {
  const rate = 0.1;
  const read = (differences: Readonly<Record<string, unknown>>) =>
    vectorField.read(momentAfter(0, { game: { kind: 'bilinear' }, ...descent(rate), ...differences }), {
      ...{ part: 'step', gamma: 1, centre: [0, 0], extent: 2, resolution: 3 },
    });
  /** How much nearer to the origin each step leads, of the points but the origin. */
  const inwards = ({ values }: ReturnType<typeof read>) =>
    [-2, 0, 2].flatMap((phi, row) =>
      [-2, 0, 2].flatMap((theta, column) => {
        const at = 2 * (3 * row + column);
        return theta === 0 && phi === 0 ? [] : [theta * values[at] + phi * values[at + 1]];
      }),
    );

  test('are those of simultaneous descent, of which a turn is left: (I - T) T (2I - T)', () => {
    const { values, part } = read({});
    expect(part).toBe('step');
    // T = I - η J with J = [0, 1; -1, 0], so T (2I - T) = I - η² J² = (1 + η²) I.
    [-2, 0, 2].forEach((phi, row) => {
      [-2, 0, 2].forEach((theta, column) => {
        const at = 2 * (3 * row + column);
        expect(values[at]).toBeCloseTo(rate * (1 + rate ** 2) * phi, 12);
        expect(values[at + 1]).toBeCloseTo(-rate * (1 + rate ** 2) * theta, 12);
      });
    });
  });

  test.each([
    ['Extragradient', { scheme: 'extragradient' }],
    ['Optimistic, whose memory is that of a run that comes by', { scheme: 'optimistic' }],
    ['Lookahead, over its period', { lookahead: { kind: 'lookahead', steps: 5 } }],
  ])('of %s lead inwards, where -F only turns', (_, differences) => {
    for (const nearer of inwards(read(differences))) expect(nearer).toBeGreaterThan(1e-3);
    for (const nearer of inwards(read({}))) expect(Math.abs(nearer)).toBeLessThan(1e-12);
  });

  test('without a run, or of one that does alike again only after long, are not told: it is F, and says so', () => {
    const moment = momentAfter(0, { game: { kind: 'bilinear' } });
    const settings = { part: 'step', gamma: 1, centre: [0, 0], extent: 2, resolution: 3 } as const;
    expect(vectorField.read({ ...moment, run: undefined }, settings).part).toBe('field');
    expect(read({ lookahead: { kind: 'lookahead', steps: 50 } }).part).toBe('field');
  });
});
