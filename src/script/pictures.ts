/** What each set of pictures draws, as Python: `count` pictures [count, pixels] in [-1, 1] from streams. */
import { storedSets } from '../catalog/images/stored.ts';
import { type DataText, float32 } from './mixtures.ts';
import type { StoredName } from './stored.ts';

const side = ({ side: pixels }: Readonly<Record<string, unknown>>) => Number(pixels);

const stored =
  (name: StoredName): DataText =>
  ({ only }) => {
    const classes = only as readonly number[];
    const [which, among] =
      classes.length > 0
        ? [' of some classes', `np.flatnonzero(np.isin(LABELS, [${classes.join(', ')}]))`]
        : ['', 'np.arange(len(LABELS))'];
    return {
      set: name,
      text: `
def data(count):
    """Pictures${which}, each as likely as the other."""
    among = ${among}
    if dataset.most > 0:  # the first so many
        among = among[: dataset.most]
    return PICTURES[among[stream("data").integers(count, len(among))]]
`,
    };
  };

/** The middles of the pixels of a picture. */
const middles = `
def middles():
    """The middle of each pixel, row by row: to the right from 0 to 1, and down."""
    place = (np.arange(SIDE) + 0.5) / SIDE
    return np.tile(place, SIDE), np.repeat(place, SIDE)
`;

/** By the set's name. Numbers are read from `dataset`. One's own pictures are in a browser: they have no text. */
export const pictureSets: Readonly<Record<string, DataText>> = {
  ...Object.fromEntries(storedSets.map(({ name }) => [name, stored(name)])),
  stacked: () => ({
    set: 'digits8',
    text: `
def data(count):
    """Three digits each, as the channels of one picture."""
    picks = [stream(f"data.{channel}").integers(count, len(LABELS)) for channel in range(3)]
    return np.stack([PICTURES[pick] for pick in picks], axis=2).reshape(count, -1)
`,
  }),
  bars: (settings) => ({
    text: `
SIDE = ${side(settings)}


def data(count):
    """Lines across or lines down, each white or black; all black and all white are counted once."""
    across = 2**dataset.lines
    pick = stream("data").integers(count, 2 * (across - 2) + 2)[:, None]
    is_down = pick >= across
    white = np.where(is_down, pick - across + 1, pick)  # a bit for each line, the first one highest
    line = np.arange(SIDE) * dataset.lines // SIDE
    line = np.where(is_down, np.tile(line, SIDE), np.repeat(line, SIDE))
    return 2.0 * (white >> (dataset.lines - 1 - line) & 1) - 1
`,
  }),
  shapes: (settings) => ({
    text: `
SIDE = ${side(settings)}


def data(count):
    """A disc, a square, a triangle or a cross, of random size and place; the edge is one pixel wide."""
    pick = stream("data.mode").integers(count, 4)
    size, right, up = stream("data").uniforms(3 * count).reshape(count, 3).T
    half = SIDE / 2 * (dataset.smallest + (dataset.largest - dataset.smallest) * size)
    room = SIDE / 2 - half
    k = np.arange(SIDE * SIDE)
    pictures = np.empty((count, SIDE * SIDE))
    for i in range(count):
        x = (k % SIDE + 0.5 - (SIDE / 2 + room[i] * (2 * right[i] - 1))) / half[i]
        y = (SIDE / 2 + room[i] * (2 * up[i] - 1) - k // SIDE - 0.5) / half[i]
        a, b = abs(x), abs(y)
        inside = (
            1 - np.sqrt(x * x + y * y),
            0.9 - np.maximum(a, b),
            np.minimum(0.8 + y, 0.5 * (1 - y) - a),
            np.maximum(np.minimum(0.35 - a, 1 - b), np.minimum(0.35 - b, 1 - a)),
        )[pick[i]]
        pictures[i] = np.clip(2 * half[i] * inside, -1, 1)
    return ${float32('pictures')}
`,
  }),
  gratings: (settings) => ({
    text: `
SIDE = ${side(settings)}

${middles.trim()}


def data(count):
    """Waves of one length in a few directions, shifted at random."""
    angle = math.pi * stream("data.mode").integers(count, dataset.directions)[:, None] / dataset.directions
    shift = stream("data").uniforms(count)[:, None]
    right, down = middles()
    along = np.cos(angle) * (right - 0.5) + np.sin(angle) * (0.5 - down)
    return ${float32('np.sin(2 * math.pi * (dataset.waves * along + shift))')}
`,
  }),
};
