/** Code that few experiments need: it is loaded with the first of them, and a page that plays another does without. */
type LateCode = typeof import('./lateCode.ts');

let code: LateCode | undefined;

/** Throws before `loadLate` has come to its end: `prepare`, the page and the command line see to that. */
export function late(): LateCode {
  if (!code) throw new Error('the code of this experiment is not loaded');
  return code;
}

export const hasLate = (): boolean => code !== undefined;

export async function loadLate(): Promise<void> {
  code ??= await import('./lateCode.ts');
}
