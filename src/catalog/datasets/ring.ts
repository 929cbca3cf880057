/** Gaussians on a circle: the standard test for mode collapse. */
import { group, integer, number, toggle } from '../../settings/index.ts';
import { defineDataset } from '../kinds.ts';

export const ring = defineDataset({
  name: 'ring',
  label: 'Ring of Gaussians',
  summary: 'Equal Gaussians on a circle. A generator that collapses leaves some of them out.',
  source:
    'Metz et al. 2017 (arXiv:1611.02163), section 3.1; Mescheder et al. 2017 (arXiv:1705.10461), section 6.1',
  settings: group({
    modes: integer({
      label: 'modes',
      summary: 'How many Gaussians.',
      default: 8,
      min: 1,
      max: 100,
      live: false,
    }),
    radius: number({
      label: 'radius',
      summary: 'Of the circle.',
      default: 1,
      min: 0.1,
      max: 10,
      live: false,
    }),
    spread: number({
      label: 'spread',
      summary: 'Standard deviation of each Gaussian.',
      default: 0.05,
      min: 0.0001,
      max: 1,
      scale: 'log',
      live: false,
    }),
    balanced: toggle({
      label: 'balanced',
      summary: 'Take the Gaussians in turn, so that each has its share of every batch.',
      default: true,
      live: false,
    }),
  }),
  // Past four deviations a sample in 3,000 lies; a quarter more for what the generator does at first.
  extent: ({ radius, spread }) => 1.25 * (radius + 4 * spread),
  modes: (settings) => ({ centres: centresOf(settings), spread: settings.spread }),
  fill(streams, count, settings, out) {
    const { modes, spread, balanced } = settings;
    const centres = centresOf(settings);
    streams('data').normals(out);
    const chosen = new Int32Array(count);
    const choices = streams('data.mode');
    if (balanced) {
      // In turn from anywhere, so that batches that do not divide evenly favour no mode in the long run.
      const [first] = choices.integers(new Int32Array(1), modes);
      for (let i = 0; i < count; i++) chosen[i] = (first + i) % modes;
    } else choices.integers(chosen, modes);
    for (let i = 0; i < count; i++) {
      for (let axis = 0; axis < 2; axis++) {
        const at = 2 * i + axis;
        out[at] = Math.fround(centres[2 * chosen[i] + axis] + spread * out[at]);
      }
    }
  },
});

/** Rounded to float32: sine and cosine may differ between browsers, but not by that much. */
function centresOf({ modes, radius }: { modes: number; radius: number }): Float64Array {
  const centres = new Float64Array(2 * modes);
  for (let k = 0; k < modes; k++) {
    const angle = (2 * Math.PI * k) / modes;
    centres[2 * k] = Math.fround(radius * Math.cos(angle));
    centres[2 * k + 1] = Math.fround(radius * Math.sin(angle));
  }
  return centres;
}
