/** Losses that turn: the players chase each other instead of settling. */
import { periodOf } from '../../math/period.ts';
import { untried } from './advice.ts';
import { strings } from './strings.ts';
import { defineWatcher } from './watcher.ts';

/** A swing that loses more than this in each turn is on its way to settle. */
const SETTLING = 0.95;
/** A swing below this share of the loss is a ripple. */
const RIPPLE = 1e-3;
/** Shorter ones are told from steps to and fro by no series of whole steps. */
const SHORTEST = 4;
/** The periods of what was met for certain. */
const TURNS = 4;
const ADVICE = ['scheme=extragradient', 'adjustment=consensus', 'averaging=ema'];

export const cycling = defineWatcher({
  name: 'cycling',
  label: 'cycling',
  summary: 'The losses turn with a period, and their swing does not die away.',
  look({ losses, step, experiment }) {
    const { generator, discriminator } = losses();
    const found = [generator, discriminator]
      .map((series) => ({ series, turning: periodOf(series) }))
      .filter(({ series, turning }) => turning && turning.swing > RIPPLE * Math.abs(newestMean(series)))
      .sort((a, b) => (b.turning?.likeness ?? 0) - (a.turning?.likeness ?? 0))[0]?.turning;
    if (!found || found.period < SHORTEST || found.growth < SETTLING) return undefined;
    const { period, uncertainty, growth, swing } = found;
    return {
      since: Math.max(0, Math.round(step - TURNS * period)),
      figures: { period, uncertainty, growth, swing },
      sentence: strings.cycling.sentence(period, uncertainty, growth),
      advice: strings.cycling.advice(untried(experiment, ADVICE)),
    };
  },
});

/** Over about as much as periods are found in. */
function newestMean(series: Float64Array): number {
  const newest = series.subarray(-512);
  return newest.reduce((sum, value) => sum + value / newest.length, 0);
}
