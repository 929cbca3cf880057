/** Calls the command line inside this process and keeps what it says. */
import { expect } from 'vitest';
import type { Io } from '../../src/cli/output.ts';
import { saddle } from '../../src/cli/saddle.ts';

export interface Answer {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** `line` is split at spaces; what has spaces of its own goes into `more`. */
export async function call(
  line: string,
  more: readonly string[] = [],
  io: Partial<Io> = {},
): Promise<Answer> {
  let out = '';
  let err = '';
  const argv = [...line.split(' ').filter((word) => word !== ''), ...more];
  const code = await saddle(argv, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    showsProgress: false,
    stopped: () => undefined,
    ...io,
  });
  return { code, out, err };
}

/** What a call printed, when all went well. */
export async function output(line: string, more: readonly string[] = []): Promise<string> {
  const { code, out, err } = await call(line, more);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return out;
}

// biome-ignore lint/suspicious/noExplicitAny: what a program reads from JSON has no types
export type Json = any;

/** The objects of the lines of a run: the readings, then the summary. */
export function linesOf(out: string): { readings: Json[]; summary: Json } {
  const lines = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  return { readings: lines.slice(0, -1), summary: lines.at(-1).summary };
}

export const runLines = async (line: string, more: readonly string[] = []) =>
  linesOf(await output(`run ${line}`, more));
export const inspected = async (line: string, more: readonly string[] = []): Promise<Json> =>
  JSON.parse(await output(`inspect ${line}`, more));

/** The lines of a refusal: exit code 2, nothing printed, one sentence a line. */
export async function refusal(line: string, more: readonly string[] = []): Promise<string[]> {
  const answer = await call(line, more);
  expect({ code: answer.code, out: answer.out }).toEqual({ code: 2, out: '' });
  return sentences(answer.err);
}

/** The lines on standard error, each held to be one readable sentence. */
export function sentences(err: string): string[] {
  const lines = err.split('\n');
  expect(lines.pop()).toBe('');
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) {
    expect(line).toMatch(/\S \S.*\.$/u);
    expect(line).not.toMatch(/\p{Cc}/u);
    expect(line).not.toMatch(/\bat .*\.(ts|js):\d|Error\b|undefined|\[object/);
    expect(line.length).toBeLessThan(400);
  }
  return lines;
}
