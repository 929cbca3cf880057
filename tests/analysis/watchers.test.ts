/** Watchers speak of what a run does, with closed forms where there are any, and hold their tongue elsewhere. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import '../loaded.ts';
import type { Notice } from '../../src/analysis/notices.ts';
import { collapse } from '../../src/analysis/watchers/collapse.ts';
import { cycling } from '../../src/analysis/watchers/cycling.ts';
import { discriminator } from '../../src/analysis/watchers/discriminator.ts';
import { divergence } from '../../src/analysis/watchers/divergence.ts';
import {
  type Evidence,
  gather,
  type Observation,
  type SeenModes,
  type Told,
} from '../../src/analysis/watchers/evidence.ts';
import { watchers } from '../../src/analysis/watchers/index.ts';
import { reachOf } from '../../src/analysis/watchers/stability.ts';
import { stall } from '../../src/analysis/watchers/stall.ts';
import { experiment as schema } from '../../src/catalog/experiment.ts';
import { presets } from '../../src/catalog/presets/index.ts';
import { openDevice } from '../../src/engine/devices.ts';
import { momentOf, takeFrame } from '../../src/engine/frame.ts';
import { openSession } from '../../src/engine/session.ts';
import { stream } from '../../src/math/random.ts';
import { set } from '../../src/settings/index.ts';
import { descent, experimentOf, smallImages } from '../catalog/given.ts';
import { radius } from '../probing.ts';

type Differences = Readonly<Record<string, unknown>>;
const devices = { reference: await openDevice('reference'), wasm: await openDevice('wasm') };

/** What is said in a run that is read every so many steps: by the newest reading, and by all. */
function watched(differences: Differences, steps: number, every: number, device: keyof typeof devices) {
  const session = openSession(experimentOf(differences), devices[device]);
  const said: Notice[] = [];
  let last: readonly Notice[] = [];
  for (let step = 0; step <= steps && session.outcome.kind === 'running'; step += every) {
    last = takeFrame(session, [{ probe: 'notices' }]).readings.notices ?? [];
    said.push(...last);
    if (step < steps) session.advance(every);
  }
  if (session.outcome.kind === 'diverged') {
    last = takeFrame(session, [{ probe: 'notices' }]).readings.notices ?? [];
  }
  const { outcome } = session;
  session.dispose();
  for (const notice of [...said, ...last]) expectAdvisable(notice, differences);
  return {
    last,
    outcome,
    names: new Set(said.map(({ watcher }) => watcher)),
    of: (name: string) => last.find(({ watcher }) => watcher === name),
  };
}

/** Every setting that is named exists there, or is a choice that can be made. */
function expectAdvisable({ sentence, advice, since }: Notice, differences: Differences): void {
  const experiment = experimentOf(differences);
  for (const [, path, value] of advice.matchAll(/([a-z]\w*(?:\.\w+)+|\b\w+(?==))(?:=([\w.]*\w))?/g)) {
    if (value !== undefined) {
      const next = set(schema, experiment, path, Number.isNaN(Number(value)) ? value : Number(value));
      expect(JSON.stringify(next), advice).not.toBe(JSON.stringify(experiment));
    } else expect(() => set(schema, experiment, path, 0), advice).not.toThrow();
  }
  expect(sentence).toMatch(/^[A-Z0-9].*\.$/);
  expect(`${sentence} ${advice}`).not.toMatch(/NaN|undefined|Infinity|–/);
  expect(since).toBeGreaterThanOrEqual(0);
}

const bilinear = (scheme: string, rate: number) => ({ game: 'bilinear', scheme, ...descent(rate) });
const both = (rule: object) => ({ generator: rule, discriminator: rule });
const smallRing = {
  kind: 'gan',
  dataset: { kind: 'ring', radius: 1, spread: 0.05 },
  batchSize: 64,
  generatorNetwork: { hidden: [32, 32] },
  discriminatorNetwork: { hidden: [32, 32] },
};

describe('in the plane', () => {
  test('simultaneous descent on a rotation turns: its losses twice a turn of arctan(rate) a step, and they grow', () => {
    const { of, names } = watched(bilinear('simultaneous', 0.1), 500, 50, 'reference');
    const { period, growth } = of('cycling')!.figures;
    expect(period).toBeCloseTo(Math.PI / Math.atan(0.1), 0);
    // The losses are products of both parameters, so they grow by 1 + rate^2 a step.
    expect(Math.abs(growth / 1.01 ** period - 1)).toBeLessThan(0.03);
    expect(of('cycling')!.sentence).toMatch(
      /^The losses turn with a period of 31\.\d+ ± 0\.\d+ steps, their swing growing by 3\d/,
    );
    expect(of('cycling')!.advice).toContain('scheme=extragradient');
    expect([...names]).toEqual(['cycling']);
  });

  test('alternating descent on a rotation turns with a steady swing', () => {
    const { of } = watched(bilinear('alternating', 0.1), 500, 50, 'reference');
    expect(of('cycling')!.sentence).toContain('steady');
  });

  test.each([
    ['extragradient on a rotation', bilinear('extragradient', 0.1), 3000],
    ['optimistic steps on a rotation', bilinear('optimistic', 0.1), 3000],
    ['a damped rotation', { game: 'quadratic', ...descent(0.1) }, 2000],
    ['Dirac-GAN with R1', presets.find(({ name }) => name === 'diracR1')!.experiment, 2000],
  ])('of %s, which settles, nothing is said', (_, differences, steps) => {
    expect([...watched(differences, steps, 50, 'reference').names]).toEqual([]);
  });

  test('a limit cycle is told of', () => {
    const { forsaken } = Object.fromEntries(presets.map(({ name, experiment }) => [name, experiment]));
    // 7.548 of the flow's time (Hsieh et al. 2021), at a rate of 0.05.
    const { period } = watched(forsaken, 2500, 100, 'reference').of('cycling')!.figures;
    expect(Math.abs(period * 0.05 - 7.548)).toBeLessThan(0.1);
  });

  test('steps that are far too small are told of, and so are those that are none', () => {
    const slow = watched({ game: 'quadratic', ...descent(1e-9) }, 600, 100, 'reference');
    expect(slow.of('stall')!.sentence).toMatch(/^Steps so small that nothing changes/);
    expect(slow.of('stall')!.advice).toContain('generator.learningRate (now 1e−9)');
    const still = watched({ game: 'quadratic', ...descent(0) }, 600, 100, 'reference');
    expect(still.of('stall')!.sentence).toMatch(/^No parameter has moved for \d+ steps\.$/);
  });
});

describe('a divergence', () => {
  test('on a rotation is due to its angle: no rate of simultaneous steps is small enough', () => {
    const { of, outcome } = watched(bilinear('simultaneous', 10), 1000, 100, 'reference');
    expect(outcome.kind).toBe('diverged');
    const { sentence, advice, figures } = of('divergence')!;
    expect(figures).toMatchObject({ limit: 0 });
    expect(figures.rateTimesEigenvalue).toBeCloseTo(10, 9);
    expect(sentence).toMatch(
      /^Diverged at step 30\d: rate × largest eigenvalue is 10, and on a rotation the limit/,
    );
    // Extragradient settles on it below 1.
    expect(advice).toBe(
      'Try scheme=extragradient, with generator.learningRate below 0.9 and discriminator.learningRate below 0.9.',
    );
  });

  test.each([
    ['extragradient', 1.3, 1],
    ['optimistic', 0.7, 1 / Math.sqrt(3)],
    ['pastExtragradient', 0.7, 1 / Math.sqrt(3)],
    ['alternating', 2.5, 2],
  ])('of %s on a rotation names the rate times the eigenvalue, and the limit', (scheme, rate, limit) => {
    const { of } = watched(bilinear(scheme, rate), 10_000, 10_000, 'reference');
    const { figures } = of('divergence')!;
    expect(figures.rateTimesEigenvalue).toBeCloseTo(rate, 9);
    expect(figures.limit).toBeCloseTo(limit, 6);
  });

  test('of a damped rotation has the limit 2 Re / |eigenvalue|, and the rate that is advised settles', () => {
    const game = 'quadratic';
    const { of } = watched({ game, ...descent(3) }, 5000, 5000, 'reference');
    const { figures, advice } = of('divergence')!;
    const { rateTimesEigenvalue, limit, angle } = figures;
    expect(limit).toBeCloseTo(2 * Math.cos(angle), 9);
    const advised = Number(advice.match(/below ([\d.]+)/)![1]);
    expect(advised).toBeLessThan((3 * limit) / rateTimesEigenvalue);
    expect(radius({ game, ...descent(advised) })).toBeLessThan(1);
  });

  test('is seen coming, with what drives it', () => {
    const { of, outcome } = watched(bilinear('simultaneous', 0.1), 1100, 50, 'reference');
    expect(outcome.kind).toBe('running');
    expect(of('divergence')!.sentence).toMatch(
      /^On the way to diverging: the gradient has grown from 1\.4 to 3\d\d in 1,100 steps; rate × largest eigenvalue is 0\.1, the limit is 0\.$/,
    );
  });

  test('where no limit is known says from where it left the numbers', () => {
    const rule = { kind: 'momentum', learningRate: 10, momentum: 0.9 };
    const { of } = watched({ game: 'quadratic', ...both(rule) }, 5000, 100, 'reference');
    expect(of('divergence')!.sentence).toMatch(/step left the range of numbers, from parameters up to \d/);
  });

  test('where the game itself leads away, says so', () => {
    const game = { kind: 'typed', first: '-x^2 + y^2/4' };
    const { of } = watched({ game, ...descent(0.1) }, 10_000, 1000, 'reference');
    expect(of('divergence')!.sentence).toContain('the game itself leads away, at every rate');
  });

  test('of a GAN names its eigenvalue, too', () => {
    const { of, outcome } = watched(
      { game: smallRing, ...both({ kind: 'sgd', learningRate: 2 }) },
      500,
      50,
      'wasm',
    );
    expect(outcome.kind).toBe('diverged');
    const { rateTimesEigenvalue, limit } = of('divergence')!.figures;
    expect(rateTimesEigenvalue).toBeGreaterThan(limit);
  });
});

describe('the limit of a scheme', () => {
  test('is where its own step matrix leaves the unit circle', () => {
    for (const scheme of [
      'simultaneous',
      'alternating',
      'extragradient',
      'optimistic',
      'pastExtragradient',
    ]) {
      const limit = (angle: number) => reachOf(experimentOf(bilinear(scheme, 1)))!.limit(angle);
      const rotation = limit(Math.PI / 2);
      // On a pure rotation of strength 1 the rate is the size of the eigenvalue times the rate.
      if (rotation > 0) expect(radius(bilinear(scheme, 0.99 * rotation))).toBeLessThan(1 + 1e-7);
      expect(radius(bilinear(scheme, Math.max(0.05, 1.01 * rotation)))).toBeGreaterThan(1 + 1e-4);
    }
  });
});

describe('a GAN', () => {
  test('that makes good samples of one mode has collapsed, and one that goes round is told of as well', () => {
    const { last, names } = watched(
      { game: smallRing, scheme: 'alternating', ...both({ kind: 'sgd', learningRate: 0.1 }) },
      3000,
      100,
      'wasm',
    );
    expect(names).toContain('collapse');
    expect(names).not.toContain('divergence');
    const { figures } = last.find(({ watcher }) => watcher === 'collapse')!;
    expect(figures.total).toBe(8);
    expect(figures.held).toBeLessThanOrEqual(2);
    expect(figures.visited).toBeGreaterThan(2);
  });

  test.each([
    [
      'two Gaussians',
      { game: { ...smallRing, dataset: 'gaussians' }, ...both({ kind: 'sgd', learningRate: 0.1 }) },
      2000,
    ],
    ['the ring that the page opens with', {}, 2000],
    ['moons, which have no modes', { game: { kind: 'gan', dataset: 'moons' } }, 1500],
  ])('that learns %s is left in peace', (_, differences, steps) => {
    expect([...watched(differences, steps, 100, 'wasm').names]).toEqual([]);
  });

  test('with the saturating loss can lose against its discriminator, and its gradient fades', () => {
    const game = { kind: 'gan', loss: 'minimax' };
    const { of } = watched({ game, ...both({ kind: 'sgd', learningRate: 0.1 }) }, 4000, 200, 'wasm');
    const { sentence, advice, figures } = of('discriminator')!;
    expect(sentence).toMatch(
      /^The discriminator has won for [\d,]+ steps: it tells 100\s% of samples apart .* has faded from/,
    );
    expect(advice).toContain('game.loss=nonSaturating');
    expect(figures.chance).toBeLessThan(0.02);
  });

  test('with too strong a consensus has the losses of the equilibrium without its modes', () => {
    const adjustment = { kind: 'consensus', control: { kind: 'fixed', weight: 100 } };
    const { of } = watched(
      { game: smallRing, ...both({ kind: 'rmsprop', learningRate: 0.001 }), adjustment },
      1200,
      100,
      'wasm',
    );
    const { sentence, advice, figures } = of('discriminator')!;
    expect(figures.discriminatorLoss).toBeCloseTo(2 * Math.LN2, 2);
    expect(figures.generatorLoss).toBeCloseTo(Math.LN2, 2);
    expect(figures.covered).toBeLessThan(8);
    expect(sentence).toMatch(/^The losses look like equilibrium .* the modes do not: \d of 8 modes found/);
    expect(advice).toContain('adjustment.control.weight=10');
  });
});

describe('a GAN on pictures', () => {
  const presetOf = (name: string) => presets.find((preset) => preset.name === name)!.experiment;

  test('that draws one digit has collapsed, and is told what to try', () => {
    const { of } = watched({ ...presetOf('digitsCollapse'), seed: 1 }, 600, 150, 'wasm');
    const { sentence, advice, figures } = of('collapse')!;
    expect(sentence).toMatch(/^1 of 10 classes found for \d+ steps and no more\.$/);
    expect(advice).toMatch(/^Try game\.penalty=zeroCentred or /);
    expect(figures.held).toBe(1);
  });

  test.each([
    ['digits', 800],
    ['stackedDigits', 500],
  ])('that learns (%s) is left in peace', (name, steps) => {
    expect([...watched(presetOf(name), steps, 100, 'wasm').names]).toEqual([]);
  });

  test('whose generator is held fixed is told that the discriminator has won', () => {
    const game = {
      ...smallImages,
      batchSize: 64,
      discriminatorNetwork: { hidden: [32] },
      penalty: 'none',
      frozen: 'generator',
    };
    const rules = both({ kind: 'adam', learningRate: 0.002 });
    const { of } = watched({ game, ...rules }, 1000, 50, 'wasm');
    expect(of('discriminator')!.sentence).toMatch(
      /^The discriminator has won .* tells 100\s% of samples apart/,
    );
  });

  test('is looked at seldom, however often somebody asks: a look costs as much as some steps', () => {
    const session = openSession(experimentOf({ game: smallImages }), devices.wasm);
    const looks = () => gather({ ...momentOf(session), run: session.soFar() }).seen.map(({ step }) => step);
    for (let i = 0; i < 60; i++) {
      session.advance(1);
      looks();
    }
    expect(looks()).toEqual([1, 26, 51]);
    session.dispose();
  });
});

describe('on evidence made up', () => {
  const gan = experimentOf({});
  const observation = (step: number, parts: Partial<Observation> = {}): Observation => ({
    step,
    losses: [1, 1],
    gradients: [1, 1],
    largest: 1,
    ...parts,
  });
  const evidence = (seen: readonly Observation[], parts: Partial<Evidence> = {}): Evidence => ({
    step: seen[seen.length - 1].step,
    experiment: gan,
    since: 0,
    seen,
    losses: () => ({ from: 0, generator: new Float64Array(0), discriminator: new Float64Array(0) }),
    isAway: true,
    moved: () => undefined,
    leading: () => undefined,
    ...parts,
  });
  const steps = (count: number, every = 100) => Array.from({ length: count }, (_, i) => i * every);
  const classes = (covered: number[], total: number, real = total): SeenModes => ({
    ...{ total, real, covered, approached: covered },
    ...{ highQuality: 1, near: 1 },
  });
  const modes = (covered: number[], highQuality = 0.9): SeenModes => ({
    total: 8,
    covered,
    approached: covered,
    highQuality,
    near: highQuality,
  });
  const told = (parts: Partial<Told> = {}): Told => ({
    accuracy: 1,
    real: 0.999,
    fake: 0.001,
    spread: 5,
    level: 0,
    ...parts,
  });

  test('the same two modes for 400 steps are a collapse, for 100 steps they are not', () => {
    const at = (count: number) =>
      evidence(steps(count).map((step) => observation(step, { modes: modes([1, 4]) })));
    expect(collapse.look(at(5))?.sentence).toMatch(
      /^2 of 8 modes found for 400 steps and no more; 90\s% of samples/,
    );
    expect(collapse.look(at(2))).toBeUndefined();
  });

  test('a count that rises is no collapse, nor are all modes, nor a diffuse ring', () => {
    const rising = steps(7).map((step, i) => observation(step, { modes: modes([...Array(i + 1).keys()]) }));
    expect(collapse.look(evidence(rising))).toBeUndefined();
    const all = [...Array(8).keys()];
    for (const seen of [modes(all), { ...modes([2], 0.05), approached: all, near: 1 }]) {
      expect(
        collapse.look(evidence(steps(20).map((step) => observation(step, { modes: seen })))),
      ).toBeUndefined();
    }
  });

  test('of pictures, classes are missing where real ones show more, and more than a classifier may miss', () => {
    const look = (found: number, total: number, real: number) =>
      collapse.look(
        evidence(
          steps(9).map((step) =>
            observation(step, { modes: classes([...Array(found).keys()], total, real) }),
          ),
        ),
      )?.sentence;
    expect(look(3, 10, 10)).toBe('3 of 10 classes found for 800 steps and no more.');
    expect(look(8, 10, 10)).toBeUndefined();
    expect(look(90, 1000, 226)).toBe(
      '90 of 1,000 classes found for 800 steps and no more; as many real pictures show 226.',
    );
    expect(look(215, 1000, 226)).toBeUndefined();
    const turning = steps(20).map((step, i) => observation(step, { modes: classes([(i >> 2) % 8], 10) }));
    expect(collapse.look(evidence(turning))?.sentence).toMatch(/from class to class: at 1 of 10 classes now/);
  });

  test('one mode after the other is a rotation', () => {
    const seen = steps(20).map((step, i) => observation(step, { modes: modes([(i >> 2) % 8]) }));
    expect(collapse.look(evidence(seen))?.sentence).toMatch(
      /moves from mode to mode: at 1 of 8 modes now, at 5 in turn/,
    );
  });

  test('a sine is a cycle with its period, white noise never is', () => {
    const look = (series: Float64Array) =>
      cycling.look(
        evidence([observation(series.length)], {
          losses: () => ({ from: 0, generator: series, discriminator: series.map((value) => -value) }),
        }),
      );
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 100, max: 4096 }), (seed, length) => {
        expect(look(stream(seed, 'noise').normals(new Float64Array(length)))).toBeUndefined();
      }),
      { numRuns: 50 },
    );
    fc.assert(
      fc.property(fc.integer({ min: 8, max: 400 }), (period) => {
        const found = look(
          Float64Array.from({ length: 4096 }, (_, i) => Math.LN2 + Math.sin((2 * Math.PI * i) / period)),
        );
        expect(Math.abs((found?.figures.period ?? 0) / period - 1)).toBeLessThan(0.05);
      }),
      { numRuns: 50 },
    );
    // A swing that halves in each turn settles; one that is a thousandth of the loss is a ripple.
    expect(
      look(Float64Array.from({ length: 400 }, (_, i) => 0.5 ** (i / 40) * Math.sin(i / 6.37))),
    ).toBeUndefined();
    expect(look(Float64Array.from({ length: 400 }, (_, i) => 1 + 5e-4 * Math.sin(i / 6.37)))).toBeUndefined();
  });

  test('a discriminator that is right for a moment has not won', () => {
    const seen = (winning: (i: number) => boolean) =>
      steps(9).map((step, i) =>
        observation(step, { losses: [7, 0.01], told: told(winning(i) ? {} : { accuracy: 0.7 }) }),
      );
    expect(discriminator.look(evidence(seen((i) => i >= 5)))?.sentence).toContain('the generator’s 7.');
    expect(discriminator.look(evidence(seen((i) => i >= 7)))).toBeUndefined();
    expect(discriminator.look(evidence(seen((i) => i !== 7)))).toBeUndefined();
  });

  test('a discriminator that gives all samples one score has died, if it was alive before', () => {
    const seen = (first: number) =>
      steps(8).map((step, i) =>
        observation(step, {
          gradients: [0, 0],
          modes: modes([]),
          told: told({ accuracy: 0.5, spread: i < 3 ? first : 1e-4, level: 0.3 }),
        }),
      );
    const settled = [9, 9] as const;
    expect(discriminator.look(evidence(seen(2), { settled }))?.sentence).toMatch(
      /^The discriminator is dead for 400 steps/,
    );
    expect(discriminator.look(evidence(seen(1e-4), { settled }))).toBeUndefined();
    // A critic may have small scores.
    expect(discriminator.look(evidence(seen(2)))).toBeUndefined();
    const found = [...Array(8).keys()];
    const trained = seen(2).map((each) => ({ ...each, modes: modes(found) }));
    expect(discriminator.look(evidence(trained, { settled }))).toBeUndefined();
  });

  test('losses of the equilibrium with all modes are an equilibrium', () => {
    const settled = [Math.LN2, 2 * Math.LN2] as const;
    const flat = (value: number) => new Float64Array(1000).fill(value);
    const look = (covered: number[], of: (covered: number[]) => SeenModes = modes) =>
      discriminator.look(
        evidence(
          steps(11).map((step) => observation(step, { losses: settled, modes: of(covered) })),
          {
            settled,
            losses: () => ({ from: 0, generator: flat(settled[0]), discriminator: flat(settled[1]) }),
          },
        ),
      );
    expect(look([...Array(8).keys()])).toBeUndefined();
    expect(look([0, 1])?.sentence).toContain('2 of 8 modes found');
    expect(look([0, 1], (found) => classes(found, 10))?.sentence).toMatch(
      /the classes do not: 2 of 10 classes found\.$/,
    );
  });

  test('a generator’s gradient that fades while modes are missing is a stall', () => {
    const seen = (covered: number[]) =>
      steps(8).map((step, i) =>
        observation(step, { gradients: [i < 3 ? 1 : 1e-5, 1], modes: modes(covered) }),
      );
    expect(stall.look(evidence(seen([0])))?.sentence).toMatch(
      /stopped learning for 400 steps: its gradient is 1e−5/,
    );
    expect(stall.look(evidence(seen([...Array(8).keys()])))).toBeUndefined();
  });

  test('whoever has arrived, or is held by a constraint, does not stall', () => {
    const still = { moved: () => ({ steps: 500, distance: 0, length: 1 }) };
    const seen = steps(9).map((step) => observation(step));
    expect(stall.look(evidence(seen, still))).toBeDefined();
    expect(stall.look(evidence(seen, { ...still, isAway: false }))).toBeUndefined();
    const constrained = experimentOf({ constraint: 'box' });
    expect(stall.look(evidence(seen, { ...still, experiment: constrained }))).toBeUndefined();
  });

  test('a discriminator that vanished before the end is the cause of it', () => {
    const diverged = { step: 812, player: 'generator' } as const;
    const seen = steps(8).map((step, i) =>
      observation(step, { gradients: [3, i < 5 ? 1 : 1e-12], told: told(), largest: 1e30 }),
    );
    expect(divergence.look(evidence(seen, { diverged }))?.sentence).toMatch(
      /^Diverged at step 812: the discriminator’s gradient had vanished \(1e−12, the generator’s 3\)/,
    );
  });

  test('a gradient that grew by decades is a divergence to come; a long one alone is not', () => {
    const growing = steps(9).map((step, i) => observation(step, { gradients: [3 * 2 ** i, 1] }));
    expect(divergence.look(evidence(growing))?.sentence).toContain('grown from 3.2 to 770 in 800 steps.');
    const long = steps(9).map((step) => observation(step, { gradients: [1000, 1] }));
    expect(divergence.look(evidence(long))).toBeUndefined();
  });

  test('what was before a change of settings counts no longer', () => {
    const growing = steps(9).map((step, i) => observation(step, { gradients: [3 * 2 ** i, 1] }));
    expect(divergence.look(evidence(growing, { since: 600 }))).toBeUndefined();
  });

  describe('the limit', () => {
    const all = [...Array(8).keys()];
    const nine = (parts: (i: number) => Partial<Observation>) =>
      steps(9).map((step, i) => observation(step, parts(i)));
    const lengths = (...values: readonly number[]) =>
      evidence(values.map((value, i) => observation(100 * i, { gradients: [value, 0] })));
    const rising = (from: number, to: number) =>
      lengths(...Array.from({ length: 9 }, (_, i) => from * (to / from) ** (i / 8)));
    const swinging = (period: number, swing: number, loss = 1) => {
      const series = Float64Array.from(
        { length: 512 },
        (_, i) => loss + swing ** (i / period) * Math.sin((2 * Math.PI * i) / period),
      );
      const silent = new Float64Array(512);
      return evidence([observation(512)], {
        losses: () => ({ from: 0, generator: series, discriminator: silent }),
      });
    };
    const rippling = (amplitude: number) => {
      const series = Float64Array.from({ length: 512 }, (_, i) => 1 + amplitude * Math.sin(i / 6.37));
      return evidence([observation(512)], {
        losses: () => ({ from: 0, generator: series, discriminator: new Float64Array(512) }),
      });
    };
    const settled = [Math.LN2, 2 * Math.LN2] as const;
    const judging = (parts: Partial<Told>, loss = 0.01, more: Partial<Evidence> = {}) =>
      evidence(
        nine(() => ({ losses: [7, loss], told: told(parts) })),
        more,
      );
    const oneScore = (spread: number, before: number, more: Partial<Evidence> = { settled }) =>
      evidence(
        nine((i) => ({
          losses: [5, 5],
          modes: more.settled && modes([]),
          told: told({ accuracy: 0.5, spread: 1.5 * (i < 4 ? before : spread), level: -0.5 }),
        })),
        more,
      );
    const nearlySettled = (batch: number, mean: number) => {
      const flat = (loss: number) => new Float64Array(300).fill(loss * (1 + mean));
      return evidence(
        nine(() => ({ losses: [settled[0], settled[1] * (1 - batch)], modes: modes([0]) })),
        {
          settled,
          losses: () => ({ from: 0, generator: flat(settled[0]), discriminator: flat(settled[1]) }),
        },
      );
    };
    const sticking = (parts: Partial<SeenModes>) =>
      evidence(nine(() => ({ modes: { ...modes([1, 4]), ...parts } })));
    /** At the modes `after` since a step of a run of 10,000. */
    const lost = (since: number, after: SeenModes, before = modes(all)) =>
      evidence(steps(101).map((step) => observation(step, { modes: step < since ? before : after })));
    const fading = (gradient: number, near = 0.9) =>
      evidence(
        nine((i) => ({
          gradients: [i < 4 ? 1 : gradient, 1],
          modes: { ...modes([0]), near: i < 8 ? 0.9 : near },
        })),
      );
    const moving = (pace: number) =>
      evidence(
        nine(() => ({})),
        { moved: () => ({ steps: 500, distance: pace * 500 * 3, length: 3 }) },
      );

    test.each([
      ['a long gradient', divergence, rising(0.9, 101), rising(0.9, 99)],
      ['its growth', divergence, rising(1.2, 121), rising(1.2, 119)],
      [
        'the readings in which it grew',
        divergence,
        lengths(1, 300, 200, 400, 600),
        lengths(1, 300, 200, 400),
      ],
      ['who has won', discriminator, judging({ accuracy: 0.99 }), judging({ accuracy: 0.989 })],
      ['chances of generated samples', discriminator, judging({ fake: 0.019 }), judging({ fake: 0.021 })],
      ['chances of real samples', discriminator, judging({ real: 0.981 }), judging({ real: 0.979 })],
      [
        'the loss of one who has won',
        discriminator,
        judging({ fake: 0.4 }, 0.039 * settled[1], { settled }),
        judging({ fake: 0.4 }, 0.041 * settled[1], { settled }),
      ],
      ['scores that are the same', discriminator, oneScore(0.99e-3, 1), oneScore(1.01e-3, 1)],
      ['scores of a critic', discriminator, oneScore(0.99e-6, 1, {}), oneScore(1.01e-6, 1, {})],
      ['having been alive', discriminator, oneScore(1e-4, 0.0101), oneScore(1e-4, 0.0099)],
      ['the loss of a batch', discriminator, nearlySettled(0.0099, 0), nearlySettled(0.0101, 0)],
      ['the mean loss', discriminator, nearlySettled(0, 0.0029), nearlySettled(0, 0.0031)],
      ['a ripple', cycling, rippling(1.45e-3), rippling(1.38e-3)],
      ['a swing that dies away', cycling, swinging(20, 0.97), swinging(20, 0.93)],
      ['a period of few steps', cycling, swinging(5, 1), swinging(3, 1)],
      [
        'samples near modes',
        collapse,
        sticking({ highQuality: 0.51, near: 0 }),
        sticking({ highQuality: 0.49, near: 0 }),
      ],
      [
        'samples on their way to few modes',
        collapse,
        sticking({ highQuality: 0.3, near: 0.51 }),
        sticking({ highQuality: 0.3, near: 0.49 }),
      ],
      [
        'few modes',
        collapse,
        sticking({ highQuality: 0.3, near: 0.9, approached: [0, 1, 2, 3] }),
        sticking({ highQuality: 0.3, near: 0.9, approached: [0, 1, 2, 3, 4] }),
      ],
      ['a tenth of the run', collapse, lost(9000, modes([1])), lost(9100, modes([1]))],
      [
        'classes that are surely missing',
        collapse,
        lost(5000, classes([0, 1, 2, 3, 4, 5, 6], 10), classes([...all, 8, 9], 10)),
        lost(5000, classes(all, 10), classes([...all, 8, 9], 10)),
      ],
      ['a gradient that has faded', stall, fading(0.99e-3), fading(1.01e-3)],
      ['samples that stay where they are', stall, fading(1e-5, 0.915), fading(1e-5, 0.925)],
      ['small steps', stall, moving(0.99e-7), moving(1.01e-7)],
    ] as const)('of %s is where it should be', (_, watcher, said, silent) => {
      expect(watcher.look(said)).toBeDefined();
      expect(watcher.look(silent)).toBeUndefined();
    });

    test('of a growth that an eigenvalue explains is ten', () => {
      const look = (growth: number) =>
        divergence.look(
          evidence(
            steps(9).map((step) => observation(step, { told: told() })),
            {
              diverged: { step: 800, player: 'generator' },
              leading: () => ({ step: 0, size: 2, limit: 1, angle: 0, factor: growth ** (1 / 800) }),
            },
          ),
        )!.sentence;
      expect(look(10.1)).toContain('rate × largest eigenvalue is 2');
      expect(look(9.9)).toContain('left the range of numbers');
    });

    test('of a walk from mode to mode is three moves, to twice as many modes as are held', () => {
      const at = (...held: readonly number[][]) =>
        collapse.look(evidence(held.map((covered, i) => observation(100 * i, { modes: modes(covered) }))))!
          .sentence;
      const stays = (covered: number[], count: number) => Array<number[]>(count).fill(covered);
      expect(at([0], [1], [2], ...stays([3], 5))).toMatch(/moves from mode to mode/);
      expect(at([0], [0], [1], ...stays([2], 5))).toMatch(/^1 of 8 modes found/);
      expect(at([0, 1], [0, 2], [0, 1], ...stays([0, 2], 5))).toMatch(/^2 of 8 modes found/);
      expect(at([0, 1], [0, 2], [0, 3], ...stays([0, 1], 5))).toMatch(/moves from mode to mode/);
    });
  });
});

describe('what is seen', () => {
  /** A generator x = w z + b and a discriminator a x + c, both linear, on a line. */
  const onLine = (centres: number[], spread: number, [w, b, a, c]: number[]) => {
    const game = {
      kind: 'gan',
      latentSize: 1,
      dataset: { kind: 'line', centres, spread },
      generatorNetwork: { hidden: [] },
      discriminatorNetwork: { hidden: [] },
    };
    const session = openSession(experimentOf({ game }), devices.reference);
    const point = Float64Array.of(w, b, a, c);
    const run = { ...session.soFar(), points: () => [{ step: 0, point }] };
    const [seen] = gather({ ...momentOf(session), point, run }).seen;
    session.dispose();
    return seen;
  };

  test('of modes are those with one sample of a hundred, and samples nearer than half the way', () => {
    // About 0 and 10: beyond 7 lie 3 % of the samples, or 0.5 %.
    const wide = onLine([0, 10], 1, [7 / 1.8808, 0, 0, 0]).modes!;
    expect(wide).toMatchObject({ total: 2, covered: [0, 1], approached: [0, 1] });
    expect(Math.abs(wide.highQuality - 0.61)).toBeLessThan(0.04);
    expect(Math.abs(wide.near - 0.9105)).toBeLessThan(0.03); // all but those below -5
    expect(onLine([0, 10], 1, [7 / 2.5758, 0, 0, 0]).modes).toMatchObject({ covered: [0] });
  });

  test('of a discriminator is what it tells apart, and how far its scores lie from each other', () => {
    const sharp = onLine([-3], 0.5, [0.5, 3, -1, 0]).told!;
    expect(sharp.accuracy).toBe(1);
    expect(Math.abs(sharp.real - 0.948)).toBeLessThan(0.006); // the mean of the logistic function about 3
    expect(sharp.fake).toBeCloseTo(1 - sharp.real, 1);
    expect(Math.abs(sharp.spread - Math.hypot(3, 0.5))).toBeLessThan(0.03);
    expect(Math.abs(sharp.level)).toBeLessThan(0.1);
    // One that gives every sample the score 0 guesses.
    expect(onLine([-3], 0.5, [0.5, 3, 0, 0]).told).toEqual({
      accuracy: 0.5,
      real: 0.5,
      fake: 0.5,
      spread: 0,
      level: 0,
    });
  });

  test('of losses begins with the present settings, and of an arrival at a thousandth of the way', () => {
    const before = experimentOf({ game: 'bilinear', ...descent(0.1) });
    const session = openSession(before, devices.reference);
    const see = (point = session.state.point.slice()) => {
      const moment = momentOf(session);
      const start = Float64Array.of(1, 0);
      const points = () => [
        { step: 0, point: start },
        { step: session.state.step, point },
      ];
      return gather({ ...moment, run: { ...session.soFar(), points } });
    };
    session.advance(10);
    expect(see().losses()).toMatchObject({ from: 0 });
    session.change(experimentOf({ game: 'bilinear', ...descent(0.2) }));
    see();
    session.advance(5);
    const { from, generator, discriminator: other } = see().losses();
    expect([from, generator.length, other.length]).toEqual([10, 5, 5]);
    expect(see(Float64Array.of(0, 1.01e-3)).isAway).toBe(true);
    expect(see(Float64Array.of(0, 0.99e-3)).isAway).toBe(false);
    session.dispose();
  });
});

test('each watcher has a name of its own, and says what it watches for', () => {
  expect(new Set(watchers.map(({ name }) => name)).size).toBe(watchers.length);
  for (const { label, summary } of watchers) {
    expect(label).toMatch(/^\w/);
    expect(summary).toMatch(/\.$/);
  }
});
