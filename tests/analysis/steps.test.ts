/** The lengths of the players' next steps, as rules promise them. */
import { expect, test } from 'vitest';
import { gradientNorms } from '../../src/analysis/gradientNorms.ts';
import { steps } from '../../src/analysis/steps.ts';
import { reference } from '../../src/compute/reference/reference.ts';
import { momentOf } from '../../src/engine/frame.ts';
import { openSession } from '../../src/engine/session.ts';
import { addScaled, norm } from '../../src/math/vector.ts';
import { descent, experimentOf, smallGan } from '../catalog/given.ts';

test('of plain descent are the rates times the gradient norms', () => {
  const session = openSession(
    experimentOf({ game: smallGan, scheme: { kind: 'simultaneous' }, ...descent(0.3, 0.01) }),
    reference,
  );
  session.advance(3);
  const moment = momentOf(session);
  const gradients = gradientNorms.read(moment, {});
  const { generator, discriminator, joint, ratio } = steps.read(moment, {});
  expect(generator).toBeCloseTo(0.3 * gradients.generator, 14);
  expect(discriminator).toBeCloseTo(0.01 * gradients.discriminator, 14);
  expect(joint).toBeCloseTo(Math.hypot(generator, discriminator), 14);
  expect(ratio).toBe(generator / discriminator);
});

test('are those of the step that the run takes next, whatever its optimizer', () => {
  const session = openSession(
    experimentOf({ game: smallGan, scheme: { kind: 'extragradient' }, lookahead: { kind: 'lookahead' } }),
    reference,
  );
  for (let k = 0; k < 6; k++) {
    const before = session.state.point.slice();
    const { joint } = steps.read(momentOf(session), {});
    expect(session.state.point).toEqual(before);
    session.advance(1);
    expect(norm(addScaled(session.state.point.slice(), before, -1))).toBe(joint);
  }
});

test('of a discriminator who stays have no ratio, and a point without a run has none at all', () => {
  const session = openSession(
    experimentOf({ game: { ...smallGan, frozen: 'discriminator' }, ...descent(0.1) }),
    reference,
  );
  const moment = momentOf(session);
  expect(steps.read(moment, {}).discriminator).toBe(0);
  expect(steps.read(moment, {}).ratio).toBeNaN();
  expect(steps.read({ ...moment, run: undefined }, {}).joint).toBeNaN();
});
