/** What the watchers have to say about a run: collapse, cycling, divergence and the like, each with its numbers. */
import { group } from '../settings/index.ts';
import { defineProbe, type Moment, type RunSoFar } from './probe.ts';
import { gather } from './watchers/evidence.ts';
import { watchers } from './watchers/index.ts';
import type { Notice } from './watchers/watcher.ts';

export type { Notice } from './watchers/watcher.ts';

export const notices = defineProbe({
  name: 'notices',
  label: 'notices',
  summary:
    'Collapse, cycling, divergence, stall, a discriminator too strong or dead: each a sentence with its numbers and what to try. It speaks of what it saw at its own readings, so it has to be watched for a while.',
  cost: 'field',
  settings: group({}),
  fits: () => true,
  read(moment): Notice[] {
    if (!moment.run) return [];
    const evidence = gather(moment as Moment & { run: RunSoFar });
    return watchers.flatMap(({ name, look }) => {
      const found = look(evidence);
      return found ? [{ watcher: name, ...found }] : [];
    });
  },
});
