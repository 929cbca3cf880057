/** What the commands print to, and how values become JSON: the only way out for all of them. */
import type { Problem } from '../settings/index.ts';

export interface Io {
  /** Standard output. Resolves when the text has been handed on, so that nothing piles up. */
  out(text: string): Promise<void> | void;
  /** Standard error. */
  err(text: string): void;
  /** Whether standard error is a terminal: only then is progress shown. */
  readonly showsProgress: boolean;
  /** The exit code of the signal by which the user asked to stop; undefined as long as nobody did. */
  stopped(): number | undefined;
}

/** Exit code of everything that the user has to mend: arguments, names, values, files. */
export const MISTAKE = 2;

/** JSON on one line. Typed arrays become plain lists; NaN and both infinities become null. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_, each) => (ArrayBuffer.isView(each) ? [...(each as Float64Array)] : each));
}

/** How many numbers go into one text: a large game's do not fit into a single string. */
const PIECE = 16_384;

/** One JSON object on one line, handed on piece by piece. */
export async function printObject(object: Readonly<Record<string, unknown>>, io: Io): Promise<void> {
  for (const piece of pieces(object)) await io.out(piece);
  await io.out('\n');
}

function* pieces(value: unknown): Generator<string> {
  if (value instanceof Float64Array) {
    yield '[';
    for (let from = 0; from < value.length; from += PIECE) {
      yield `${from > 0 ? ',' : ''}${toJson(value.subarray(from, from + PIECE)).slice(1, -1)}`;
    }
    yield ']';
  } else if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const fields = Object.entries(value).filter(([, each]) => each !== undefined);
    yield '{';
    for (const [at, [name, each]] of fields.entries()) {
      yield `${at > 0 ? ',' : ''}${toJson(name)}:`;
      yield* pieces(each);
    }
    yield '}';
  } else yield toJson(value);
}

/** Prints one line for each problem; the command's exit code. */
export function refuse(problems: readonly Problem[], io: Io): number {
  for (const problem of problems) io.err(`${oneLine(sentenceOf(problem))}\n`);
  return MISTAKE;
}

/** A problem's sentence without what was mended: the command line runs nothing instead. */
function sentenceOf({ message }: Problem): string {
  return message.replace(/; [^;]*$/, '.');
}

/** Names and files may hold anything: control characters are shown as their codes. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) => {
    return `\\u${character.codePointAt(0)!.toString(16).padStart(4, '0')}`;
  });
}
