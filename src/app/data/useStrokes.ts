/** Strokes of a drawing, each one change of the dataset, to be undone and done again. */
import { useState } from 'react';
import type { Dataset } from '../dataset.ts';

export interface Strokes {
  draw(next: Dataset): void;
  /** Undefined where there is nothing to undo; when the data became others in some other way, nothing is. */
  readonly undo: (() => void) | undefined;
  readonly redo: (() => void) | undefined;
}

interface Course {
  readonly past: readonly Dataset[];
  readonly future: readonly Dataset[];
  /** As it was put: the store's is a copy. */
  readonly present?: string;
}

export function useStrokes(dataset: Dataset, put: (next: Dataset) => void): Strokes {
  const [{ past, future, present }, setCourse] = useState<Course>({ past: [], future: [] });
  const isOurs = present === undefined || present === JSON.stringify(dataset);
  const go = (to: Dataset, rest: Omit<Course, 'present'>) => {
    setCourse({ ...rest, present: JSON.stringify(to) });
    put(to);
  };
  const before = isOurs ? past.at(-1) : undefined;
  const after = isOurs ? future.at(-1) : undefined;
  return {
    draw: (next) => go(next, { past: [...(isOurs ? past : []), dataset], future: [] }),
    undo: before && (() => go(before, { past: past.slice(0, -1), future: [...future, dataset] })),
    redo: after && (() => go(after, { past: [...past, dataset], future: future.slice(0, -1) })),
  };
}
