/** What a watcher is: something that looks at what was seen of a run, and speaks when there is something to say. */
import type { Evidence } from './evidence.ts';

/** What a watcher has to say: a reading, so a type rather than an interface, which could be extended. */
export type Notice = {
  readonly watcher: string;
  /** The step since which it is so, as far as was seen. */
  readonly since: number;
  /** The numbers that it rests on, by name. */
  readonly figures: Readonly<Record<string, number>>;
  /** What is, with its numbers. */
  readonly sentence: string;
  /** What to try; settings by their dotted paths. */
  readonly advice: string;
};

export interface Watcher {
  readonly name: string;
  readonly label: string;
  readonly summary: string;
  look(evidence: Evidence): Omit<Notice, 'watcher'> | undefined;
}

export const defineWatcher = (watcher: Watcher) => watcher;
