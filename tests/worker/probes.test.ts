/** The probes of a worker: those of the first pictures at once, all others when one of them is watched. */
import { expect, test } from 'vitest';
import { atOnce } from '../../src/analysis/atOnce.ts';
import { probes } from '../../src/analysis/index.ts';
import type { Probe } from '../../src/analysis/probe.ts';
import { reference } from '../../src/compute/reference/reference.ts';
import { openObserverOf } from '../../src/engine/observatory.ts';
import { openSession } from '../../src/engine/session.ts';
import { findProbe, probesFor } from '../../src/worker/probes.ts';
import { experimentOf } from '../catalog/given.ts';

test('what the first pictures show is there at once, the rest is loaded when it is watched', async () => {
  expect(findProbe('samples')).toMatchObject({ name: 'samples' });
  await probesFor(['samples', 'point']); // nothing to wait for
  expect(findProbe('modes')).toBe('loading');
  expect(findProbe('noSuchProbe')).toBe('loading'); // not known yet
  await probesFor(['modes']);
  for (const probe of probes) expect(findProbe(probe.name)).toBe(probe);
  expect(findProbe('noSuchProbe')).toBeUndefined();
});

test('all of them are in the list of probes', () => {
  for (const probe of atOnce) expect(probes as readonly Probe[]).toContain(probe);
});

test('a frame tells that a probe is on its way, and reads the others', () => {
  const session = openSession(experimentOf({ game: { kind: 'bilinear' } }), reference);
  const observer = openObserverOf((name) => (name === 'steps' ? 'loading' : findProbe(name)));
  const watched = ['steps', 'point', 'noSuchProbe'].map((probe) => ({ probe }));
  const { readings, working } = observer.frame(session, watched, 0);
  expect(Object.keys(readings)).toEqual(['point']);
  expect(working).toEqual({ steps: 0 });
});
