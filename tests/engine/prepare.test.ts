/** What has to be there before a run can begin, and that whoever needs it says so. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { readData } from '../../src/cli/data.ts';
import { experimentOf } from '../catalog/given.ts';

const folder = (kind: string) => `src/catalog/${kind}`;
const files = ['games', 'schemes', 'adjustments'].flatMap((kind) =>
  readdirSync(folder(kind)).map((name) => `${folder(kind)}/${name}`),
);

test('every game, scheme and adjustment that calls late code says so', () => {
  const calling = files.filter((file) => readFileSync(file, 'utf8').includes('late()'));
  expect(calling.length).toBeGreaterThan(4);
  for (const file of calling) expect(readFileSync(file, 'utf8'), file).toContain('isLate: true');
});

describe('before any late code is there', () => {
  test.each([
    { scheme: 'competitive' },
    { scheme: 'proximal' },
    { adjustment: 'newton' },
    { adjustment: { kind: 'consensus', control: { kind: 'spectrum' } } },
    { game: 'domains' },
  ])('an experiment with %o waits for it, and then plays; one without does not wait', async (given) => {
    vi.resetModules();
    const { isPrepared, prepare } = await import('../../src/engine/prepare.ts');
    const { openSession } = await import('../../src/engine/session.ts');
    const { openDevice } = await import('../../src/engine/devices.ts');
    expect(isPrepared(experimentOf({ game: 'bilinear' }))).toBe(true);
    const experiment = experimentOf({ game: 'bilinear', ...given });
    expect(isPrepared(experiment)).toBe(false);
    await prepare(experiment, readData);
    expect(isPrepared(experiment)).toBe(true);
    const session = openSession(experiment, await openDevice('reference'));
    expect(session.advance(3, Number.POSITIVE_INFINITY)).toBe(3);
    session.dispose();
  });
});
