/** Where a run begins, as Python: values drawn again from their streams, or written out. */
import type { Experiment } from '../catalog/experiment.ts';
import { initialisers } from '../catalog/initialisers/index.ts';
import type { Initial, Initialiser } from '../catalog/kinds.ts';
import { type Shape, sizeOf } from '../expr/index.ts';
import { stream } from '../math/random.ts';
import { arrayText, numberText, tupleText } from './words.ts';

/** First values, flat or in their shape, and the function that they need. */
export interface StartText {
  readonly expression: string;
  readonly helper?: string;
}

/** What an initialiser makes of the stream `random`, as an array [inputs, outputs]. */
type InitialiserText = (
  random: string,
  shape: Shape,
  settings: Readonly<Record<string, unknown>>,
) => StartText;

const deviates = (random: string, shape: Shape, factor: number): StartText => ({
  expression: `${numberText(factor)} * ${random}.normals(${sizeOf(shape)}).reshape(${tupleText(shape)})`,
});

/** By the initialiser's name. */
export const initialiserTexts: Readonly<Record<string, InitialiserText>> = {
  glorot(random, [inputs, outputs], { gain, shape }) {
    const factor = gain as number;
    const variance = (factor * factor * 2) / (inputs + outputs);
    if (shape === 'normal') return deviates(random, [inputs, outputs], Math.sqrt(variance));
    return {
      expression: `glorot(${random}, ${inputs}, ${outputs}, gain=${numberText(factor)})`,
      helper: `
def glorot(random, inputs, outputs, gain):
    """Uniform with variance 2 gain^2 / (inputs + outputs): Glorot and Bengio 2010, equation 16."""
    bound = math.sqrt(3 * ((gain * gain * 2) / (inputs + outputs)))
    return bound * (2 * random.uniforms(inputs * outputs).reshape(inputs, outputs) - 1)
`,
    };
  },
  he: (random, shape, { gain }) => deviates(random, shape, (gain as number) * Math.sqrt(2 / shape[0])),
  normal: (random, shape, { deviation }) => deviates(random, shape, deviation as number),
  orthogonal: (random, [inputs, outputs], { gain }) => ({
    expression: `orthogonal(${random}, ${inputs}, ${outputs}, gain=${numberText(gain as number)})`,
    helper: `
def orthogonal(random, inputs, outputs, gain):
    """Orthonormal rows or columns, whichever are fewer, by Gram and Schmidt: Saxe et al. 2014."""
    out = random.normals(inputs * outputs).reshape(inputs, outputs)
    rows = out if inputs <= outputs else out.T
    for v in range(len(rows)):
        for _ in range(2):  # twice, for rounding
            for u in range(v):
                rows[v] -= (rows[u] @ rows[v]) * rows[u]
            rows[v] /= math.sqrt(rows[v] @ rows[v])
    return gain * out
`,
  }),
};

/** Lists up to this long are written out even where they could be drawn. */
const FEW = 3;

/** The first values of a block that is filled from a stream. Whatever the words say, the values are these. */
export function startText(
  seed: number,
  purpose: string,
  shape: Shape,
  initial: Initial,
  game: Experiment['game'],
): StartText {
  const size = sizeOf(shape);
  const values = new Float64Array(size);
  initial(stream(seed, purpose), shape, values);
  if (values.every((value) => value === values[0])) {
    const [value] = values;
    if (shape.length === 0) return { expression: numberText(value) };
    return {
      expression:
        value === 0 ? `np.zeros(${tupleText(shape)})` : `np.full(${tupleText(shape)}, ${numberText(value)})`,
    };
  }
  const random = `Stream(SEED, "${purpose}")`;
  const same = (other: ArrayLike<number>) => values.every((value, i) => value === other[i]);
  if (size > FEW) {
    const drawn = stream(seed, purpose).normals(new Float64Array(size));
    if (same(drawn)) return { expression: `${random}.normals(${size}).reshape(${tupleText(shape)})` };
    for (const chosen of initialisersOf(game)) {
      // The first scales of normalisation are about 1, as far from it as weights are from 0.
      const { deviation } = chosen as { deviation?: number };
      if (deviation !== undefined && values.every((value, i) => value === 1 + deviation * drawn[i]))
        return { expression: `1 + ${deviates(random, shape, deviation).expression}` };
      if (shape.length < 2) continue;
      // Filters [height, width, from, to] are a matrix [all that is summed, to].
      const columns = shape[shape.length - 1];
      const matrix = [size / columns, columns];
      const entry = initialisers.find(({ name }) => name === chosen.kind) as unknown as Initialiser;
      const out = new Float64Array(size);
      entry.fill(stream(seed, purpose), matrix[0], matrix[1], chosen, out);
      const text = initialiserTexts[chosen.kind];
      if (!text || !same(out)) continue;
      const made = text(random, matrix, chosen);
      if (shape.length === 2) return made;
      if (!made.helper) continue;
      return { ...made, expression: `${made.expression}.reshape(${tupleText(shape)})` };
    }
    const factor = shortestFactor(values, drawn);
    if (factor !== undefined) return deviates(random, shape, factor);
    const level = stream(seed, purpose)
      .uniforms(new Float64Array(size))
      .map((value) => 2 * value - 1);
    const bound = shortestFactor(values, level);
    if (bound !== undefined)
      return {
        expression: `${numberText(bound)} * (2 * ${random}.uniforms(${size}).reshape(${tupleText(shape)}) - 1)`,
      };
  }
  return { expression: arrayText(values, shape) };
}

/** Streams of which a game makes constants, by its name: the purposes; their seed is the game's instance. */
const drawnConstants: Readonly<Record<string, readonly string[]>> = {
  stochasticBilinear: ['stochasticBilinear.a', 'stochasticBilinear.b'],
};

/** A constant of a game: drawn again from its stream where it comes from one, else written out. */
export function constantText(values: ArrayLike<number>, shape: Shape, game: Experiment['game']): string {
  const numbers = Float64Array.from(values);
  const { instance } = game as { instance?: number };
  for (const purpose of drawnConstants[game.kind] ?? []) {
    const drawn = stream(instance as number, purpose).normals(new Float64Array(numbers.length));
    const factor = shortestFactor(numbers, drawn);
    if (factor === undefined) continue;
    return deviates(`Stream(${instance}, "${purpose}")`, shape, factor).expression;
  }
  return arrayText(numbers, shape);
}

/** The number, if there is one, by which all of these are products: the one with the fewest digits. */
function shortestFactor(values: Float64Array, drawn: Float64Array): number | undefined {
  // A quotient is rounded: of some of them one is the factor.
  const ratios = values.subarray(0, 32).map((value, i) => value / drawn[i]);
  for (let digits = 1; digits <= 17; digits++) {
    for (const ratio of digits < 17 ? ratios.subarray(0, 1) : ratios) {
      const factor = Number(ratio.toPrecision(digits));
      if (values.every((value, i) => value === factor * drawn[i])) return factor;
    }
  }
  return undefined;
}

type Chosen = { readonly kind: string } & Readonly<Record<string, unknown>>;

/** Every initialiser that a game has chosen, wherever in its settings. */
function initialisersOf(settings: unknown): Chosen[] {
  if (typeof settings !== 'object' || settings === null) return [];
  return Object.entries(settings).flatMap(([name, value]) =>
    name === 'initialiser' ? [value as Chosen] : initialisersOf(value),
  );
}
