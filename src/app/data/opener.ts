/** Opens files of points that are dropped on the page; what reads them is loaded with the first one. */
import type { Opener } from '../drop.ts';
import { arriving } from '../unloaded.ts';
import { dataStrings } from './strings.ts';

/** Names of files that may hold points. */
export const isPointsFile = ({ name, type }: Pick<File, 'name' | 'type'>): boolean =>
  /\.(csv|tsv|txt|dat)$/i.test(name) || (!/\.\w+$/.test(name) && type.startsWith('text/'));

export const pointsFiles: Opener = {
  kind: dataStrings.file.kind,
  types: '.csv,.tsv,.txt,.dat',
  accepts: isPointsFile,
  async open(file, page) {
    const { openPointsFile } = await arriving(import('./openPointsFile.ts'));
    const { sentences } = await openPointsFile(file, page);
    page.complain(
      sentences.map((message) => ({ path: file.name, expected: dataStrings.file.kind, found: '', message })),
    );
  },
};
