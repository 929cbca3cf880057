/** Grafting: the length of one rule's step in the direction of another's. */
import { norm } from '../../math/vector.ts';
import { choice, group } from '../../settings/index.ts';
import { defineRule, type Rule } from '../kinds.ts';
import { adagrad } from './adagrad.ts';
import { adam } from './adam.ts';
import { momentum } from './momentum.ts';
import { blocksOf, layerwise, normalized } from './normalized.ts';
import { optimisticAdam } from './optimisticAdam.ts';
import { radam } from './radam.ts';
import { rmsprop } from './rmsprop.ts';
import { sgd } from './sgd.ts';

const grafted = [adam, sgd, momentum, rmsprop, adagrad, radam, optimisticAdam, normalized] as const;
const ruleOf = ({ kind }: { kind: string }) =>
  grafted.find((entry) => entry.name === kind) as unknown as Rule;

/** Keeps the division safe where the direction vanishes. */
const GUARD = 1e-16;

export const graft = defineRule({
  name: 'graft',
  label: 'Grafted',
  summary:
    'The length of one rule’s step, the direction of another’s. Adam’s length with SGD’s direction is AdaLR.',
  source:
    'Agarwal et al. 2020 (arXiv:2002.11803), section 2; in GANs: Jelassi et al. 2022 (arXiv:2210.04319)',
  formula: 'w ← w + ‖a‖ b / ‖b‖,  a and b the changes of two rules',
  linear: false,
  settings: group({
    magnitude: choice({
      label: 'length of',
      summary: 'The rule whose step sets the length.',
      entries: grafted,
      default: 'adam',
      live: true,
    }),
    direction: choice({
      label: 'direction of',
      summary: 'The rule whose step sets the direction.',
      entries: grafted,
      default: 'sgd',
      live: true,
    }),
    whose: layerwise,
  }),
  rate: ({ magnitude }) => magnitude.learningRate,
  init: (size, { magnitude, direction }) => ({
    magnitude: ruleOf(magnitude).init(size, magnitude),
    direction: ruleOf(direction).init(size, direction),
    length: new Float64Array(size),
  }),
  update(gradient, memory, { magnitude, direction, whose }, change, at) {
    ruleOf(magnitude).update(gradient, memory.magnitude, magnitude, memory.length, at);
    ruleOf(direction).update(gradient, memory.direction, direction, change, at);
    blocksOf(gradient.length, at.layerEnds, whose, (begin, end) => {
      const factor = norm(memory.length.subarray(begin, end)) / (norm(change.subarray(begin, end)) + GUARD);
      for (let i = begin; i < end; i++) change[i] *= factor;
    });
  },
});
