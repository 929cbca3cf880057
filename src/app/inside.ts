/** Inside a step, in words: each event as a title and a formula with the numbers of this step. */
import type { Readings } from '../analysis/index.ts';
import type { Experiment } from '../catalog/experiment.ts';
import { experiment as schema } from '../catalog/experiment.ts';
import type { Player } from '../math/field.ts';
import { coordinateNames } from './facts.ts';
import { short } from './format.ts';
import { panelStrings } from './panels/strings.ts';

export type Inside = NonNullable<Readings['anatomy']>;
export type InsideEvent = Inside['events'][number];
type Told = NonNullable<InsideEvent['vector']>;

export interface Line {
  readonly title: string;
  readonly formula: string;
}

const say = panelStrings.inside;
/** What the players' coordinates are called. */
type Names = Readonly<Record<Player, string>>;
const number = (value: number) => short(value, 4);
/** After a dot, a negative number stands in brackets. */
const factor = (text: string) => (text.startsWith('−') ? `(${text})` : text);
const tuple = (values: ArrayLike<number>) => `(${Array.from(values, number).join(', ')})`;

type Part = 'scheme' | Player | 'adjustment' | 'clipping' | 'constraint' | 'lookahead' | 'averaging';
interface Named {
  readonly name: string;
  readonly label: string;
  readonly formula?: string;
}
const entry = (experiment: Experiment, part: Part) =>
  (schema.fields[part].entries as readonly Named[]).find(({ name }) => name === experiment[part].kind);
const labelOf = (experiment: Experiment, part: Part) => entry(experiment, part)?.label ?? '';

/** The formulas of the scheme, of both rules and of what bends the field, as they are in the catalog. */
export function formulasOf(experiment: Experiment): Line[] {
  const isOne = experiment.generator.kind === experiment.discriminator.kind;
  const parts: Part[] = ['scheme', 'generator', ...(isOne ? [] : (['discriminator'] as const))];
  const optional = (['adjustment', 'clipping', 'constraint', 'lookahead', 'averaging'] as const).filter(
    (part) => experiment[part].kind !== 'none',
  );
  return [...parts, ...optional].map((part) => ({
    title: labelOf(experiment, part),
    formula: entry(experiment, part)?.formula ?? '',
  }));
}

/** All events of a step, each with its words. */
export function linesOf(reading: Inside, experiment: Experiment): Line[] {
  const [generator, discriminator] = coordinateNames(experiment.game);
  const names = { generator, discriminator };
  return reading.events.map((event, i) => ({
    title: titleOf(event, reading, i, experiment),
    formula: reading.from?.at ? inNumbers(event, reading, i, names) : inLengths(event, names),
  }));
}

/** The newest event of a kind before this one. */
function before(
  events: readonly InsideEvent[],
  i: number,
  kinds: readonly string[],
): InsideEvent | undefined {
  return events.slice(0, i).findLast(({ kind }) => kinds.includes(kind));
}

const isSame = (a: Told | null, b: Told | null): boolean =>
  a !== null &&
  b !== null &&
  (a.at && b.at
    ? a.at.every((value, i) => value === (b.at as Float64Array)[i])
    : a.length.generator === b.length.generator && a.length.discriminator === b.length.discriminator);

/** Where something is read: at the run's own point, at one that is only tried, or elsewhere. */
function placeOf(event: InsideEvent, { events, from }: Inside, i: number): 'w' | 'w̃' | undefined {
  let own: Told | null = from;
  let tried: Told | null = null;
  let isTrial = false;
  for (const { kind, to } of events.slice(0, i)) {
    if (kind === 'trial' || kind === 'move' || kind === 'answer') isTrial = kind === 'trial';
    else if (kind !== 'constraint') continue;
    if (isTrial) tried = to;
    else own = to;
  }
  if (isSame(own, event.from)) return 'w';
  return isSame(tried, event.from) ? 'w̃' : undefined;
}

function titleOf(event: InsideEvent, reading: Inside, i: number, experiment: Experiment): string {
  const { titles } = say;
  const label = (part: Part) => labelOf(experiment, part);
  const { kind, player } = event;
  switch (kind) {
    case 'reading':
      if (event.draw < 0) return titles.readingAll;
      if (player !== 'both') return titles.readingOf[player];
      return { w: titles.reading, w̃: titles.readingAtTrial, other: titles.readingElsewhere }[
        placeOf(event, reading, i) ?? 'other'
      ];
    case 'adjusted':
      return titles.adjusted(label('adjustment'));
    case 'product':
      return event.times > 1 ? titles.products(event.times) : titles.product;
    case 'clipped':
      return titles.clipped(label('clipping'));
    case 'change':
      return player !== 'both' || label('generator') === label('discriminator')
        ? titles.change(label(player === 'both' ? 'generator' : player))
        : titles.changes(label('generator'), label('discriminator'));
    case 'trial':
      return titles.trial;
    case 'move':
      return player === 'both' ? titles.move : titles.moveOf[player];
    case 'constraint':
      return titles.constraint(label('constraint'));
    case 'answer':
      return titles.answer(label('scheme'));
    case 'lookahead':
      return titles.lookahead(label('lookahead'));
    case 'average':
      return titles.average(label('averaging'));
    default:
      return titles.restart;
  }
}

/** The event with its coordinates, as one would write it down: w = (θ, φ), or (x, y). */
function inNumbers(event: InsideEvent, reading: Inside, i: number, names: Names): string {
  const { kind, player } = event;
  const at = (told: Told | null) => told?.at ?? new Float64Array(0);
  /** A joint vector, or the one number of the player whose it is. */
  const of = (told: Told | null) =>
    player === 'both' ? tuple(at(told)) : number(at(told)[player === 'generator' ? 0 : 1] ?? Number.NaN);
  const sub = player === 'both' ? '' : `_${names[player]}`;
  switch (kind) {
    case 'reading': {
      const place = placeOf(event, reading, i);
      const letters = place ? `F${sub}(${place}) = ` : '';
      return `${letters}F${sub}${tuple(at(event.from))} = ${of(event.vector)}`;
    }
    case 'adjusted':
      return `g${sub} = ${of(event.vector)}`;
    case 'product':
      return `J${event.transposed ? '′' : ''} · ${tuple(at(event.of))} = ${tuple(at(event.vector))}`;
    case 'clipped':
      return `g${sub} = ${of(event.of)} → ${of(event.vector)}`;
    case 'change': {
      const rate = commonRate(event, reading);
      return rate === undefined
        ? `g${sub} = ${of(event.of)} → Δ${sub} = ${of(event.vector)}`
        : `−η g${sub} = −${number(rate)} · ${factor(of(event.of))} = ${of(event.vector)}`;
    }
    case 'trial':
    case 'move': {
      const whole = player === 'both' ? 'w' : names[player];
      const name = kind === 'trial' ? (player === 'both' ? 'w̃' : `${whole}̃`) : `${whole}⁺`;
      const [letters, numbers] = added(event, reading, i, of, sub);
      return `${name} = ${whole} ${letters} = ${of(event.from)} ${numbers} = ${of(event.to)}`;
    }
    case 'average':
      return `w̄ = ${of(event.to)}`;
    default:
      return `${of(event.from)} → ${of(event.to)}`;
  }
}

/** The rate of a change that is plain descent, where one number serves. */
function commonRate({ isPlain, player }: InsideEvent, { rates }: Inside): number | undefined {
  if (!isPlain) return undefined;
  if (player !== 'both') return rates[player === 'generator' ? 0 : 1];
  return rates[0] === rates[1] ? rates[0] : undefined;
}

/**
 * What is added to a point, in letters and in numbers: -eta F where the change is plain and of the field, 2 Δ minus
 * what is remembered where that is what it is, else the vector itself. What is written was compared, number by
 * number.
 */
function added(
  event: InsideEvent,
  reading: Inside,
  i: number,
  of: (told: Told | null) => string,
  sub: string,
): [letters: string, numbers: string] {
  const { player, vector, scale } = event;
  const times = scale === 1 ? '' : `${number(scale)} · `;
  const plain: [string, string] = [`+ ${times}Δ${sub}`, `+ ${times}${factor(of(vector))}`];
  const change = before(reading.events, i, ['change']);
  const isOfChange = change?.player === player && isSame(change.vector, vector);
  if (change && isOfChange) {
    const rate = commonRate(change, reading);
    const read = before(reading.events, i, ['reading', 'adjusted']);
    if (rate === undefined || scale !== 1 || !read || !isSame(read.vector, change.of)) return plain;
    const place = placeOf(read, reading, reading.events.indexOf(read));
    const gradient = read.kind === 'reading' && place ? `F${sub}(${place})` : `g${sub}`;
    return [`− η ${gradient}`, `− ${number(rate)} · ${factor(of(change.of))}`];
  }
  const values = vector?.at;
  if (!values || scale !== 1 || player !== 'both') return plain;
  for (const { part, name, values: kept } of reading.remembered) {
    if (part !== 'scheme' || kept.length !== values.length) continue;
    const word = say.memories[name] ?? name;
    if (values.every((value, k) => value === kept[k])) return [`+ ${word}`, `+ ${tuple(kept)}`];
    const now = change?.vector?.at;
    if (now && values.every((value, k) => value === 2 * now[k] - kept[k]))
      return [`+ 2Δ − ${word}`, `+ 2 · ${tuple(now)} − ${tuple(kept)}`];
  }
  return plain;
}

/** The event with lengths instead of coordinates. */
function inLengths(event: InsideEvent, names: Names): string {
  const { kind, player, vector, displacement, draw, angle, to } = event;
  const of = (symbol: string, told: Told | null) => {
    if (!told) return '';
    const { generator, discriminator } = told.length;
    if (player === 'both') return say.lengths(symbol, generator, discriminator);
    return say.lengthOf(`${symbol}_${names[player]}`, player === 'generator' ? generator : discriminator);
  };
  switch (kind) {
    case 'reading':
    case 'adjusted': {
      const turned = Number.isFinite(angle) ? say.angle(angle) : '';
      return `${draw >= 0 ? say.batch(draw + 1) : ''}${of('F', vector)}${turned}`;
    }
    case 'product':
      return of('J d', vector);
    case 'clipped':
      return of('g', vector);
    case 'change':
      return of('Δ', vector);
    case 'average':
      return of('w̄', to);
    default:
      return of('Δ', displacement);
  }
}

/** What the optimizer remembered before the step, by name, where there are few numbers. */
export function rememberedWords({ remembered }: Inside): string | undefined {
  if (remembered.length === 0) return undefined;
  const told = remembered.map(({ part, name, values }) => {
    const word = say.memories[name] ?? name;
    const isPlayers = part === 'generator' || part === 'discriminator';
    return `${isPlayers ? say.ofPlayer(part, word) : word} ${values.length === 1 ? number(values[0]) : tuple(values)}`;
  });
  return say.remembered(told.join(', '));
}
