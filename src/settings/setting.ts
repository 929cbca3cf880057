// What can be adjusted: declarations as plain data, and the type of the values they describe.

import { show } from './words.ts';

/** What every setting that holds a value says of itself. */
interface About {
  readonly label: string;
  readonly summary: string;
  /** Whether it may change while a run goes on; if not, a change starts a new run. */
  readonly live: boolean;
}

/** One number in [min, max]. `step` is a hint to controls: values between the steps are valid. */
export interface NumberSetting extends About {
  readonly type: 'number' | 'integer';
  readonly default: number;
  readonly min: number;
  readonly max: number;
  readonly scale: 'linear' | 'log';
  /** On a log scale: `min` is 0, and zero is the end of the scale ("off"). */
  readonly zero: boolean;
  readonly unit?: string;
  readonly step?: number;
  /** On a linear scale about zero: what a slider spans at first, to either side; a hint, as `step` is. */
  readonly reach?: number;
}

export interface ToggleSetting extends About {
  readonly type: 'toggle';
  readonly default: boolean;
}

/** One of some named words, each with its summary. */
export interface PickSetting<Name extends string = string> extends About {
  readonly type: 'pick';
  readonly options: Readonly<Record<Name, string>>;
  readonly default: Name;
}

/** A short list of numbers, each in [min, max]; `length` is [least, most]. */
export interface NumbersSetting extends About {
  readonly type: 'numbers';
  readonly default: readonly number[];
  readonly min: number;
  readonly max: number;
  readonly length: readonly [least: number, most: number];
  readonly integer: boolean;
}

/** A line of text in some language of its own; `mistake` says in a few words what is wrong with one. */
export interface TextSetting extends About {
  readonly type: 'text';
  readonly default: string;
  readonly most: number;
  /** What a text should be, for people: `a formula in x and y`. */
  readonly expected: string;
  mistake(text: string): string | undefined;
}

export type Fields = { readonly [name: string]: Setting };

/** A record of settings. */
export interface Group<F extends Fields = Fields> {
  readonly type: 'group';
  readonly fields: F;
  readonly label?: string;
}

/** Something to choose: what a list of entries shows of each, and the settings that come with it. */
export interface Entry {
  readonly name: string;
  readonly label: string;
  readonly summary: string;
  readonly settings: Group;
  readonly named?: Named;
}

/** Numbers that an entry's other values call for by name, as a formula does: fields that come and go with them. */
export interface Named {
  /** What each of them is. */
  readonly each: NumberSetting;
  /** Those that these values call for: plain words, none of them a field already. */
  in(values: Readonly<Record<string, unknown>>): readonly { readonly name: string; readonly label: string }[];
}

/** One entry of a list. Its value is `{ kind: entry.name, ...values of the entry's settings }`. */
export interface ChoiceSetting<E extends readonly Entry[] = readonly Entry[]> extends About {
  readonly type: 'choice';
  readonly entries: E;
  readonly default: string;
}

export type Setting =
  | NumberSetting
  | ToggleSetting
  | PickSetting
  | NumbersSetting
  | TextSetting
  | Group
  | ChoiceSetting;

/** The plain value that a setting describes. */
export type Values<S> = S extends NumberSetting
  ? number
  : S extends ToggleSetting
    ? boolean
    : S extends PickSetting<infer Name>
      ? Name
      : S extends NumbersSetting
        ? readonly number[]
        : S extends TextSetting
          ? string
          : S extends Group<infer F>
            ? string extends keyof F
              ? Record<string, unknown>
              : { -readonly [Name in keyof F]: Values<F[Name]> }
            : S extends ChoiceSetting<infer E>
              ? EntryValues<E[number]>
              : never;

/** The value of a choice when this entry is chosen; a union over entries is a union over values. */
export type EntryValues<E> = E extends { readonly name: infer Name; readonly settings: infer G }
  ? string extends Name
    ? { kind: string } & Record<string, unknown>
    : string extends keyof Values<G>
      ? { kind: Name } & Record<string, unknown>
      : Flat<{ kind: Name } & Values<G>>
  : never;

type Flat<T> = { [Name in keyof T]: T[Name] };

interface Described {
  label: string;
  summary: string;
  live?: boolean;
}

interface NumberOptions extends Described {
  default: number;
  min: number;
  max: number;
  scale?: 'linear' | 'log';
  zero?: boolean;
  unit?: string;
  step?: number;
  reach?: number;
}

export function number(options: NumberOptions): NumberSetting {
  return numeric('number', options);
}

/** A whole number. */
export function integer(options: NumberOptions): NumberSetting {
  return numeric('integer', options);
}

function numeric(type: 'number' | 'integer', options: NumberOptions): NumberSetting {
  const setting: NumberSetting = { scale: 'linear', zero: false, live: true, ...options, type };
  const { label, min, max, step } = setting;
  checkRange(label, min, max, type === 'integer', [setting.default]);
  if (setting.scale === 'log') {
    const least = setting.zero ? min === 0 : min > 0;
    const rule = setting.zero ? 'with zero: true needs min 0' : 'needs min above 0 (or zero: true)';
    demand(least, label, `a log scale ${rule}, but min is ${min}`);
  }
  demand(step === undefined || step > 0, label, `step must be above 0, but is ${step}`);
  return setting;
}

export function toggle(options: Described & { default: boolean }): ToggleSetting {
  return { live: true, ...options, type: 'toggle' };
}

/** One of the words that name `options`; each comes with its summary. */
export function pick<const O extends Readonly<Record<string, string>>>(
  options: Described & { options: O; default: NoInfer<keyof O & string> },
): PickSetting<keyof O & string> {
  checkNames(options.label, Object.keys(options.options), options.default);
  return { live: true, ...options, type: 'pick' };
}

/** A short list of numbers. Without `length` it is as long as its default. */
export function numbers(
  options: Described & {
    default: readonly number[];
    min: number;
    max: number;
    length?: number | readonly [least: number, most: number];
    integer?: boolean;
  },
): NumbersSetting {
  const { label, length = options.default.length } = options;
  const [least, most] = typeof length === 'number' ? [length, length] : length;
  const count = options.default.length;
  const setting: NumbersSetting = {
    live: true,
    integer: false,
    ...options,
    type: 'numbers',
    length: [least, most],
  };
  checkRange(label, setting.min, setting.max, setting.integer, setting.default);
  demand(
    Number.isInteger(least) && Number.isInteger(most) && 0 <= least && least <= most,
    label,
    `length must be [least, most], but is ${show([least, most])}`,
  );
  demand(
    least <= count && count <= most,
    label,
    `the default has ${count} numbers, which is outside ${least} to ${most}`,
  );
  return setting;
}

/** A line of at most `most` characters, checked by `mistake`. */
export function text(
  options: Described & {
    default: string;
    expected: string;
    most?: number;
    mistake: (text: string) => string | undefined;
  },
): TextSetting {
  const setting: TextSetting = { live: true, most: 500, ...options, type: 'text' };
  const wrong = setting.mistake(setting.default);
  demand(wrong === undefined, setting.label, `the default ${show(setting.default)} is wrong: ${wrong}`);
  return setting;
}

/** A record of settings. The names are the words of the dotted paths. */
export function group<const F extends Fields>(fields: F, label?: string): Group<F> {
  for (const name of Object.keys(fields)) {
    // A name with a dot or '=' would break the text form; one of Object's own would break look-ups.
    demand(
      /^[a-zA-Z][a-zA-Z0-9]*$/.test(name) && !(name in Object.prototype),
      label ?? 'group',
      `a field must be named by one plain word, but found ${show(name)}`,
    );
  }
  return label === undefined ? { type: 'group', fields } : { type: 'group', fields, label };
}

/** One entry of a list; not live unless said so. */
export function choice<const E extends readonly Entry[]>(
  options: Described & { entries: E; default: NoInfer<E[number]['name']> },
): ChoiceSetting<E> {
  const { label, entries } = options;
  const names = entries.map((entry) => entry.name);
  checkNames(label, names, options.default);
  for (const { name, settings } of entries) {
    demand(!Object.hasOwn(settings.fields, 'kind'), label, `${name} has a field kind, which names the entry`);
  }
  return { live: false, ...options, type: 'choice' };
}

/** The values of a setting that nobody has touched: fresh plain data. */
export function defaults<S extends Setting>(setting: S): Values<S> {
  return freshDefaults(setting) as Values<S>;
}

function freshDefaults(setting: Setting): unknown {
  switch (setting.type) {
    case 'group': {
      const values: Record<string, unknown> = {};
      for (const [name, field] of Object.entries(setting.fields)) values[name] = freshDefaults(field);
      return values;
    }
    case 'choice':
      return entryDefaults(entryOf(setting, setting.default)!);
    case 'numbers':
      return [...setting.default];
    default:
      return setting.default;
  }
}

/** The value of a choice when this entry has just been chosen. */
export function entryDefaults<E extends Entry>(entry: E): EntryValues<E> {
  const values = { kind: entry.name, ...(defaults(entry.settings) as object) };
  return completed(entry, values) as unknown as EntryValues<E>;
}

/** The numbers that an entry's values call for by name, as fields. */
export function namedFields({ named }: Entry, values: Readonly<Record<string, unknown>>): Fields {
  if (!named) return {};
  return Object.fromEntries(named.in(values).map(({ name, label }) => [name, { ...named.each, label }]));
}

/** The same values, with the default of every number that they call for by name and do not have. */
export function completed<V extends object>(entry: Entry, values: V): V {
  const missing = Object.entries(namedFields(entry, values as Record<string, unknown>)).filter(
    ([name]) => !Object.hasOwn(values, name),
  );
  if (missing.length === 0) return values;
  return { ...values, ...Object.fromEntries(missing.map(([name, field]) => [name, freshDefaults(field)])) };
}

export function entryOf<E extends readonly Entry[]>(
  setting: ChoiceSetting<E>,
  name: unknown,
): E[number] | undefined {
  return setting.entries.find((entry) => entry.name === name);
}

/** The fields directly below a setting that has this value; none below a single value. */
export function fieldsOf(setting: Setting, value: unknown): Fields {
  if (setting.type === 'group') return setting.fields;
  if (setting.type !== 'choice') return {};
  const entry = entryOf(setting, (value as { kind: string }).kind)!;
  if (!entry.named) return entry.settings.fields;
  return { ...entry.settings.fields, ...namedFields(entry, value as Record<string, unknown>) };
}

/** Whether two values of a setting without fields are the same. */
export function sameValue(a: unknown, b: unknown): boolean {
  return a === b || (Array.isArray(a) && Array.isArray(b) && a.join() === b.join());
}

/** The dotted path of a field below `path`; the root's path is empty. */
export function below(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

function checkRange(
  label: string,
  min: number,
  max: number,
  whole: boolean,
  values: readonly number[],
): void {
  demand(
    Number.isFinite(min) && Number.isFinite(max) && min <= max,
    label,
    `the range ${min} to ${max} is empty or endless`,
  );
  for (const value of values) {
    demand(value >= min && value <= max, label, `the default ${value} is outside ${min} to ${max}`);
  }
  for (const value of whole ? [min, max, ...values] : []) {
    demand(Number.isSafeInteger(value), label, `${value} is not a whole number`);
  }
}

function checkNames(label: string, names: readonly string[], chosen: string): void {
  demand(names.length > 0, label, 'there is nothing to choose');
  for (const [i, name] of names.entries()) {
    // The characters that stay readable in a link.
    demand(/^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/.test(name), label, `${show(name)} is not a plain name`);
    demand(names.indexOf(name) === i, label, `${name} is there twice`);
  }
  demand(names.includes(chosen), label, `the default ${show(chosen)} is not one of ${names.join(', ')}`);
}

/** A mistake in a declaration is ours, so it throws where it was made. */
function demand(holds: boolean, label: string, sentence: string): void {
  if (!holds) throw new Error(`Setting "${label}": ${sentence}.`);
}
