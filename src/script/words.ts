/** How names, numbers and texts are written in Python, and how NumPy's words become PyTorch's. */

/** What a script computes with. */
export type Flavour = 'numpy' | 'torch';

const KEYWORDS = new Set(
  'and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'.split(
    ' ',
  ),
);

/** `layer1.weight`, `realLabel` -> `layer1_weight`, `real_label`. */
export function snake(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .toLowerCase();
  const safe = /^[0-9]/.test(words) ? `_${words}` : words;
  return KEYWORDS.has(safe) ? `${safe}_` : safe;
}

/** The shortest text that Python reads as the same float64; whole numbers stay whole. */
export function numberText(value: number): string {
  if (Number.isNaN(value)) return 'math.nan';
  if (!Number.isFinite(value)) return value > 0 ? 'math.inf' : '-math.inf';
  if (Object.is(value, -0)) return '-0.0';
  const text = String(value);
  return Number.isInteger(value) && Math.abs(value) >= 2 ** 53 && !text.includes('e') ? `${text}.0` : text;
}

/** `(2, 3)`, `(3,)`, `()`. */
export const tupleText = (extents: readonly number[]): string =>
  extents.length === 1 ? `(${extents[0]},)` : `(${extents.join(', ')})`;

/** Text in triple quotes: nothing in it can end them. */
export const quotable = (text: string): string => text.replaceAll('\\', '/').replaceAll('"""', "'''");

/** Every line but empty ones moved to the right. */
export const indented = (text: string, by = 4): string => text.replace(/^(?=.)/gm, ' '.repeat(by));

/** A function of Python that computes line by line. */
export const definition = (
  name: string,
  signature: string,
  what: string,
  lines: readonly string[],
  result: string,
) =>
  [
    `def ${name}(${signature}):`,
    `    """${what}"""`,
    ...lines.map((line) => indented(line)),
    `    return ${result}`,
  ].join('\n');

const WIDTH = 100;

/** Words joined by blanks into lines of readable length, the later ones moved to the right. */
export function wrapped(text: string, indent = 0, width = WIDTH): string {
  const pad = ' '.repeat(indent);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width - indent) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join(`\n${pad}`);
}

/** Lists up to this long are written as numbers; longer ones as the bytes of their numbers, which is shorter. */
const READABLE = 200;

/** A NumPy array of these float64 values, exactly. */
export function arrayText(values: ArrayLike<number>, shape: readonly number[]): string {
  const reshaped = shape.length === 1 ? '' : `.reshape(${tupleText(shape)})`;
  if (values.length <= READABLE) {
    const numbers = wrapped(Array.from(values, numberText).join(', '), 4);
    const list = numbers.includes('\n') || numbers.length > 70 ? `\n    ${numbers}\n` : numbers;
    return `np.array([${list}], dtype=np.float64)${reshaped}`;
  }
  const code = base64Text(new Uint8Array(Float64Array.from(values).buffer)).join('"\n    "');
  return `np.frombuffer(base64.b64decode(\n    "${code}"\n), dtype="<f8")${reshaped}`;
}

/** Bytes as letters, in lines of 96. */
export function base64Text(bytes: Uint8Array): readonly string[] {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).match(/.{1,96}/g) ?? [];
}

/** What NumPy calls it -> what PyTorch calls it, in the texts of optimizers: they mean the same of flat vectors. */
const translations: readonly (readonly [RegExp, string])[] = [
  [/\bnp\.concatenate\(/g, 'torch.cat('],
  [/\bnp\.ndarray\b/g, 'torch.Tensor'],
  [/\.copy\(\)/g, '.clone()'],
  [/\bnp\./g, 'torch.'],
];

/** A text about vectors in the words of a flavour; written for NumPy. */
export const inFlavour = (text: string, flavour: Flavour): string =>
  flavour === 'numpy' ? text : translations.reduce((all, [from, to]) => all.replace(from, to), text);
