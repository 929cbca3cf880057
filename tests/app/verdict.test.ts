/** What is said about a run is what closed forms say about it. */
import { expect, test } from 'vitest';
import type { Notice } from '../../src/analysis/notices.ts';
import { adviceOf, advicePartsOf } from '../../src/app/advice.ts';
import { countOutside } from '../../src/app/draw/outside.ts';
import { openSeries, openTrail, type Trail } from '../../src/app/record.ts';
import { extentOf, toggleLayer } from '../../src/app/store.ts';
import { advice, driftOf, motionOf, verdict } from '../../src/app/verdict.ts';
import { experiment as schema } from '../../src/catalog/experiment.ts';
import { parse } from '../../src/settings/index.ts';
import { openPlaying, rest, until } from './playing.ts';

const centre = [{ point: [0, 0], label: 'centre' }];
const seen = {
  outcome: { kind: 'running' } as const,
  step: 10,
  modes: openSeries(4),
  equilibria: centre,
  startDistance: Math.SQRT2,
};

/** A path that turns by `angle` and grows by `factor` in each step, squeezed into an ellipse. */
function spiral(factor: number, angle: number, count: number, squeeze = 1): Trail {
  const trail = openTrail();
  const path = new Float64Array(2 * count);
  for (let i = 0; i < count; i++) {
    path[2 * i] = factor ** i * Math.cos(angle * i);
    path[2 * i + 1] = squeeze * factor ** i * Math.sin(angle * i);
  }
  trail.add(path, count - 1);
  return trail;
}

test('simultaneous descent on a rotation grows by the square root of 1 + rate^2 a step', () => {
  const rate = 0.1;
  const growth = Math.sqrt(1 + rate * rate);
  const trail = spiral(growth, Math.atan(rate), 400);
  const motion = motionOf(trail, centre)!;
  expect(motion.growthPerStep).toBeCloseTo(growth - 1, 12);
  expect(motion.turnSteps).toBeCloseTo((2 * Math.PI) / Math.atan(rate), 9);
  expect(verdict({ ...seen, trail })).toMatch(
    /grows by 0\.50\s% a step: spiralling out, one turn in 63 steps/,
  );
});

test('an ellipse neither grows nor shrinks, although its distance does within a turn', () => {
  // Ten steps a turn: the same point of the ellipse is met again, so nothing is interpolated.
  const trail = spiral(1, (2 * Math.PI) / 10, 101, 0.4);
  expect(Math.abs(motionOf(trail, centre)!.growthPerStep)).toBeLessThan(1e-12);
  expect(verdict({ ...seen, trail })).toContain('neither in nor out');
});

test('alternating descent on a rotation circles, wherever its turns end between two steps', () => {
  for (const rate of [0.01, 0.1, 0.7, 1.5]) {
    const path: number[] = [];
    for (let step = 0, theta = 1, phi = 0.5; step < 1500; step++) {
      phi += rate * theta;
      theta -= rate * phi;
      path.push(theta, phi);
    }
    for (let count = 1400; count < 1500; count += 7) {
      const trail = openTrail();
      trail.add(Float64Array.from(path.slice(0, 2 * count)), count);
      expect(verdict({ ...seen, trail })).toContain('neither in nor out');
    }
  }
});

test('what was before a change of settings is not of the motion after it', () => {
  const trail = spiral(1.05, 0.01, 20);
  const still = Float64Array.from({ length: 40 }, (_, i) => (i % 2 ? 2 : 3));
  trail.add(still, 39);
  expect(motionOf(trail, centre)!.growthPerStep).not.toBe(0);
  expect(motionOf(trail, centre, 20)!.growthPerStep).toBe(0);
});

test('before the first turn the growth is that of the steps so far', () => {
  const trail = spiral(0.9, 0.01, 20);
  expect(motionOf(trail, centre)!.growthPerStep).toBeCloseTo(-0.1, 12);
  expect(verdict({ ...seen, trail })).toMatch(/shrinks by 10\s% a step: closing in/);
});

/** What is said after each number of steps: nothing is measured but where the path is. */
const soFar = (steps: number) =>
  new RegExp(`^[\\d.]+ from the equilibrium after ${steps} steps; 1 at the start\\.$`);

test.each([
  ['a growing spiral', 1.005, 1],
  ['a circle', 1, 1],
  ['an ellipse, on which the distance shrinks to two fifths within a quarter of a turn', 1, 0.4],
  ['a flat ellipse', 1, 0.3],
])('on %s no trend is told before a whole turn', (_, growth, squeeze) => {
  const turn = 63;
  const angle = (2 * Math.PI) / turn;
  for (let steps = 2; steps < turn; steps++) {
    const trail = spiral(growth, angle, steps + 1, squeeze);
    expect(verdict({ ...seen, step: steps, startDistance: 1, trail })).toMatch(soFar(steps));
  }
  const trail = spiral(growth, angle, turn + 2, squeeze);
  const said = verdict({ ...seen, step: turn + 1, startDistance: 1, trail });
  expect(said).toMatch(/one turn in 63 steps/);
  expect(said).toContain(growth > 1 ? 'spiralling out' : 'neither in nor out');
});

test.each([
  [0.9, 10],
  [0.99, 69],
  [0.999, 693],
  [1.001, 694],
])(
  'on a straight way, by a factor of %d a step, a trend is told once the distance has halved or doubled',
  (factor, steps) => {
    const distance = openSeries(2);
    for (let step = 0; step < 2 * steps; step++) {
      distance.add(step, factor ** step);
      if (step < 2) continue;
      const trail = spiral(factor, 0, step + 1);
      for (const told of [{ trail }, { trail: openTrail(), distance, equilibria: [] }]) {
        const said = verdict({ ...seen, step, startDistance: 1, ...told });
        if (step < steps) expect(said).toMatch(soFar(step));
        else if (step > steps)
          expect(said).toMatch(factor < 1 ? /shrinks .* closing in/ : /grows .* moving away/);
      }
    }
  },
);

test('a distance that has halved once, and stays, is no trend', () => {
  const trail = openTrail();
  const distance = openSeries(2);
  for (let step = 0; step < 400; step++) {
    // It creeps on: it does not stand still.
    const away = Math.max(0.9 ** step, 0.25) + 1e-5 * step;
    trail.add(Float64Array.of(away, 0), step);
    distance.add(step, away);
  }
  for (const told of [{ trail }, { trail: openTrail(), distance, equilibria: [] }])
    expect(verdict({ ...seen, step: 399, startDistance: 1, ...told })).toMatch(soFar(399));
});

test('after a step or two it is told where the run stands', () => {
  const told = (steps: number) =>
    verdict({ ...seen, step: steps, startDistance: 1, trail: spiral(1.02, 0.1, steps + 1) });
  expect(told(1)).toBe('1.02 from the equilibrium after one step; 1 at the start.');
  expect(told(2)).toBe('1.04 from the equilibrium after 2 steps; 1 at the start.');
});

test('a point that does not move stands still', () => {
  expect(verdict({ ...seen, trail: spiral(1, 0, 5) })).toContain('Standing still');
});

test('of several equilibria the nearest one counts', () => {
  const about = (x: number) =>
    Float64Array.from({ length: 200 }, (_, i) =>
      i % 2 ? 0.9 ** (i >> 1) * Math.sin(i >> 1) : x + 0.9 ** (i >> 1) * Math.cos(i >> 1),
    );
  for (const x of [-3, 3]) {
    const trail = openTrail();
    trail.add(about(x), 99);
    const both = [-3, 3].map((at) => ({ point: [at, 0], label: String(at) }));
    const motion = motionOf(trail, both)!;
    expect(motion.distance).toBeCloseTo(0.9 ** 99, 12);
    expect(motion.growthPerStep).toBeCloseTo(-0.1, 9);
  }
});

test('modes are counted, and told with the share of samples near one', () => {
  const modes = openSeries(4);
  for (const step of [0, 100, 900]) modes.add(step, step === 0 ? 0 : 6, 8, 0.71);
  const said = verdict({ ...seen, step: 900, trail: openTrail(), modes, equilibria: [] });
  expect(said).toMatch(/^6 of 8 modes found; 71\s% of samples are near one\.$/);
});

test('samples that leave the picture are counted in what is said, whatever else that is', () => {
  const modes = openSeries(4);
  modes.add(900, 6, 8, 0.71);
  const gan = { ...seen, step: 900, trail: openTrail(), modes, equilibria: [] };
  const said = (count: number) => verdict({ ...gan, outside: { count, of: 512 } });
  expect(said(127)).toBe(verdict(gan)); // most of it is seen
  expect(said(0)).toBe(verdict(gan));
  expect(said(128)).toBe(`${verdict(gan)} 128 of 512 samples lie outside of the picture.`);
  const outcome = { kind: 'diverged', step: 812, player: 'discriminator' } as const;
  expect(verdict({ ...gan, outcome, outside: { count: 512, of: 512 } })).toMatch(
    /^Diverged at step 812.* 512 of 512 samples lie outside of the picture\.$/,
  );
});

test('a page says how many of the samples that it draws lie outside of its picture', async () => {
  const page = openPlaying(
    'game.batchSize=16&generator=sgd&discriminator=sgd&generator.learningRate=300&discriminator.learningRate=30',
    false,
  );
  const { store } = page;
  for (let i = 0; i < 4; i++) page.step();
  const told = () => /(\d+) of 512 samples lie outside/.exec(store.getState().readout.sentence)?.[1];
  await until(() => expect(store.getState().readout.step).toBe(4));
  await rest(page);
  const { generated } = page.record.latest.samples!.reading;
  const outside = (aspect: number) => countOutside(generated, 2, extentOf(store.getState()), aspect);
  expect(outside(1)).toBeGreaterThan(128);
  await until(() => expect(told()).toBe(String(outside(1))));
  expect(store.getState().readout.spoken).toContain(`${outside(1)} of 512`); // so do ears hear it
  // A wide picture shows more, and one that draws no samples says nothing of them.
  page.setAspect(3);
  const FEWEST = 128;
  await until(() => expect(told()).toBe(outside(3) < FEWEST ? undefined : String(outside(3))));
  toggleLayer(store, 'generated');
  await until(() => expect(told()).toBeUndefined());
});

const notice = (sentence: string): Notice => ({
  watcher: 'collapse',
  since: 1,
  figures: {},
  sentence,
  advice: 'Try game.regularisation.packing=4.',
});

test('what watchers say comes first, with what to try; only a path about its equilibrium says more', () => {
  const notices = [notice('2 of 8 modes found for 400 steps.'), notice('The losses turn.')];
  const modes = openSeries(4);
  modes.add(900, 2, 8, 0.9);
  const gan = { ...seen, trail: openTrail(), modes, equilibria: [], notices };
  expect(verdict(gan)).toBe('2 of 8 modes found for 400 steps.');
  expect(advice(gan)).toBe('Try game.regularisation.packing=4.');
  expect(advice({ ...gan, notices: [] })).toBe('');
  const turning = { ...seen, trail: spiral(1.01, 0.1, 200), notices };
  expect(verdict(turning)).toContain('spiralling out');
  expect(advice(turning)).toBe('Try game.regularisation.packing=4.');
  expect(verdict({ ...turning, equilibria: [] })).toBe('2 of 8 modes found for 400 steps.');
});

test('a divergence says when and who, until its cause is known', () => {
  const outcome = { kind: 'diverged', step: 812, player: 'discriminator' } as const;
  const ended = { ...seen, outcome, trail: spiral(1.01, 0.1, 200) };
  expect(verdict(ended)).toBe('Diverged at step 812: the discriminator’s parameters overflowed.');
  expect(advice(ended)).toBe('Try a smaller learning rate.');
  expect(verdict({ ...ended, notices: [notice('Diverged: the limit is 2.')] })).toBe(
    'Diverged: the limit is 2.',
  );
});

test('without a path the distance alone tells how fast it shrinks', () => {
  const distance = openSeries(2);
  for (let step = 0; step <= 50; step++) distance.add(step, 0.9 ** step);
  expect(driftOf(distance)!.growthPerStep).toBeCloseTo(-0.1, 12);
  const silent = { ...seen, trail: openTrail(), distance };
  expect(verdict(silent)).toMatch(/shrinks by 10\s% a step: closing in/);
  distance.add(51, 1e-9);
  expect(verdict(silent)).toContain('Arrived');
});

test('a distance is read over the last two hundred steps, and none before the settings became others', () => {
  const distance = openSeries(2);
  // It grows, then shrinks from step 500 on.
  for (let step = 0; step <= 600; step++)
    distance.add(step, step < 500 ? 1.01 ** step : 1.01 ** 499 * 0.9 ** (step - 499));
  expect(driftOf(distance, 500)!.growthPerStep).toBeCloseTo(-0.1, 9);
  const [values] = distance.columns.slice(1);
  expect(driftOf(distance)!.growthPerStep).toBeCloseTo((values[600] / values[400]) ** (1 / 200) - 1, 9);
});

test('of a game without a known equilibrium it is said where the path is', () => {
  const free = { ...seen, equilibria: [] };
  expect(verdict({ ...free, trail: spiral(1, 0, 5) })).toMatch(/^Standing still at θ = 1, φ = 0;/);
  expect(verdict({ ...free, trail: spiral(1, Math.PI / 3, 5) })).toContain(', 1 further with each step');
  expect(verdict({ ...free, step: 0, trail: spiral(1, 0, 1) })).toContain('At the start');
  // Where only every fourth step is known, a step is a fourth of the way between two.
  const sparse = openTrail();
  for (const step of [0, 4, 8]) sparse.add(Float64Array.of(step, 0), step);
  expect(verdict({ ...free, trail: sparse })).toContain(', 1 further with each step');
});

test('of domain adaptation the right answers are told', () => {
  const accuracy = openSeries(4);
  accuracy.add(10, 1, 0.75, 0.5);
  expect(verdict({ ...seen, equilibria: [], trail: openTrail(), accuracy })).toMatch(
    /^100\s% of source labels and 75\s% of target labels right; the adversary tells 50\s% of domains/,
  );
});

test('classes that are found are said beside what as many real pictures show, where that is not all', () => {
  const words = (covered: number, total: number, real: number) => {
    const series = openSeries(5);
    series.add(10, Number.NaN, 1, 1, covered);
    return verdict({ ...seen, trail: openTrail(), classes: { series, total, real, best: Number.NaN } });
  };
  expect(words(380, 1000, 632)).toBe('380 of 1,000 classes found (632 by as many real pictures).');
  expect(words(7, 10, 10)).toBe('7 of 10 classes found.');
  expect(words(10, 10, 10)).toBe('All 10 classes found.');
});

test('what to try is told in the words of the controls, and leads to its settings', () => {
  const words = (written: string, differences: Record<string, unknown> = {}) =>
    adviceOf(written, parse(schema, differences).values);
  const rates = 'generator.learningRate below 0.2 and discriminator.learningRate below 0.2';
  expect(words(`Try scheme=extragradient, with ${rates}.`)).toBe(
    'Try the scheme Extragradient, with the generator’s learning rate below 0.2 and the discriminator’s learning rate below 0.2.',
  );
  expect(words('Try game.regularisation.packing=4 or foresight=unrolled, against mode collapse.')).toBe(
    'Try packing 4 or the foresight Unrolled discriminator, against mode collapse.',
  );
  expect(words('Begin anew with a smaller discriminator.learningRate (now 0.1) or discriminator=adam.')).toBe(
    'Begin anew with a smaller discriminator’s learning rate (now 0.1) or the discriminator rule Adam.',
  );
  expect(words('Try adjustment=none.', { adjustment: 'consensus' })).toBe('Try no adjustment.');
  // What the game has no place for, and a sentence without settings, stay as they are.
  expect(words('Try game.loss=nonSaturating.', { game: 'bilinear' })).toBe('Try game.loss=nonSaturating.');
  expect(words('Try a smaller learning rate.')).toBe('Try a smaller learning rate.');
  const [, part] = advicePartsOf('Try scheme=extragradient.', parse(schema, {}).values);
  expect(part).toEqual({ words: 'scheme Extragradient', path: 'scheme', value: 'extragradient' });
});

test('all that watchers may advise has labels', () => {
  const gan = parse(schema, { adjustment: 'consensus' }).values;
  for (const path of [
    'game.penalty=zeroCentred',
    'game.penalty=gradientPenalty',
    'game.loss=nonSaturating',
    'game.regularisation.instanceNoise=0.1',
    'game.discriminatorNetwork.activation=leakyRelu',
    'adjustment.control.weight=0.1',
    'averaging=ema',
    'clipping=byNorm',
    'constraint=box',
    'generator=adam',
  ])
    expect(adviceOf(`Try ${path}.`, gan)).not.toMatch(/=|\w\.\w*[A-Za-z]/);
});
