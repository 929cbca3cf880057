/** Everything that games of pictures are played with, read before the tests of a file begin. */

import { experiment } from '../src/catalog/experiment.ts';
import { games } from '../src/catalog/games/index.ts';
import { imageSets } from '../src/catalog/images/index.ts';
import { packOwn } from '../src/catalog/images/ownFile.ts';
import { ownFileOf } from '../src/catalog/images/ownNames.ts';
import { readData } from '../src/cli/data.ts';
import { prepare } from '../src/engine/prepare.ts';
import { defaults, type Group } from '../src/settings/index.ts';

/** What somebody may have dropped: forty pictures of 8 x 8, of two classes. */
const dropped = packOwn({
  side: 8,
  channels: 1,
  count: 40,
  pixels: Uint8Array.from({ length: 40 * 64 }, (_, i) => (i * 37 + (i >> 6)) % 256),
  labels: Uint8Array.from({ length: 40 }, (_, i) => i % 2),
  classes: ['even', 'odd'],
});

for (const { name, settings: own } of imageSets) {
  const dataset = { ...defaults(own as Group), kind: name };
  const { settings } = games.find((game) => game.name === 'images')!;
  const game = { ...defaults(settings), kind: 'images', dataset } as never;
  await prepare({ ...defaults(experiment), game }, async (file) =>
    file === ownFileOf('') ? dropped : readData(file),
  );
}
