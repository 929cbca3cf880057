/** Opens experiment files; what reads them is loaded with the first one. */
import { problem } from '../../settings/parse.ts';
import type { Opener } from '../drop.ts';
import { loadNamed } from '../named.ts';
import { linkedScenes } from '../present/link.ts';
import { arriving } from '../unloaded.ts';
import { say } from './strings.ts';

/** Bytes. Looked at before anything is read. */
const MOST_BYTES = 4_000_000;

export const experimentFiles: Opener = {
  kind: say.file.kind,
  types: '.json,application/json',
  accepts: ({ name, type }) => type === 'application/json' || /\.json$/i.test(name),
  async open(file, page) {
    if (file.size > MOST_BYTES) {
      const found = say.file.characters(file.size);
      page.complain([problem(say.file.name, 'should be', say.file.size(MOST_BYTES), found, say.stays)]);
      return;
    }
    const [{ readFile }, { stageOf }, { scenesText }] = await arriving(
      Promise.all([
        import('./file.ts'),
        import('../present/stage.ts'),
        import('../present/scenes.ts'),
        loadNamed(),
      ]),
    );
    const { wanted, problems, scenes } = readFile(await file.text());
    if (!wanted) return page.complain(problems);
    const words = scenes && linkedScenes(scenesText(scenes));
    stageOf(page).bring({ scenes: words, presents: false });
    page.open(wanted);
  },
};
