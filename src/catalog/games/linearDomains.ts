/** Domain adaptation with a linear feature: every expectation, and the point where it settles, in closed form. */
import { build } from '../../expr/index.ts';
import { group, number, numbers } from '../../settings/index.ts';
import { defineGame } from '../kinds.ts';

export const linearDomains = defineGame({
  name: 'linearDomains',
  label: 'Linear domain adaptation',
  summary:
    'A feature of a true cause u and a cue v that shifts between domains: the reversed gradient unlearns the cue.',
  source:
    'the equations of Ganin et al. 2016 (arXiv:1505.07818) on the smallest linear example; a critic of means instead of a classifier',
  formula:
    'f = θ₁u + θ₂v, wanted y = u + κ v;  u ~ N(0, 1), v ~ N(0, 1) in the source, N(m, 1) in the target;  L_d = ½cφ² − φ (E_t f − E_s f);  generator: ½E_s(f − y)² − λ L_d;  discriminator: L_d',
  settings: group({
    cue: number({
      label: 'cue κ',
      summary: 'How much the label follows v in the source.',
      default: 1,
      min: -10,
      max: 10,
    }),
    shift: number({
      label: 'shift m',
      summary: 'Of v in the target.',
      default: 2,
      min: -10,
      max: 10,
    }),
    lambda: number({
      label: 'reversal λ',
      summary: 'How strongly the feature works against the critic; 0 is plain regression.',
      default: 1,
      min: 0,
      max: 100,
      scale: 'log',
      zero: true,
    }),
    cost: number({
      label: 'cost c',
      summary: 'Of a steep critic: half of it times the squared slope.',
      default: 1,
      min: 0.01,
      max: 100,
      scale: 'log',
    }),
    start: numbers({
      label: 'start (θ₁, θ₂, φ)',
      summary: 'Where the run begins.',
      default: [0, 0, 0],
      min: -100,
      max: 100,
      live: false,
    }),
  }),
  // No dials: where it settles is written down with the settings.
  write(stage, { cue, shift, lambda, cost, start }) {
    const { add, sub, mul, square, scale, constant } = build;
    const at = (value: number) => (_stream: unknown, _shape: unknown, out: Float64Array) => out.fill(value);
    const cause = stage.parameter('generator', 'cause', [], at(start[0]));
    const shifting = stage.parameter('generator', 'cue', [], at(start[1]));
    const phi = stage.parameter('discriminator', 'phi', [], at(start[2]));
    // u and v are independent, of variance one and mean zero in the source.
    const regression = scale(add(square(sub(cause, constant(1))), square(sub(shifting, constant(cue)))), 0.5);
    // The domains differ by E_t f − E_s f = m θ₂.
    const critic = sub(scale(square(phi), 0.5 * cost), scale(mul(phi, shifting), shift));
    // θ₁ = 1;  θ₂ − κ + λ m φ = 0 and c φ = m θ₂.
    const left = (cue * cost) / (cost + lambda * shift * shift);
    return {
      losses: [sub(regression, scale(critic, lambda)), critic],
      equilibria: [{ point: [1, left, (shift * left) / cost], label: 'equilibrium' }],
      picture: { kind: 'parameters' },
    };
  },
});
