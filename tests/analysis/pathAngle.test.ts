/** Path angle and path norm against the closed forms of linear fields. */
import { describe, expect, test } from 'vitest';
import { alongLine, heldInBox, pathAngle, signatureOf } from '../../src/analysis/pathAngle.ts';
import { finish } from '../../src/analysis/probe.ts';
import { reference } from '../../src/compute/reference/reference.ts';
import { momentOf } from '../../src/engine/frame.ts';
import { openSession } from '../../src/engine/session.ts';
import { norm } from '../../src/math/vector.ts';
import { experimentOf, sceneOf, smallGan } from '../catalog/given.ts';

/** c(a) and ||F|| of V = s (theta² - phi²) / 2 + a theta phi between two points. */
function along(attraction: number, rotation: number, from: number[], to: number[], count = 241) {
  const scene = sceneOf(experimentOf({ game: { kind: 'quadratic', attraction, rotation } }));
  const field = scene.frozenField(0, 0);
  const found = finish(alongLine(field, Float64Array.from(from), Float64Array.from(to), count));
  return { ...found, signature: signatureOf(found.alphas, found.angle) };
}

const start = [1, 0.3];
const equilibrium = [0, 0];
/** Beside the equilibrium, where a run might have come to. */
const beside = [0.05, -0.02];

describe('to the equilibrium itself', () => {
  test('attraction is cosine 1 before and -1 after: a switch', () => {
    const { alphas, angle, norms, signature } = along(1, 0, start, equilibrium);
    alphas.forEach((alpha, i) => {
      // At 1 itself F is rounding.
      if (Math.abs(alpha - 1) > 1e-9) expect(angle[i]).toBeCloseTo(alpha < 1 ? 1 : -1, 12);
      expect(norms[i]).toBeCloseTo(Math.abs(1 - alpha) * Math.hypot(1, 0.3), 12);
    });
    expect(signature).toBe('switch');
  });

  test('rotation is cosine 0 all along', () => {
    const { angle, alphas, signature } = along(0, 1, start, equilibrium, 240);
    for (const each of angle) expect(Math.abs(each)).toBeLessThan(1e-12);
    expect([alphas[0], alphas[239]]).toEqual([-0.1, 1.1]);
    expect(signature).toBe('none');
  });

  test('a normal Jacobian s I + a K is cosine s / √(s² + a²) = 0.4472, then its negative', () => {
    const { alphas, angle, signature } = along(0.5, 1, start, equilibrium);
    const cosine = 0.5 / Math.hypot(0.5, 1);
    expect(cosine).toBeCloseTo(0.4472, 4);
    alphas.forEach((alpha, i) => {
      if (Math.abs(alpha - 1) > 1e-9) expect(angle[i]).toBeCloseTo(alpha < 1 ? cosine : -cosine, 12);
    });
    expect(signature).toBe('switch');
  });
});

describe('to a point beside the equilibrium', () => {
  test('rotation is a bump of one sign: 1.000 at a = 1.041, where the line is closest', () => {
    const { alphas, angle, norms, signature } = along(0, 1, start, beside, 1201);
    const top = angle.reduce((best, each, i) => (Math.abs(each) > Math.abs(angle[best]) ? i : best), 0);
    expect(Math.abs(angle[top])).toBeCloseTo(1, 3);
    expect(alphas[top]).toBeCloseTo(1.041, 3);
    expect(norms.indexOf(Math.min(...norms))).toBe(top);
    for (const each of angle) expect(Math.sign(each)).toBe(Math.sign(angle[top]));
    // <d, K w_a> is the same all along, so the cosine is the least norm over the norm.
    angle.forEach((each, i) => {
      expect(Math.abs(each) * norms[i]).toBeCloseTo(norms[top], 5);
    });
    expect(signature).toBe('bump');
  });

  test('attraction switches without a bump, and both together show both', () => {
    expect(along(1, 0, start, beside).signature).toBe('switch');
    expect(along(0.5, 1, start, beside).signature).toBe('both');
  });

  test('a hundred points tell the same', () => {
    expect(along(0, 1, start, beside, 100).signature).toBe('bump');
    expect(along(1, 0, start, beside, 100).signature).toBe('switch');
    expect(along(0.5, 1, start, beside, 100).signature).toBe('both');
  });
});

test('signs and bumps count beside the line’s own cosines, which are small in many dimensions', () => {
  const alphas = Float64Array.from({ length: 241 }, (_, i) => -0.1 + i / 200);
  const line = (c: (alpha: number) => number) => signatureOf(alphas, alphas.map(c));
  for (const size of [1, 0.1]) {
    expect(line((alpha) => size * Math.sign(1 - alpha))).toBe('switch');
    expect(line((alpha) => (size * 0.1) / Math.hypot(0.1, alpha - 1))).toBe('bump');
    expect(line((alpha) => (alpha < 0.9 ? size : 0.2 * size * Math.sign(1 - alpha)))).toBe('none');
  }
  expect(line((alpha) => 0.01 * Math.sign(1 - alpha))).toBe('none');
  expect(line(() => Number.NaN)).toBe('none');
});

test('away from w’, a line shows nothing', () => {
  expect(along(1, 0, start, [0.5, 0.15]).signature).toBe('none');
});

test('a repelling equilibrium is no switch: there the cosine rises through zero', () => {
  expect(along(-1, 0, start, equilibrium).signature).toBe('none');
});

test('where a box holds a parameter, nothing pushes it further out', () => {
  const experiment = experimentOf({
    game: { kind: 'bilinear' },
    constraint: { kind: 'box', bound: 1, whose: 'discriminator' },
  });
  const field = sceneOf(experiment).frozenField(0, 0);
  const held = heldInBox(field, experiment);
  const at = (...point: number[]) => [...held.at(Float64Array.from(point), new Float64Array(2))];
  // F = (phi, -theta): the discriminator moves by theta, the generator by -phi.
  expect(at(2, 0.5)).toEqual([0.5, -2]);
  expect(at(2, 1)[1]).toBe(0);
  expect(at(-2, 1)).toEqual([1, 2]);
  expect(at(-2, -1)[1]).toBe(0);
  // The generator is in no box.
  expect(at(-1, 0.5)[0]).toBe(0.5);
  expect(heldInBox(field, experimentOf({ game: { kind: 'bilinear' } }))).toBe(field);
});

describe('of a run', () => {
  test('goes from its first point to the present one, on a batch that stays', () => {
    const session = openSession(experimentOf({ game: smallGan }), reference);
    const first = session.state.point.slice();
    session.advance(20);
    const moment = momentOf(session);
    const { from, to, step, norms, angle } = finish(pathAngle.work(moment, { from: 0, to: 1, count: 13 }));
    expect([from, to, step]).toEqual([0, 20, 20]);
    const field = moment.scene.frozenField(0, 20);
    // Of 13 points from -0.1 to 1.1, the second is w and the last but one w'.
    expect(norms[1]).toBeCloseTo(norm(field.at(first)), 12);
    expect(norms[11]).toBeCloseTo(norm(field.at(moment.point)), 12);
    for (const each of angle) expect(Math.abs(each)).toBeLessThanOrEqual(1);
  });

  test('turned round, it is the same line with the sign turned', () => {
    const session = openSession(experimentOf({ game: smallGan }), reference);
    session.advance(20);
    const moment = momentOf(session);
    const forth = finish(pathAngle.work(moment, { from: 0.5, to: 1, count: 13 }));
    const back = finish(pathAngle.work(moment, { from: 1, to: 0.5, count: 13 }));
    expect([back.from, back.to]).toEqual([forth.to, forth.from]);
    forth.angle.forEach((each, i) => {
      expect(back.angle[12 - i]).toBeCloseTo(-each, 12);
    });
  });

  test('before the first step there is no line', () => {
    const moment = momentOf(openSession(experimentOf({ game: { kind: 'bilinear' } }), reference));
    const { angle, norms, signature } = finish(pathAngle.work(moment, { from: 0, to: 1, count: 5 }));
    for (const each of angle) expect(each).toBeNaN();
    for (const each of norms) expect(each).toBeCloseTo(Math.SQRT2, 14);
    expect(signature).toBe('none');
  });
});
