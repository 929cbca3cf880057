/** Variance-reduced extragradient: a snapshot's full gradient takes the noise out of each reading. */
import { addScaled, type Vector } from '../../math/vector.ts';
import { group, integer, toggle } from '../../settings/index.ts';
import { defineScheme } from '../kinds.ts';

export const svre = defineScheme({
  name: 'svre',
  label: 'Variance-reduced extragradient',
  summary:
    'Corrects each reading by a snapshot’s full gradient (where data have no end, by that of one batch). With restarts of the average it converges on noisy rotations.',
  source: 'Chavdarova et al. 2019 (arXiv:1904.08598), algorithm 1',
  formula: 'd(w) = Fᵢ(w) − Fᵢ(ŵ) + F(ŵ);  w̃ = w − η d(w);  w ← w − η d(w̃)',
  needs: ['finiteData'],
  settings: group({
    epoch: integer({
      label: 'mean epoch length',
      summary: 'Steps between snapshots, on average: drawn anew each time, geometrically.',
      default: 100,
      min: 1,
      max: 100_000,
      scale: 'log',
    }),
    extrapolate: toggle({
      label: 'extrapolate',
      summary: 'Off: variance-reduced descent without the trial step (SVRG).',
      default: true,
    }),
  }),
  period: ({ epoch }) => epoch,
  init: (size) => ({ snapshot: new Float64Array(size), full: new Float64Array(size), has: 0 }),
  step({ point, field, wholeField, change, move, scratch, memory, settings, chance }) {
    const { snapshot, full } = memory;
    if (memory.has === 0 || chance(0) < 1 / settings.epoch) {
      snapshot.set(point);
      // Games without a finite set of data have no full gradient; a batch of its own stands in.
      (wholeField ? wholeField() : field()).at(snapshot, full);
      memory.has = 1;
    }
    const reduced = (at: Vector, out: Vector): Vector => {
      const here = field();
      here.at(at, out);
      addScaled(out, here.at(snapshot, scratch(3)), -1);
      return addScaled(out, full, 1);
    };
    const trial = scratch(2);
    trial.set(point);
    if (settings.extrapolate) move(trial, change(reduced(point, scratch(0)), scratch(1)));
    move(point, change(reduced(trial, scratch(0)), scratch(1)));
  },
});
