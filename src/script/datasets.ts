/** What each dataset draws, as Python: `count` samples [count, dimension] from streams. */
import { centresText, type DataText, float32 } from './mixtures.ts';

/** By the dataset's name. Numbers are read from `dataset`. */
export const datasets: Readonly<Record<string, DataText>> = {
  ring: (settings) => ({
    helpers: ['mixture'],
    text: `
def centres():
    """Of the Gaussians, on a circle."""
    angle = 2 * math.pi * np.arange(dataset.modes) / dataset.modes
    circle = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return ${float32('dataset.radius * circle')}


def data(count):
    """Samples of a ring of Gaussians."""
    return mixture(centres(), dataset.spread, count, balanced=${settings.balanced ? 'True' : 'False'})
`,
  }),
  grid: (settings) => ({
    helpers: ['mixture'],
    text: `
def centres():
    """Of the Gaussians, on a square lattice."""
    k = np.arange(dataset.side**2)
    places = np.stack([k % dataset.side, k // dataset.side], axis=1)
    return ${float32('dataset.distance * (places - (dataset.side - 1) / 2)')}


def data(count):
    """Samples of a lattice of Gaussians."""
    return mixture(centres(), dataset.spread, count, balanced=${settings.balanced ? 'True' : 'False'})
`,
  }),
  gaussians: (settings) => ({
    helpers: ['mixture'],
    text: `
${centresText(settings.centres as readonly number[], 2)}

def data(count):
    """Samples of Gaussians anywhere."""
    return mixture(CENTRES, dataset.spread, count, balanced=${settings.balanced ? 'True' : 'False'})
`,
  }),
  line: (settings) => ({
    helpers: ['mixture'],
    text: `
${centresText(settings.centres as readonly number[], 1)}

def data(count):
    """Samples of Gaussians on a line."""
    return mixture(CENTRES, dataset.spread, count, balanced=${settings.balanced ? 'True' : 'False'})
`,
  }),
  moons: () => ({
    helpers: ['moons'],
    text: `
def data(count):
    """Samples of two moons."""
    place = stream("data.place").uniforms(count)
    return moons(stream("data").normals(2 * count).reshape(count, 2), place, dataset.noise)
`,
  }),
  swissRoll: () => ({
    text: `
def data(count):
    """Samples of a spiral of one and a half turns, divided to about unit size."""
    jitter = dataset.noise * stream("data").normals(2 * count).reshape(count, 2)
    t = 1.5 * math.pi * (1 + 2 * stream("data.place").uniforms(count))
    roll = np.stack([t * np.cos(t), t * np.sin(t)], axis=1)
    return ${float32('(roll + jitter) / 7.5')}
`,
  }),
  pinwheel: () => ({
    text: `
def data(count):
    """Samples of arms that bend the further out they reach."""
    normals = stream("data").normals(2 * count).reshape(count, 2)
    along, across = 1 + 0.3 * normals[:, 0], 0.1 * normals[:, 1]
    angle = 2 * math.pi * (np.arange(count) % dataset.arms) / dataset.arms + dataset.bend * np.exp(along)
    x = along * np.cos(angle) - across * np.sin(angle)
    y = along * np.sin(angle) + across * np.cos(angle)
    return ${float32('np.stack([x, y], axis=1)')}
`,
  }),
  checkerboard: () => ({
    text: `
def data(count):
    """Samples of every other square of a board."""
    place = stream("data.place").uniforms(2 * count).reshape(count, 2)
    square = 2 * stream("data.mode").integers(count, math.ceil(dataset.side**2 / 2))
    if dataset.side % 2 == 0:
        square = square + (square // dataset.side) % 2
    corner = np.stack([square % dataset.side, square // dataset.side], axis=1)
    return ${float32('2 * (corner + place) / dataset.side - 1')}
`,
  }),
  drawn: (settings) => {
    const weights = settings.weights as readonly number[];
    return {
      arrays: { WEIGHTS: { values: weights, shape: [weights.length] } },
      text: `
def data(count):
    """Samples of a drawn density: weights of the cells of a square grid, uniform within each."""
    side = math.ceil(math.sqrt(len(WEIGHTS)))
    total = WEIGHTS.sum()
    ends = np.cumsum(WEIGHTS / total if total > 0 else np.full(len(WEIGHTS), 1 / len(WEIGHTS)))
    place = stream("data.place").uniforms(2 * count).reshape(count, 2)
    level = stream("data.mode").uniforms(count)
    cell = np.minimum(np.searchsorted(ends, level, side="right"), len(WEIGHTS) - 1)
    corner = np.stack([cell % side, cell // side], axis=1)
    return ${float32('2 * (corner + place) / side - 1')}
`,
    };
  },
  points: (settings) => {
    const values = (settings.values as readonly number[]).map(Math.fround);
    const pairs = values.length % 2 === 0 ? values : [...values, 0];
    return {
      arrays: { POINTS: { values: pairs, shape: [pairs.length / 2, 2] } },
      text: `
def data(count):
    """Samples of a finite set of points, with a little jitter."""
    jitter = dataset.noise * stream("data").normals(2 * count).reshape(count, 2)
    chosen = stream("data.mode").integers(count, len(POINTS))
    return ${float32('POINTS[chosen] + jitter')}
`,
    };
  },
};
