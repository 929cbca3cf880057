/** What has to be there before a run can begin: files of pictures, read once. */
import { adjustments } from '../catalog/adjustments/index.ts';
import type { Experiment } from '../catalog/experiment.ts';
import { foresights } from '../catalog/foresights/index.ts';
import { games } from '../catalog/games/index.ts';
import { isKept, keepClassifier, keepImages } from '../catalog/images/library.ts';
import { ownSetOf } from '../catalog/images/ownNames.ts';
import { fileOf, storedSets } from '../catalog/images/stored.ts';
import type { Game } from '../catalog/kinds.ts';
import { hasLate, late, loadLate } from '../catalog/late.ts';
import { schemes } from '../catalog/schemes/index.ts';

/** Reads a file of `public/data`, and may say how much of it is there, in [0, 1]. */
export type ReadFile = (file: string, onProgress?: (share: number) => void) => Promise<Uint8Array>;

type Played = Pick<Experiment, 'game' | 'scheme' | 'adjustment' | 'foresight'>;

const gameOf = ({ game }: Pick<Experiment, 'game'>) =>
  games.find(({ name }) => name === game.kind) as unknown as Game;

/** Whether one of the entries that are played has code of its own to be loaded. */
function isLate({ game, scheme, adjustment, foresight }: Played): boolean {
  const lists: [readonly { name: string; isLate?: true }[], { kind: string }][] = [
    [games, game],
    [schemes, scheme],
    [adjustments, adjustment],
    [foresights, foresight],
  ];
  return lists.some(([list, { kind }]) => list.some((entry) => entry.name === kind && entry.isLate));
}

/** Whether an experiment can be played at once. */
export const isPrepared = (experiment: Played): boolean =>
  missingFiles(experiment).length === 0 && (!isLate(experiment) || hasLate());

/** The files that are still missing for an experiment. */
export function missingFiles({ game: settings }: Pick<Experiment, 'game'>): readonly string[] {
  return (gameOf({ game: settings }).files?.(settings) ?? []).filter((file) => !isKept(file));
}

/**
 * Reads what an experiment is played with and is not there yet. Rejects with an Error that names the file and says
 * what was expected and found.
 */
export async function prepare(
  experiment: Played,
  read: ReadFile,
  onProgress?: (file: string, share: number) => void,
): Promise<void> {
  if (isLate(experiment)) await loadLate();
  for (const file of missingFiles(experiment)) {
    onProgress?.(file, 0); // the first word of it may be long in coming
    const bytes = await read(file, (share) => onProgress?.(file, share));
    const set = storedSets.find(({ name }) => fileOf(name) === file);
    if (ownSetOf(file) !== undefined) keepImages(file, late().unpackOwn(file, bytes));
    else if (!set) keepClassifier(file, late().readClassifier(file, bytes));
    else keepImages(file, await late().unpackImages(file, bytes, set));
  }
}
