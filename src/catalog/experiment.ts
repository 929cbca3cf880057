/** The settings of a whole run: one choice of each kind. The one declaration that every face of Saddle reads. */
import { choice, group, integer, type Values } from '../settings/index.ts';
import { adjustments } from './adjustments/index.ts';
import { averages } from './averages/index.ts';
import { clippings } from './clippings/index.ts';
import { constraints } from './constraints/index.ts';
import { foresights } from './foresights/index.ts';
import { games } from './games/index.ts';
import { lookaheads } from './lookaheads/index.ts';
import { rules } from './rules/index.ts';
import { schedules } from './schedules/index.ts';
import { schemes } from './schemes/index.ts';

const rule = (player: string) =>
  choice({
    label: `${player} rule`,
    summary: `How the ${player} turns its gradient into a step.`,
    entries: rules,
    default: 'adam',
    live: true,
  });

export const experiment = group({
  seed: integer({
    label: 'seed',
    summary: 'Names the random numbers: the same seed gives the same run, everywhere.',
    default: 0,
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
    live: false,
  }),
  game: choice({ label: 'game', summary: 'What is played.', entries: games, default: 'gan' }),
  scheme: choice({
    label: 'scheme',
    summary: 'Where, and in which order, the players read the field.',
    entries: schemes,
    default: 'simultaneous',
    live: true,
  }),
  generator: rule('generator'),
  discriminator: rule('discriminator'),
  foresight: choice({
    label: 'foresight',
    summary: 'How far the generator looks ahead of the discriminator.',
    entries: foresights,
    default: 'none',
    live: true,
  }),
  adjustment: choice({
    label: 'adjustment',
    summary: 'What the field is bent by before the players follow it.',
    entries: adjustments,
    default: 'none',
    live: true,
  }),
  clipping: choice({
    label: 'gradient clipping',
    summary: 'What becomes of gradients that are too long.',
    entries: clippings,
    default: 'none',
    live: true,
  }),
  schedule: choice({
    label: 'rate schedule',
    summary: 'How both learning rates change over time.',
    entries: schedules,
    default: 'none',
    live: true,
  }),
  constraint: choice({
    label: 'constraint',
    summary: 'Where the parameters are kept.',
    entries: constraints,
    default: 'none',
    live: true,
  }),
  lookahead: choice({
    label: 'lookahead',
    summary: 'Going part of the way back every few steps.',
    entries: lookaheads,
    default: 'none',
    live: true,
  }),
  averaging: choice({
    label: 'averaging',
    summary: 'A mean of the points passed, beside the run.',
    entries: averages,
    default: 'none',
    live: true,
  }),
});

export type Experiment = Values<typeof experiment>;

/** The parts of an experiment that say how it is played, not what. */
export const optimizerParts = [
  'scheme',
  'generator',
  'discriminator',
  'foresight',
  'adjustment',
  'clipping',
  'schedule',
  'constraint',
  'lookahead',
  'averaging',
] as const satisfies readonly (keyof Experiment)[];

/** The parts of an optimizer that keep a memory. */
export const parts = [
  'scheme',
  'generator',
  'discriminator',
  'adjustment',
  'lookahead',
  'averaging',
] as const;
export type Part = (typeof parts)[number];
