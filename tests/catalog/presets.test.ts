/** The presets: each is right, opens, and is about what it says. */
import '../loaded.ts';
import { expect, test } from 'vitest';
import { experiment as schema } from '../../src/catalog/experiment.ts';
import { presets } from '../../src/catalog/presets/index.ts';
import { openDevice } from '../../src/engine/devices.ts';
import { openSession } from '../../src/engine/session.ts';
import { isFiniteVector } from '../../src/math/vector.ts';
import { changes, defaults, parse } from '../../src/settings/index.ts';

const device = await openDevice('wasm');

test.each(presets.map((preset) => [preset.name, preset] as const))(
  '%s is right as it stands and takes steps',
  (_, { experiment, heavy }) => {
    const { values, problems } = parse(schema, experiment);
    expect(problems).toEqual([]);
    const session = openSession(values, device);
    const before = session.state.point.slice();
    const steps = heavy ? 1 : 3;
    expect(session.advance(steps)).toBe(steps);
    expect(session.outcome.kind).toBe('running');
    expect(isFiniteVector(session.state.point)).toBe(true);
    expect(session.state.point).not.toEqual(before);
    session.dispose();
  },
  60_000,
);

test('no two are the same, and only the first is the defaults', () => {
  const texts = presets.map(({ experiment }) => JSON.stringify(parse(schema, experiment).values));
  expect(new Set(texts).size).toBe(presets.length);
  const plain = presets.filter(
    ({ experiment }) => changes(schema, defaults(schema), parse(schema, experiment).values).length === 0,
  );
  expect(plain.map(({ name }) => name)).toEqual([presets[0].name]);
});
