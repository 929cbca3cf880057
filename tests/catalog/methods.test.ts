/** The named optimizers: each is right, is about the optimizer only, and plays. */
import { describe, expect, test } from 'vitest';
import { optimizerParts, experiment as schema } from '../../src/catalog/experiment.ts';
import { applyMethod, methods } from '../../src/catalog/methods/index.ts';
import { objections } from '../../src/catalog/sense.ts';
import { reference } from '../../src/compute/reference/reference.ts';
import { openSession } from '../../src/engine/session.ts';
import { isFiniteVector, norm } from '../../src/math/vector.ts';
import { parse } from '../../src/settings/index.ts';
import { experimentOf, smallGan } from './given.ts';

const names = methods.map(({ name }) => name);

test('the parts of an optimizer are all of an experiment but its game and seed', () => {
  expect(['seed', 'game', ...optimizerParts]).toEqual(Object.keys(schema.fields));
});

describe.each(methods.map((method) => [method.name, method] as const))('%s', (name, { optimizer }) => {
  test('is right as it stands, and about the optimizer only', () => {
    expect(parse(schema, optimizer).problems).toEqual([]);
    for (const part of Object.keys(optimizer)) expect(optimizerParts).toContain(part);
  });

  test('replaces the whole optimizer, and keeps the game and the seed', () => {
    const before = experimentOf({
      seed: 7,
      game: { kind: 'bilinear', strength: 2 },
      ...{ adjustment: 'newton', clipping: 'byValue', schedule: 'cosine', constraint: 'box' },
      ...{ lookahead: 'nested', averaging: 'ema', foresight: 'unrolled', scheme: 'prediction' },
    });
    const after = applyMethod(before, name);
    expect(after.game).toEqual(before.game);
    expect(after.seed).toBe(7);
    expect(after).toEqual(experimentOf({ ...optimizer, seed: 7, game: before.game }));
  });

  test.each([
    ['the defaults', {}],
    ['the bilinear game', { game: 'bilinear' }],
    ['a small GAN', { game: smallGan }],
  ])(
    'takes five finite steps on %s',
    (_, differences) => {
      const session = openSession(applyMethod(experimentOf(differences), name), reference);
      const before = session.state.point.slice();
      expect(session.advance(5)).toBe(5);
      expect(isFiniteVector(session.state.point)).toBe(true);
      expect(session.state.point).not.toEqual(before);
      session.dispose();
    },
    20_000,
  );

  test('is objected to on the default game only for want of finite data', () => {
    const about = objections(applyMethod(experimentOf({}), name)).map(({ path }) => path);
    expect(about).toEqual(name === 'svre' ? ['scheme'] : []);
  });
});

test('no two have one name or one label, and only the two on matrix games share an optimizer', () => {
  expect(new Set(names).size).toBe(names.length);
  expect(new Set(methods.map(({ label }) => label)).size).toBe(names.length);
  const texts = methods.map(({ optimizer }) => JSON.stringify(parse(schema, optimizer).values));
  expect(new Set(texts).size).toBe(names.length - 1); // OMWU is OMD in another geometry
});

test('an unknown name is a mistake of the caller', () => {
  expect(() => applyMethod(experimentOf({}), 'adamW')).toThrow('no method "adamW"');
});

describe('on the bilinear game of strength 1, after 200 steps', () => {
  const radius = (name: string, steps = 200) => {
    const session = openSession(applyMethod(experimentOf({ game: 'bilinear' }), name), reference);
    session.advance(steps);
    const { point } = session.state;
    session.dispose();
    return norm(point) / Math.SQRT2;
  };
  test.each(['simGda', 'mwu', 'dann'])('%s is farther out than where it began', (name) => {
    expect(radius(name)).toBeGreaterThan(1.02);
  });
  test('altGda has circled', () => {
    expect(Math.abs(radius('altGda') - 1)).toBeLessThan(0.1);
  });
  test.each(['extraGradient', 'omd', 'cgd', 'lcgd', 'proximal', 'laGda', 'negativeMomentum'])(
    '%s is nearer to the equilibrium',
    (name) => {
      expect(radius(name)).toBeLessThan(1);
    },
  );
  test('the closed forms: extragradient, competitive and proximal', () => {
    expect(radius('extraGradient')).toBeCloseTo(0.9950376877 ** 200, 8);
    expect(radius('cgd')).toBeCloseTo(1.04 ** -100, 8);
    expect(radius('proximal')).toBeCloseTo(1.01 ** -100, 8);
    expect(radius('simGda')).toBeCloseTo(1.01 ** 100, 8);
  });
});
