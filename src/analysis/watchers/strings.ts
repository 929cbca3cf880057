/** All that watchers say, in one place, so that it can be translated. */
import { count, percent, short } from '../../math/format.ts';

interface Rate {
  readonly path: string;
  readonly value: number;
}

const either = (choices: readonly string[]) => choices.join(' or ');
const both = (choices: readonly string[]) => choices.join(' and ');
const perhaps = (choices: readonly string[], rest = '') =>
  choices.length > 0 ? `Try ${either(choices)}${rest}.` : '';
/** A change of so much in each turn, or each step. */
const by = (factor: number) => {
  const share = Math.abs(factor - 1);
  return percent(share, share < 0.1 ? 1 : 0);
};
/** As many digits as are known. */
const withUncertainty = (value: number, uncertainty: number) => {
  const digits = Math.max(0, Math.ceil(-Math.log10(Math.max(uncertainty, 0.05))));
  return `${value.toFixed(digits)} ± ${Math.max(uncertainty, 10 ** -digits).toFixed(digits)}`;
};

export const strings = {
  collapse: {
    /** Samples lie on modes, but not on all of them. */
    modes: (covered: number, total: number, steps: number, quality: number) =>
      `${covered} of ${total} modes found for ${count(steps)} steps and no more; ${percent(quality)} of samples are near one.`,
    /** Samples gather at modes, but miss them. */
    gathered: (approached: number, total: number, steps: number, quality: number) =>
      `All samples gather at ${approached} of ${total} modes, for ${count(steps)} steps; ${percent(quality)} are near one.`,
    /** Of pictures; `real` is how many classes as many real ones show. */
    classes: (covered: number, total: number, steps: number, real: number) =>
      `${count(covered)} of ${count(total)} classes found for ${count(steps)} steps and no more${
        real < total ? `; as many real pictures show ${count(real)}` : ''
      }.`,
    rotating: (
      now: number,
      visited: number,
      total: number,
      steps: number,
      moves: number,
      isOfPictures: boolean,
    ) => {
      const [one, all] = isOfPictures ? ['class', 'classes'] : ['mode', 'modes'];
      return `The generator moves from ${one} to ${one}: at ${now} of ${total} ${all} now, at ${visited} in turn, with ${moves} moves in ${count(steps)} steps.`;
    },
    advice: (choices: readonly string[]) => perhaps(choices, ', against mode collapse'),
  },
  cycling: {
    sentence: (period: number, uncertainty: number, growth: number) => {
      const turning = `The losses turn with a period of ${withUncertainty(period, uncertainty)} steps`;
      if (growth > 1.02) return `${turning}, their swing growing by ${by(growth)} a turn.`;
      if (growth < 0.98) return `${turning}, their swing shrinking by ${by(growth)} a turn.`;
      return `${turning}, their swing steady.`;
    },
    advice: (choices: readonly string[]) => perhaps(choices, ', against turning in circles'),
  },
  divergence: {
    /** Rate times eigenvalue, where a smaller rate helps. */
    rate: (step: number, size: number, limit: number) =>
      `Diverged at step ${count(step)}: rate × largest eigenvalue is ${short(size)}, the limit is ${short(limit, 2)}.`,
    rotation: (step: number, size: number) =>
      `Diverged at step ${count(step)}: rate × largest eigenvalue is ${short(size)}, and on a rotation the limit of this scheme is 0.`,
    repelled: (step: number, size: number) =>
      `Diverged at step ${count(step)}: rate × largest eigenvalue is −${short(size)}, so the game itself leads away, at every rate.`,
    overflow: (step: number, player: string, largest: number) =>
      `Diverged at step ${count(step)}: the ${player}’s step left the range of numbers, from parameters up to ${short(largest, 2)}.`,
    vanished: (step: number, discriminator: number, generator: number) =>
      `Diverged at step ${count(step)}: the discriminator’s gradient had vanished (${short(discriminator, 2)}, the generator’s ${short(generator, 2)}), so nothing held the generator.`,
    growing: (from: number, to: number, steps: number, size?: number, limit?: number) =>
      `On the way to diverging: the gradient has grown from ${short(from, 2)} to ${short(to, 2)} in ${count(steps)} steps${
        size === undefined || limit === undefined
          ? ''
          : `; rate × largest eigenvalue is ${short(size)}, the limit is ${short(limit, 2)}`
      }.`,
    smallerRates: (rates: readonly Rate[]) =>
      `Try ${both(rates.map(({ path, value }) => `${path} below ${short(value, 2)}`))}.`,
    otherScheme: (choices: readonly string[], rates: readonly Rate[]) =>
      `Try ${either(choices)}${
        rates.length > 0
          ? `, with ${both(rates.map(({ path, value }) => `${path} below ${short(value, 2)}`))}`
          : ''
      }.`,
    shorterSteps: (rates: readonly Rate[], choices: readonly string[]) =>
      `Try ${either([
        ...(rates.length > 0
          ? [`a smaller ${both(rates.map(({ path, value }) => `${path} (now ${short(value, 2)})`))}`]
          : []),
        ...choices,
      ])}.`,
  },
  stall: {
    faded: (now: number, before: number, steps: number) =>
      `The generator has stopped learning for ${count(steps)} steps: its gradient is ${short(now, 2)}, after ${short(before, 2)} before.`,
    still: (steps: number) => `No parameter has moved for ${count(steps)} steps.`,
    slow: (distance: number, length: number, steps: number, gradient: number) =>
      `Steps so small that nothing changes: ${count(steps)} of them moved the point by ${short(distance, 2)} of its length ${short(length, 2)}, with a gradient of ${short(gradient, 2)}.`,
    fadedAdvice: (choices: readonly string[]) => perhaps(choices),
    slowAdvice: (rates: readonly Rate[]) =>
      rates.length > 0
        ? `Try a larger ${both(rates.map(({ path, value }) => `${path} (now ${short(value, 2)})`))}.`
        : '',
  },
  discriminator: {
    strong: (accuracy: number, steps: number, chance: number, loss: number) =>
      `The discriminator has won for ${count(steps)} steps: it tells ${percent(accuracy)} of samples apart and gives generated ones a chance of ${short(chance, 2)}; its loss is ${short(loss, 2)}`,
    fadedGenerator: (now: number, before: number) =>
      `, and the generator’s gradient has faded from ${short(before, 2)} to ${short(now, 2)}.`,
    lostGenerator: (loss: number) => `, the generator’s ${short(loss, 2)}.`,
    strongAdvice: (choices: readonly string[]) => perhaps(choices, ', to hold it back'),
    dead: (level: number, spread: number, steps: number, gradient: number) =>
      `The discriminator is dead for ${count(steps)} steps: all samples get the same logit, ${short(level, 2)} ± ${short(spread, 1)}, so the generator’s gradient is ${short(gradient, 2)}.`,
    deadAdvice: (rates: readonly Rate[], choices: readonly string[]) =>
      `Begin anew with ${either([
        ...rates.map(({ path, value }) => `a smaller ${path} (now ${short(value, 2)})`),
        ...choices,
      ])}.`,
    falseEquilibrium: (
      generator: number,
      discriminator: number,
      covered: number,
      total: number,
      /** Of samples near a mode; none of pictures. */
      quality: number | undefined,
      steps: number,
    ) =>
      `The losses look like equilibrium for ${count(steps)} steps (generator ${short(generator)}, discriminator ${short(discriminator)}), the ${
        quality === undefined
          ? `classes do not: ${count(covered)} of ${count(total)} classes found.`
          : `modes do not: ${covered} of ${total} modes found, ${percent(quality)} of samples are near one.`
      }`,
    falseAdvice: (isDead: boolean, choices: readonly string[]) =>
      `${isDead ? 'The discriminator gives all samples the same score' : 'The discriminator hardly tells samples apart'}: ${choices.length > 0 ? `try ${either(choices)}` : 'give it larger steps'}.`,
  },
} as const;
