/** What a game draws for each reading of its field, as Python: one text for each draw of each game. */
import type { Experiment } from '../catalog/experiment.ts';
import type { Draw } from '../catalog/kinds.ts';
import { sizeOf } from '../expr/index.ts';
import { datasets } from './datasets.ts';
import { type ArrayOf, type DataText, dataHelpers, float32 } from './mixtures.ts';
import { pictureSets } from './pictures.ts';
import type { StoredName } from './stored.ts';
import { numberText, tupleText } from './words.ts';

export type Game = Experiment['game'] & Readonly<Record<string, unknown>>;

/** How one draw is made: an expression, and the functions and arrays that it needs. */
export interface DrawText {
  readonly expression: string;
  readonly helpers?: readonly string[];
  readonly arrays?: Readonly<Record<string, ArrayOf>>;
  /** The stored set that it is drawn from. */
  readonly set?: StoredName;
}

type Write = (draw: Draw, game: Game) => DrawText | undefined;

const shaped = (text: string, { shape }: Draw) => `${text}.reshape(${tupleText(shape)})`;
const normals = (draw: Draw) => shaped(`stream("${draw.name}").normals(${sizeOf(draw.shape)})`, draw);
const uniforms = (draw: Draw) => shaped(`stream("${draw.name}").uniforms(${sizeOf(draw.shape)})`, draw);
const formOf = (game: Game) => (game.penalty as { form?: string } | undefined)?.form;

/** The draws of the penalties, in whatever game. */
const ofPenalties: Readonly<Record<string, Write>> = {
  mix: (draw) => ({ expression: uniforms(draw) }),
  share: (draw) => ({ expression: uniforms(draw) }),
  perturbation: (draw, game) => {
    const form = formOf(game);
    if (form === 'paper' || form === 'slides') return { expression: normals(draw) };
    return { expression: form === 'symmetric' ? `2 * ${uniforms(draw)} - 1` : uniforms(draw) };
  },
};

/** The draws of a GAN whose data are of one of these sets. */
const ofAdversaries = (sets: Readonly<Record<string, DataText>>): Readonly<Record<string, Write>> => ({
  ...ofPenalties,
  real: (draw, game) => {
    const dataset = game.dataset as { kind: string } & Readonly<Record<string, unknown>>;
    const made = sets[dataset.kind]?.(dataset);
    if (!made) return undefined;
    const { text, helpers = [], arrays, set } = made;
    const pack = (game.regularisation as { packing: number }).packing;
    const isPacked = Math.min(pack, draw.shape[0]) > 1;
    const data = `data(${draw.shape[0]})`;
    return {
      expression: isPacked ? `shuffled(${data}, stream("data.order"))` : data,
      helpers: [...helpers.map((name) => dataHelpers[name]), text, ...(isPacked ? [shuffled] : [])],
      arrays,
      set,
    };
  },
  latent: (draw, game) => ({
    expression: game.latent === 'normal' ? normals(draw) : `2 * ${uniforms(draw)} - 1`,
  }),
  'noise.real': (draw) => ({ expression: normals(draw) }),
  'noise.fake': (draw) => ({ expression: normals(draw) }),
});

/** By the game's name and the draw's. */
const draws: Readonly<Record<string, Readonly<Record<string, Write>>>> = {
  gan: ofAdversaries(datasets),
  images: ofAdversaries(pictureSets),
  dirac: {
    ...ofPenalties,
    real: ({ shape }) => ({ expression: `np.zeros(${tupleText(shape)})` }),
  },
  twoTimescale: { noise: (draw) => ({ expression: normals(draw) }) },
  stochasticBilinear: {
    terms: ({ shape: [n] }, game) => {
      const size = Math.min(game.batchSize as number, n);
      const share = game.reduction === 'summed' ? 1 : 1 / size;
      if (size === n) return { expression: `np.full(${n}, ${numberText(share)})` };
      return {
        expression: `${share === 1 ? '' : `${numberText(share)} * `}np.bincount(stream("data").integers(${size}, ${n}), minlength=${n})${share === 1 ? '.astype(np.float64)' : ''}`,
      };
    },
  },
  domains: {
    source: (draw, game) => pickRows(draw, game),
    target: (draw, game) => pickRows(draw, game),
  },
};

/** The text of a draw; undefined for one that nobody has written down in Python. */
export function drawText(draw: Draw, game: Game): DrawText | undefined {
  return draws[game.kind]?.[draw.name]?.(draw, game);
}

/** The draws that stand for all of the data at once, by game and name. */
const wholes: Readonly<Record<string, Readonly<Record<string, (draw: Draw, game: Game) => string>>>> = {
  stochasticBilinear: {
    terms: ({ shape: [n] }, game) => {
      const size = Math.min(game.batchSize as number, n);
      return `np.full(${n}, ${game.reduction === 'summed' ? `${size} / ${n}` : `1 / ${n}`})`;
    },
  },
};

export const wholeText = (draw: Draw, game: Game): string | undefined =>
  wholes[game.kind]?.[draw.name]?.(draw, game);

const shuffled = `
def shuffled(rows, order):
    """Rows in a random order (Fisher and Yates 1938): what is judged together must be independent."""
    levels = order.uniforms(len(rows))
    for i in range(len(rows) - 1, 0, -1):
        other = math.floor(levels[i] * (i + 1))
        rows[[i, other]] = rows[[other, i]]
    return rows
`;

function pickRows({ name, shape: [size] }: Draw, game: Game): DrawText {
  return {
    expression: `${name.toUpperCase()}[stream("${name}").integers(${size}, ${game.count})]`,
    helpers: [
      dataHelpers.moons,
      domain(game),
      `\n${name.toUpperCase()} = domain("${name}", turned=${name === 'target' ? 'True' : 'False'})\n`,
    ],
  };
}

const domain = ({ count, noise, instance, turn }: Game) => `
def domain(name, turned):
    """Labelled moons, centred and doubled; those of the target are turned by ${turn} degrees."""
    count = ${count}
    normals = Stream(${instance}, f"domains.{name}.data").normals(2 * count).reshape(count, 2)
    place = (np.arange(count) // 2) / max(1, math.ceil(count / 2) - 1)
    x, y = 2 * moons(normals, place, ${numberText(noise as number)}).T
    angle = ${numberText(turn as number)} * math.pi / 180
    if turned:
        x, y = math.cos(angle) * x - math.sin(angle) * y, math.sin(angle) * x + math.cos(angle) * y
    label = np.arange(count) % 2
    return ${float32('np.stack([x, y, label], axis=1)')}
`;
