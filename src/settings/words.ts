// How values and names go into a sentence: shown short, and the nearest name that is known.

/** The longest text that `show` gives; a sentence stays readable. */
export const SHOWN_LENGTH = 60;

/** How many items of a list or fields of an object are looked at before the rest is left out. */
const SHOWN_ITEMS = 8;

/** Prints any value in at most `SHOWN_LENGTH` characters. Calls no getter and never throws. */
export function show(value: unknown): string {
  let text: string;
  try {
    text = print(value, 2);
  } catch {
    text = 'something unreadable'; // a revoked or throwing proxy
  }
  return shorten(text);
}

/** Cuts a text to at most `SHOWN_LENGTH` characters. */
export function shorten(text: string): string {
  return text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH - 3)}...` : text;
}

function print(value: unknown, depth: number): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, SHOWN_LENGTH));
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'bigint') return 'a big integer'; // its digits may be millions
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) {
    if (depth === 0) return '[...]';
    const items = Array.from({ length: Math.min(value.length, SHOWN_ITEMS) }, (_, i) =>
      print(own(value, String(i)), depth - 1),
    );
    return `[${items.join(', ')}${value.length > SHOWN_ITEMS ? ', ...' : ''}]`;
  }
  if (depth === 0) return '{...}';
  const names = Object.keys(value);
  const fields = names.slice(0, SHOWN_ITEMS).map((name) => {
    return `${JSON.stringify(name.slice(0, SHOWN_LENGTH))}: ${print(own(value, name), depth - 1)}`;
  });
  return `{${fields.join(', ')}${names.length > SHOWN_ITEMS ? ', ...' : ''}}`;
}

/** An object's own plain value; undefined where there is none, where it is a getter, or where reading throws. */
export function own(object: object, name: string): unknown {
  try {
    return Object.getOwnPropertyDescriptor(object, name)?.value;
  } catch {
    return undefined;
  }
}

/** Array.isArray, but a revoked proxy is no list instead of an error. */
export function isList(value: unknown): value is unknown[] {
  try {
    return Array.isArray(value);
  } catch {
    return false;
  }
}

/** The name that was probably meant, or undefined when none is near. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  const meant = name.slice(0, SHOWN_LENGTH).toLowerCase();
  let best: string | undefined;
  let least = Infinity;
  for (const candidate of names) {
    const steps = editDistance(meant, candidate.toLowerCase());
    // More than half of the letters wrong is another word, not a slip.
    if (steps < least && steps <= Math.max(meant.length, candidate.length) / 2) {
      best = candidate;
      least = steps;
    }
  }
  return best;
}

/** Levenshtein distance: the fewest insertions, deletions and replacements that turn a into b. */
function editDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = above[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(replaced, above[j] + 1, row[j - 1] + 1));
    }
    above = row;
  }
  return above[b.length];
}
