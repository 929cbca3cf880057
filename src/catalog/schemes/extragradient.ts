/** A trial step to see where the field leads, then the real step with the field from there. */
import { group, number, pick, toggle } from '../../settings/index.ts';
import { defineScheme, type RuleMemories } from '../kinds.ts';

export const extragradient = defineScheme({
  name: 'extragradient',
  label: 'Extragradient',
  summary: 'Looks one step ahead and moves by the field found there: converges on rotations while η·|λ| < 1.',
  source:
    'Korpelevich 1976; for GANs: Gidel et al. 2019 (arXiv:1802.10551), equations 9 and 10; separate moments: code of Chavdarova et al. 2021',
  formula: 'w̃ = w − η F(w);  w ← w − η F(w̃)',
  settings: group({
    extrapolation: number({
      label: 'extrapolation length',
      summary: 'The length of the trial step, in units of the real one.',
      default: 1,
      min: 0,
      max: 10,
    }),
    sameBatch: toggle({
      label: 'same batch',
      summary: 'Read the field on the same batch twice, instead of on a fresh one.',
      default: false,
    }),
    moments: pick({
      label: 'moments',
      summary: 'Whether the trial step has its own, for rules that keep some.',
      default: 'shared',
      options: {
        shared: 'one set, moved on by both steps (Gidel’s ExtraAdam)',
        separate: 'the trial step has its own (Chavdarova’s ExtraAdam)',
      },
    }),
  }),
  init: (_size, _split, { moments }, rules): Record<string, RuleMemories> =>
    moments === 'separate' ? { trial: rules() } : {},
  step({ point, field, change, move, scratch, settings, memory }) {
    const here = field();
    const trial = scratch(2);
    trial.set(point);
    // Undefined where moments are shared: the run's own are moved on then.
    const own: RuleMemories | undefined = memory.trial;
    move(trial, change(here.at(point, scratch(0)), scratch(1), undefined, own), settings.extrapolation);
    const there = settings.sameBatch ? here : field();
    move(point, change(there.at(trial, scratch(0)), scratch(1)));
  },
});
