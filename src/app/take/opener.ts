/** Opens checkpoints that are dropped on the page; what reads them is loaded with the first one. */
import { problem } from '../../settings/parse.ts';
import type { Opener } from '../drop.ts';
import { arriving } from '../unloaded.ts';
import { takeStrings as say } from './strings.ts';

export const checkpoints: Opener = {
  kind: say.checkpointKind,
  types: '.npz',
  accepts: ({ name }) => /\.npz$/i.test(name),
  async open(file, page) {
    const { openCheckpoint } = await arriving(import('./take.ts'));
    try {
      await openCheckpoint(page, file);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      page.complain([problem(file.name, 'should be', say.checkpointKind, why, say.stays)]);
    }
  },
};
