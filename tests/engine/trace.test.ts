/** A trace: losses thinned by the step alone, and every point of a small path. */
import { expect, test } from 'vitest';
import { openTrace, strideAt } from '../../src/engine/trace.ts';

const losses = new Float64Array([0.5, -0.5]);
const point = (step: number) => Float64Array.of(step, -step);

test('strides depend on the step only: every step at first, then at most some thousand per octave', () => {
  expect([0, 1, 2047, 2048, 4095, 4096, 8192, 1 << 20].map(strideAt)).toEqual([1, 1, 1, 2, 2, 4, 8, 1024]);
  for (let octave = 11; octave < 16; octave++) {
    let recorded = 0;
    for (let step = 2 ** octave; step < 2 ** (octave + 1); step++)
      if (step % strideAt(step) === 0) recorded++;
    expect(recorded).toBe(1024);
  }
});

test('the same steps are recorded however often a frame takes them', () => {
  const record = (every: number) => {
    const trace = openTrace(point(0));
    const steps: number[] = [];
    for (let step = 0; step < 10_000; step++) {
      trace.note(step, losses, point(step + 1));
      if (step % every === 0) steps.push(...trace.take().losses.step);
    }
    return [...steps, ...trace.take().losses.step];
  };
  expect(record(7)).toEqual(record(100_000));
});

test('a path begins where the run does and has every point once, in order', () => {
  const trace = openTrace(point(0));
  const path = [...trace.take().path];
  for (let step = 1; step <= 9000; step++) {
    trace.note(step - 1, losses, point(step));
    if (step % 4000 === 0) path.push(...trace.take().path);
  }
  path.push(...trace.take().path);
  expect(path).toEqual(Array.from({ length: 9001 }, (_, step) => [step, -step]).flat());
  expect(trace.take().path.length).toBe(0);
});

test('of a path that nobody took, the newest points are kept', () => {
  const trace = openTrace(point(0));
  for (let step = 1; step <= 10_000; step++) trace.note(step - 1, losses, point(step));
  const { path } = trace.take();
  expect(path.length).toBe(2 * 4096);
  expect([...path.subarray(0, 2), ...path.subarray(-2)]).toEqual([5905, -5905, 10_000, -10_000]);
});

test('what was taken belongs to the taker', () => {
  const trace = openTrace(point(0));
  trace.note(0, losses, point(1));
  const taken = trace.take();
  const copy = structuredClone(taken);
  for (let step = 2; step < 5000; step++) trace.note(step - 1, losses, point(step));
  trace.take();
  expect(taken).toEqual(copy);
});

test('a large point leaves no path', () => {
  const trace = openTrace(new Float64Array(3));
  trace.note(0, losses, new Float64Array(3));
  expect(trace.take()).toEqual({
    losses: {
      step: Float64Array.of(0),
      generator: Float64Array.of(0.5),
      discriminator: Float64Array.of(-0.5),
    },
    path: new Float64Array(0),
  });
});

test('the newest losses are kept in order, from the step that is said', () => {
  const trace = openTrace(point(0), 10);
  for (let step = 10; step < 5010; step++) trace.note(step, Float64Array.of(step, -step), point(step));
  const { from, generator, discriminator } = trace.recent();
  expect([from, generator.length]).toEqual([914, 4096]);
  expect([generator[0], generator[4095], discriminator[0]]).toEqual([914, 5009, -914]);
});

test('at most 16 points are kept, the first among them, evenly over the run, as its length alone decides', () => {
  const keptAfter = (steps: number) => {
    const trace = openTrace(new Float64Array(3));
    for (let step = 0; step < steps; step++) trace.note(step, losses, new Float64Array(3).fill(step + 1));
    return trace.points();
  };
  for (const steps of [1, 15, 16, 100, 5000]) {
    const kept = keptAfter(steps);
    const at = kept.map(({ step }) => step);
    expect(at[0]).toBe(0);
    expect(at.length).toBeGreaterThanOrEqual(Math.min(steps, 8));
    expect(at.length).toBeLessThanOrEqual(16);
    const gaps = at.slice(1).map((step, i) => step - at[i]);
    expect(new Set(gaps).size).toBe(1);
    for (const { step, point } of kept) expect([...point]).toEqual([step, step, step]);
  }
});

test('steps that are taken again add no losses, and those of a future that is given up are not told', () => {
  const trace = openTrace(point(0));
  for (let step = 0; step < 20; step++) trace.note(step, losses, point(step + 1));
  trace.goBackTo(10, point(10));
  for (let step = 10; step < 15; step++) trace.note(step, losses, point(step + 1), true);
  trace.forget(15);
  trace.note(15, losses, point(16));
  expect([...trace.take().losses.step]).toEqual(Array.from({ length: 16 }, (_, step) => step));
});
