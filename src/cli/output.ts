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

/** One JSON object on one line, handed on field by field: no text grows beyond one field. */
export async function printObject(object: Readonly<Record<string, unknown>>, io: Io): Promise<void> {
  const fields = Object.entries(object).filter(([, value]) => value !== undefined);
  for (const [at, [name, value]] of fields.entries()) {
    await io.out(`${at === 0 ? '{' : ','}${toJson(name)}:${toJson(value)}`);
  }
  await io.out('}\n');
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
