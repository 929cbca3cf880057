/** What several datasets are drawn with, as Python: mixtures of Gaussians, and moons. */
import type { StoredName } from './stored.ts';
import { arrayText } from './words.ts';

/** An array that the text reads by name. */
export interface ArrayOf {
  readonly values: ArrayLike<number>;
  readonly shape: readonly number[];
}

/** How to draw data: a function `data(count)`. */
export type DataText = (settings: Readonly<Record<string, unknown>>) => {
  readonly text: string;
  readonly helpers?: readonly (keyof typeof dataHelpers)[];
  readonly arrays?: Readonly<Record<string, ArrayOf>>;
  /** The text reads its pictures, PICTURES, and the class of each, LABELS. */
  readonly set?: StoredName;
};

/** Rounded to float32, as all of Saddle's data are: devices of either precision hold the same numbers. */
export const float32 = (expression: string) => `np.float32(${expression}).astype(np.float64)`;

/** Given centres; in the plane they are rounded, and a last number without a partner is an x at y = 0. */
export function centresText(centres: readonly number[], dimension: 1 | 2): string {
  const even = centres.length % dimension === 0 ? centres : [...centres, 0];
  const values = dimension === 2 ? even.map(Math.fround) : even;
  return `CENTRES = ${arrayText(values, [even.length / dimension, dimension])}\n`;
}

export const dataHelpers = {
  mixture: `
def mixture(centres, spread, count, balanced):
    """Samples of equal Gaussians; balanced ones take the centres in turn, from anywhere on."""
    modes, dimension = centres.shape
    normals = stream("data").normals(count * dimension).reshape(count, dimension)
    if balanced:
        chosen = (stream("data.mode").integers(1, modes) + np.arange(count)) % modes
    else:
        chosen = stream("data.mode").integers(count, modes)
    return ${float32('centres[chosen] + spread * normals')}
`,
  moons: `
def moons(normals, place, noise):
    """Two half circles that reach into each other; the lower one is the upper one turned and moved."""
    lower = np.arange(len(place)) % 2 == 1
    x, y = np.cos(math.pi * place), np.sin(math.pi * place)
    curve = np.stack([np.where(lower, 0.5 - x, x - 0.5), np.where(lower, 0.25 - y, y - 0.25)], axis=1)
    return ${float32('curve + noise * normals')}
`,
} as const;
