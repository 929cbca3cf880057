/** The settings of a whole run: one choice of each kind. The one declaration that every face of Saddle reads. */
import { choice, group, integer, type Values } from '../settings/index.ts';
import { games } from './games/index.ts';
import { rules } from './rules/index.ts';
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
});

export type Experiment = Values<typeof experiment>;
