/** Eigenvalues found a piece at a time. */
import { expect, test } from 'vitest';
import {
  eigenvalues,
  eigenvaluesSymmetric,
  startEigenvalues,
  startEigenvaluesSymmetric,
} from '../../src/math/eigenvalues.ts';
import { randomMatrix } from './spectra.ts';

/** What a computation yielded, and its answer. */
function follow<T>(computation: Generator<number, T, void>): { progress: number[]; answer: T } {
  const progress: number[] = [];
  for (;;) {
    const { done, value } = computation.next();
    if (done) return { progress, answer: value };
    progress.push(value);
  }
}

function checkProgress(progress: readonly number[], n: number): void {
  // At least once a column; the longest piece, n = 2500, is one product of its columns with the matrix.
  expect(progress.length).toBeGreaterThan(n);
  progress.forEach((share, i) => {
    expect(share).toBeGreaterThanOrEqual(i > 0 ? progress[i - 1] : 0);
    expect(share).toBeLessThanOrEqual(1);
  });
  expect(progress.at(-1)).toBeGreaterThan(0.5);
}

test.each([2, 20, 90, 150, 300])('%i rows: the same bits, and progress that never falls', (n) => {
  const matrix = randomMatrix(n, 1);
  const { progress, answer } = follow(startEigenvalues(matrix, n));
  expect(answer).toEqual(eigenvalues(matrix, n));
  if (n >= 20) checkProgress(progress, n - 3);
  const symmetric = follow(startEigenvaluesSymmetric(matrix, n));
  expect(symmetric.answer).toEqual(eigenvaluesSymmetric(matrix, n));
  if (n >= 20) checkProgress(symmetric.progress, n - 3);
});

test('several at once do not disturb one another, nor does what becomes of their matrices', () => {
  const sizes = [30, 60, 100, 150, 100];
  const expected = sizes.map((n, seed) => eigenvalues(randomMatrix(n, seed), n));
  const open = sizes.map((n, seed) => {
    const matrix = randomMatrix(n, seed);
    const computation = startEigenvalues(matrix, n);
    matrix.fill(Number.NaN);
    return computation;
  });
  const answers: unknown[] = [];
  while (answers.filter(Boolean).length < sizes.length) {
    open.forEach((computation, i) => {
      const { done, value } = computation.next();
      if (done && !answers[i]) answers[i] = value;
    });
  }
  expect(answers).toEqual(expected);
});

test('one that is given up leaves nothing behind', () => {
  const [first, second] = [randomMatrix(120, 1), randomMatrix(80, 2)];
  const expected = eigenvalues(second, 80);
  for (const steps of [0, 1, 50, 200]) {
    const computation = startEigenvalues(first, 120);
    for (let i = 0; i < steps; i++) computation.next();
    computation.return(undefined as never);
    expect(computation.next().done).toBe(true);
    expect(eigenvalues(second, 80)).toEqual(expected);
  }
});

test('another shape is refused at once', () => {
  expect(() => startEigenvalues(new Float64Array(3), 2)).toThrow(RangeError);
  expect(() => startEigenvaluesSymmetric(new Float64Array(3), 2)).toThrow(RangeError);
});
