/** Samples at a few moments of a run, spread over its length: what a film strip shows. */

/** A moment that is kept. */
export interface Still {
  readonly step: number;
  /** Generated from the same latent points as at every other moment: positions [count, 2], or pictures. */
  readonly positions: Float64Array;
}

export interface Film {
  /** The oldest first. */
  readonly stills: readonly Still[];
  /** One still is kept of so many steps: a power of two. */
  readonly stride: number;
  note(step: number, positions: Float64Array): void;
  /** Forgets what came after a step. */
  cut(step: number): void;
  clear(): void;
}

/** The most moments that are kept; the newest one is seen beside them. */
export const MOST_STILLS = 11;

export function openFilm(most = MOST_STILLS): Film {
  let stills: readonly Still[] = [];
  let stride = 1;
  return {
    get stills() {
      return stills;
    },
    get stride() {
      return stride;
    },
    note(step, positions) {
      while (Math.floor(step / stride) >= most) stride *= 2;
      stills = thinned([...stills, { step, positions }], stride);
    },
    cut(last) {
      stills = stills.filter(({ step }) => step <= last);
    },
    clear() {
      stills = [];
      stride = 1;
    },
  };
}

/** The first still of every `stride` steps. */
export function thinned(stills: readonly Still[], stride: number): readonly Still[] {
  const slot = ({ step }: Still) => Math.floor(step / stride);
  return stills.filter((still, i) => i === 0 || slot(still) !== slot(stills[i - 1]));
}

/**
 * The films of several lanes side by side: a column for each stretch of the race in which any of them has a still,
 * `stills[lane][column]`; at most so many columns, the last of which is for the newest moment.
 */
export function aligned(
  films: readonly { readonly stills: readonly Still[]; readonly stride: number }[],
  mostColumns: number,
): readonly (readonly (Still | undefined)[])[] {
  let stride = Math.max(...films.map((film) => film.stride));
  for (;;) {
    const slot = ({ step }: Still) => Math.floor(step / stride);
    const rows = films.map(
      ({ stills }) => new Map(thinned(stills, stride).map((still) => [slot(still), still])),
    );
    const columns = [...new Set(rows.flatMap((row) => [...row.keys()]))].sort((a, b) => a - b);
    if (columns.length < Math.max(2, mostColumns)) return rows.map((row) => columns.map((at) => row.get(at)));
    stride *= 2;
  }
}
