/** Opens a file of points as the data of the GAN, and remembers where points came from. */
import { MOST_POINTS } from '../../catalog/datasets/pasted.ts';
import { pointsOf, readTable, type Table } from '../../catalog/datasets/table.ts';
import { datasetOf, datasetOfKind } from '../dataset.ts';
import type { Page } from '../page.ts';
import { change, type Store } from '../store.ts';
import { dataStrings } from './strings.ts';

const say = dataStrings.file;

/** More text than this is not looked at: it holds far more points than are played. */
const MOST_BYTES = 20e6;

/** Where the points that are played came from. */
export interface Origin {
  /** Of the file; empty for what was pasted. */
  readonly name: string;
  readonly table: Table;
  readonly columns: readonly [x: number, y: number];
  readonly total: number;
}

/** By the list of points in the experiment, which never changes. */
const origins = new WeakMap<readonly number[], Origin>();
export const originOf = (values: readonly number[]): Origin | undefined => origins.get(values);

/** Each a sentence: what could not be used, with its line, or what was done. */
export interface Opened {
  readonly isPlayed: boolean;
  readonly sentences: readonly string[];
}

/** Plays the points of a file. Never throws: what is wrong with it is said, and the points before go on. */
export async function openPointsFile(file: File, page: Pick<Page, 'store'>): Promise<Opened> {
  if (file.size > MOST_BYTES) return refused(say.tooLarge(file.name, file.size / 1e6));
  let text: string;
  try {
    text = await file.text();
  } catch {
    return refused(say.unreadable(file.name));
  }
  // Neither text files nor tables hold this character.
  if (text.includes('\0')) return refused(say.notText(file.name));
  const table = readTable(text);
  return playTable(page.store, table, file.name);
}

/** Plays two columns of a table: the first two with numbers, unless they are given. */
export function playTable(
  store: Store,
  table: Table,
  name: string,
  columns?: readonly [number, number],
): Opened {
  const [x, y] = columns ?? table.numeric;
  const lines = table.mistakes.map(({ message }) => message);
  if (x === undefined || y === undefined) {
    return {
      isPlayed: false,
      sentences: name ? [say.fewColumns(name, table.numeric.length), ...lines] : lines,
    };
  }
  const { values, total, mistakes } = pointsOf(table, [x, y]);
  const sentences = mistakes.map(({ message }) => message);
  if (values.length === 0) return { isPlayed: false, sentences };
  playPoints(store, values, { name, table, columns: [x, y], total });
  return { isPlayed: true, sentences };
}

/** Points become the data; of the GAN, where another game is played. */
export function playPoints(store: Store, values: readonly number[], origin?: Origin): void {
  const { experiment } = store.getState();
  if (datasetOfKind(experiment, 'points')) change(store, 'game.dataset.values', values);
  else {
    if (!datasetOf(experiment)) change(store, 'game', 'gan');
    change(store, 'game.dataset', { kind: 'points', values });
  }
  const played = datasetOfKind(store.getState().experiment, 'points');
  if (origin && played) origins.set(played.values, origin);
}

/** What is to be said of where points came from. */
export function originWords({ name, table, total }: Origin): string[] {
  return [
    ...(name ? [say.opened(name)] : []),
    ...(table.hasHeader ? [say.header(table.names)] : []),
    ...(total > MOST_POINTS ? [say.thinned(MOST_POINTS, total)] : []),
  ];
}

const refused = (sentence: string): Opened => ({ isPlayed: false, sentences: [sentence] });
