/** How a run is watched: the measurements, the layers, pace and speed, when it stops; in the link where it differs. */
import {
  gammaSetting,
  matrixSettings,
  orderSetting,
  otherNumberSetting,
  partSetting,
  planeSettings,
  streamSetting,
  walkSettings,
} from '../analysis/choices.ts';
import { type Experiment, experiment as experimentSchema } from '../catalog/experiment.ts';
import {
  defaults,
  group,
  integer,
  nearest,
  numbers,
  type Pair,
  type Problem,
  parse,
  pick,
  sameValue,
  show,
  toggle,
  toQuery,
  type Values,
  withPairs,
} from '../settings/index.ts';
import { MOST_UNKNOWN, moreUnknown, problem } from '../settings/parse.ts';
import { shorten } from '../settings/words.ts';
import type { Axis } from './clock.ts';
import { factsOf } from './facts.ts';
import { isPlace, places } from './hiding.ts';
import type { Page } from './page.ts';
import { type Panel, panels } from './panels.ts';
import { figures } from './record.ts';
import { speedKindOf, speeds, usualSpeed } from './speeds.ts';
import { type StopName, type Stops, stops as stopList } from './stops.ts';
import { strings } from './strings.ts';
import type { Span } from './zoom.ts';

/** By what lanes are kept together: steps, readings of the field, or time spent computing. */
export type Pace = 'steps' | 'evaluations' | 'seconds';

/** The most lanes of a race: as many colours and shapes can be told apart. */
export const MOST_LANES = 6;

/** The layers of the pictures, by the names of their legend entries. */
const layers = [
  'real',
  'generated',
  'scores',
  'discriminator',
  'modes',
  'pushes',
  'manifold',
  'field',
  'path',
  'equilibria',
  'average',
  'first',
  'second',
  'generatorParameters',
  'discriminatorParameters',
  'source',
  'target',
  'labels',
  'domain',
] as const;
export type Layer = (typeof layers)[number];
/** What costs more than it tells at first. */
const hiddenAtFirst: ReadonlySet<Layer> = new Set<Layer>(['pushes', 'manifold']);

export interface Layout {
  /** Panels that somebody has opened or closed, by their names. */
  readonly panels: Readonly<Record<string, boolean>>;
  /** What all charts run along. */
  readonly axis: Axis;
  /** The panel that fills the whole width. */
  readonly wide?: Panel['name'];
  /** Of all panels, in percent of the usual. */
  readonly height: number;
  /** Of panels that somebody has made another height than all, by their names. */
  readonly heights: Readonly<Record<string, number>>;
  /** Of the columns beside the picture that somebody has made wider or narrower, in percent of the usual. */
  readonly widths: Readonly<Partial<Record<Column, number>>>;
  /** In a race, the samples of all lanes are in one picture. */
  readonly isOverlaid: boolean;
  /** Settings of probes that differ from the defaults, by the probe's name. */
  readonly probes: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Panels whose scale somebody has made logarithmic, or linear. */
  readonly logarithmic: Readonly<Record<string, boolean>>;
  /** The figure that a panel with several of them shows, where somebody has picked one. */
  readonly picked: Readonly<Record<string, string>>;
  readonly pace: Pace;
  /** Index into `speeds`, for each kind of picture. */
  readonly speed: Readonly<Record<keyof typeof usualSpeed, number>>;
  /** When to stop. */
  readonly stops: Stops;
  readonly hidden: ReadonlySet<Layer>;
  /** The part of their axis that all charts show; without one, the whole run. */
  readonly zoom?: Span;
  /** The zoom goes along with the run, up to its newest step. */
  readonly isZoomNewest: boolean;
  /** Places of the page, and settings by their paths, that are not shown. */
  readonly hide: readonly string[];
}

/** Which lanes are selected, alone and muted, by their places from 1; 0 for none. */
export interface Lineup {
  readonly selected: number;
  readonly solo: number;
  readonly muted: readonly number[];
  /** Which colour and shape each lane has, from 1; without them, in their order. */
  readonly colours?: readonly number[];
}

export const usualLineup: Lineup = { selected: 1, solo: 0, muted: [] };

export const HEIGHTS = { least: 50, usual: 100, most: 300 } as const;

/** The columns beside the picture. */
const columns = ['game', 'lanes'] as const;
export type Column = (typeof columns)[number];
/** A column that is narrower has no room for a slider and its name. */
export const WIDTHS = { least: 85, usual: 100, most: 250 } as const;

export const usualLayout: Layout = {
  panels: {},
  axis: 'steps',
  height: HEIGHTS.usual,
  heights: {},
  widths: {},
  isOverlaid: false,
  probes: {},
  logarithmic: {},
  picked: {},
  pace: 'steps',
  speed: usualSpeed,
  stops: {},
  hidden: hiddenAtFirst,
  isZoomNewest: false,
  hide: [],
};

const words = strings.layout.words;
/** What may be said of probes: their own settings, without those that the page reckons out. */
const probeSettings = {
  vectorField: group({ ...streamSetting, ...gammaSetting }),
  slice: group({ ...planeSettings, ...partSetting }),
  leadingSpectrum: group({ ...matrixSettings, ...orderSetting }),
  stabilityMap: group(otherNumberSetting),
  latentWalk: group(walkSettings),
};
const NONE = 'none';
/** A number for each of some lanes. */
const ofLanes = {
  default: [],
  min: 1,
  max: MOST_LANES,
  length: [0, MOST_LANES],
  integer: true,
  live: true,
} as const;
const named = <N extends string>(...names: readonly N[]) =>
  Object.fromEntries(names.map((name) => [name, name])) as unknown as Record<N, string>;

const schema = group({
  axis: pick({ ...words.axis, default: 'steps', options: strings.axis.names }),
  wide: pick({
    ...words.wide,
    default: NONE,
    options: named(NONE, ...panels.map(({ name }) => name)),
  }),
  height: integer({ ...words.height, default: HEIGHTS.usual, min: HEIGHTS.least, max: HEIGHTS.most }),
  picture: pick({ ...words.picture, default: 'lanes', options: named('lanes', 'overlaid') }),
  probe: group(probeSettings),
  pace: pick({ ...words.pace, default: 'steps', options: strings.paces }),
  speed: pick({
    ...words.speed,
    default: 'usual',
    options: named('usual', ...speeds.map(({ name }) => name)),
  }),
  newest: toggle({ ...words.newest, default: false }),
  zoom: numbers({ ...words.zoom, default: [], min: 0, max: 1e12, length: [0, 2], live: true }),
  selected: integer({ ...words.selected, default: usualLineup.selected, min: 1, max: MOST_LANES }),
  solo: integer({ ...words.solo, default: usualLineup.solo, min: 0, max: MOST_LANES }),
  muted: numbers({ ...words.muted, ...ofLanes }),
  colours: numbers({ ...words.colours, ...ofLanes }),
});

const usualWords = defaults(schema);

/** Words whose values are lists of names. */
const PANELS = 'panels';
const LAYERS = 'layers';
const LOG = 'log';
const PICKED = 'figures';
const EACH_HEIGHT = 'heights';
const EACH_WIDTH = 'widths';
const STOPS = 'stops';
const HIDE = 'hide';
const lists = [PANELS, LAYERS, LOG, PICKED, EACH_HEIGHT, EACH_WIDTH, STOPS, HIDE];

/** What may be said of how a run is watched. */
export const layoutWords: readonly string[] = [...lists, ...Object.keys(schema.fields)];

/** Whether a word of a link is about the layout. */
export const isOfLayout = (word: string): boolean => layoutWords.includes(word.split('.', 1)[0]);

const panelNames: readonly string[] = panels.map(({ name }) => name);
const figureNames: readonly string[] = Object.values(figures).flat();
const stopNames: readonly string[] = stopList.map(({ name }) => name);
const optimizerAndGame: readonly string[] = Object.keys(experimentSchema.fields);

/** What a link asks for of `experiment`, played in so many lanes; what cannot be is added to the problems. */
export function readLayout(
  pairs: readonly Pair[],
  problems: Problem[],
  experiment: Experiment,
  lanes: number,
): { readonly layout: Layout; readonly lineup: Lineup } {
  const said = new Map(pairs.filter(([path]) => lists.includes(path)));
  const rest = pairs.filter(([path]) => !lists.includes(path));
  const { values, problems: found } = withPairs(schema, usualWords, rest);
  problems.push(...found);
  /** The items of one word's list, each a known name with what stands before and after it. */
  const read = (word: string, names: readonly string[], isKnown = (name: string) => names.includes(name)) =>
    readList(word, said.get(word) ?? '', names, isKnown, problems);
  const signed = (word: string, names: readonly string[]) =>
    Object.fromEntries(read(word, names).map(({ name, isMinus }) => [name, !isMinus]));
  const leaveOut = (word: string, expected: string, what: unknown) =>
    problems.push(problem(word, 'should be', expected, show(what), words.leftOut));

  const stops: Record<string, number> = {};
  for (const { name, value } of read(STOPS, stopNames)) {
    const { usual } = stopList.find((stop) => stop.name === name) as (typeof stopList)[number];
    const limit = usual === undefined ? 0 : value === '' ? usual : Number(value);
    if (Number.isFinite(limit)) stops[name] = limit + 0;
    else leaveOut(`${STOPS} ${name}`, 'a number', value);
  }
  const picked: Record<string, string> = {};
  for (const { name, value } of read(PICKED, panelNames)) {
    if (figureNames.includes(value)) picked[name] = value;
    else leaveOut(`${PICKED} ${name}`, `one of ${figureNames.join(', ')}`, value);
  }
  const percents = (
    word: string,
    names: readonly string[],
    { least, most }: typeof HEIGHTS | typeof WIDTHS,
  ) => {
    const found: Record<string, number> = {};
    for (const { name, value } of read(word, names)) {
      const percent = Math.round(Number(value || Number.NaN));
      if (percent >= least && percent <= most) found[name] = percent;
      else leaveOut(`${word} ${name}`, `a number from ${least} to ${most}`, value);
    }
    return found;
  };
  const shown = signed(LAYERS, layers);
  const hide = read(
    HIDE,
    [...Object.keys(places), ...optimizerAndGame],
    (name) => isPlace(name) || (optimizerAndGame.includes(name.split('.', 1)[0]) && PATH.test(name)),
  ).map(({ name }) => name);

  const [from, to] = values.zoom;
  const isZoom = values.zoom.length === 2 && from < to;
  if (values.zoom.length > 0 && !isZoom)
    leaveOut('zoom', 'two places of the axis in their order', values.zoom);
  const isThere = (word: string) => (at: number) => {
    if (at > lanes) leaveOut(word, `lanes 1 to ${lanes}`, at);
    return at <= lanes;
  };
  return {
    layout: {
      panels: signed(PANELS, panelNames),
      axis: values.axis,
      wide: values.wide === NONE ? undefined : values.wide,
      height: values.height,
      heights: percents(EACH_HEIGHT, panelNames, HEIGHTS),
      widths: percents(EACH_WIDTH, columns, WIDTHS),
      isOverlaid: values.picture === 'overlaid',
      probes: differing(values.probe),
      logarithmic: signed(LOG, panelNames),
      picked,
      pace: values.pace,
      speed:
        values.speed === 'usual'
          ? usualSpeed
          : {
              ...usualSpeed,
              [speedKindOf(experiment)]: speeds.findIndex(({ name }) => name === values.speed),
            },
      stops,
      hidden: new Set(layers.filter((name) => !(shown[name] ?? !hiddenAtFirst.has(name)))),
      ...(isZoom && { zoom: [from, to] as const }),
      isZoomNewest: isZoom && values.newest,
      hide: [...new Set(hide)].slice(0, MOST_HIDDEN),
    },
    lineup: {
      selected: isThere('selected')(values.selected) ? values.selected : 1,
      solo: isThere('solo')(values.solo) ? values.solo : 0,
      muted: [...new Set(values.muted)].filter(isThere('muted')),
      ...(isOneEach(values.colours, lanes) && { colours: values.colours }),
    },
  };
}

/** Whether these are numbers for so many lanes, no two of them alike. */
const isOneEach = (colours: readonly number[], lanes: number): boolean =>
  colours.length === lanes && new Set(colours).size === lanes;

/** The panel that is to fill the width is open, unless the same link closes it. */
export function withWideOpen(layout: Layout, { game }: Experiment): Layout {
  const wide = panels.find(({ name }) => name === layout.wide);
  if (!wide || wide.isOpenAtFirst(factsOf(game)) || wide.name in layout.panels) return layout;
  return { ...layout, panels: { ...layout.panels, [wide.name]: true } };
}

/** A setting's path: safe in a selector of a style sheet. */
const PATH = /^[A-Za-z][A-Za-z0-9.]*$/;
/** More would be a page without settings: `hide=game,lanes`. */
const MOST_HIDDEN = 100;

interface Item {
  readonly name: string;
  /** It began with a minus. */
  readonly isMinus: boolean;
  /** What stood behind a colon. */
  readonly value: string;
}

/** Such as `+eigenvalues,-losses` or `step:1000`; a plus that became a space, or is left out, is one all the same. */
function readList(
  word: string,
  text: string,
  names: readonly string[],
  isKnown: (name: string) => boolean,
  problems: Problem[],
): Item[] {
  const items: Item[] = [];
  let unknown = 0;
  for (const each of text.split(',').map((part) => part.trim())) {
    const [name, value = ''] = each.replace(/^[+-]\s*/, '').split(':', 2);
    if (name === '') continue;
    if (isKnown(name)) items.push({ name, isMinus: each.startsWith('-'), value });
    else if (unknown++ < MOST_UNKNOWN) {
      const expected = `one of ${names.join(', ')}`;
      const meant = nearest(name, names);
      problems.push(problem(word, 'should have', expected, show(shorten(name)), words.leftOut, names, meant));
    }
  }
  if (unknown > MOST_UNKNOWN) problems.push(moreUnknown(word, unknown - MOST_UNKNOWN));
  return items;
}

/** Only what differs, as the store keeps it. */
function differing(all: Values<typeof schema>['probe']): Layout['probes'] {
  const probes: Record<string, Record<string, unknown>> = {};
  for (const name of Object.keys(probeSettings)) {
    const usual: Record<string, unknown> = usualWords.probe[name as keyof typeof all];
    const changed = Object.entries(all[name as keyof typeof all]).filter(
      ([field, value]) => !sameValue(value, usual[field]),
    );
    if (changed.length > 0) probes[name] = Object.fromEntries(changed);
  }
  return probes;
}

/** What a link says of how a run is watched, in pairs: nothing of what is usual for this game. */
export function writeLayout(
  layout: Layout,
  experiment: Experiment,
  { selected, solo, muted, colours = [] }: Lineup = usualLineup,
): string {
  const facts = factsOf(experiment.game);
  const fitting = panels.filter((panel) => panel.fits(facts, experiment, MOST_LANES));
  const isOpen = (panel: Panel) => layout.panels[panel.name] ?? panel.isOpenAtFirst(facts);
  const signed = fitting
    .filter((panel) => isOpen(panel) !== panel.isOpenAtFirst(facts))
    .map((panel) => `${isOpen(panel) ? '+' : '-'}${panel.name}`);
  const wide = fitting.find((panel) => panel.name === layout.wide && isOpen(panel));
  const kind = speedKindOf(experiment);
  const speed = layout.speed[kind];
  const said: Values<typeof schema> = {
    axis: layout.axis,
    wide: wide?.name ?? NONE,
    height: layout.height,
    picture: layout.isOverlaid ? 'overlaid' : 'lanes',
    probe: parse(schema.fields.probe, layout.probes).values,
    pace: layout.pace,
    speed: speed === usualSpeed[kind] ? 'usual' : speeds[speed].name,
    zoom: layout.zoom?.map((place) => Number(place.toPrecision(12))) ?? [],
    newest: layout.zoom !== undefined && layout.isZoomNewest,
    selected,
    solo,
    muted,
    colours: colours.some((colour, i) => colour !== i + 1) ? colours : [],
  };
  const rest = toQuery(schema, said, usualWords);
  const list = (word: string, items: readonly string[]) =>
    items.length > 0 ? [`${word}=${items.join(',')}`] : [];
  const stops = stopList.flatMap(({ name, usual }) => {
    const limit = layout.stops[name as StopName];
    return limit === undefined
      ? []
      : [usual === undefined ? name : `${name}:${String(limit).replace('+', '')}`];
  });
  return [
    ...list(PANELS, signed),
    ...list(
      LAYERS,
      layers
        .filter((name) => layout.hidden.has(name) !== hiddenAtFirst.has(name))
        .map((name) => `${layout.hidden.has(name) ? '-' : '+'}${name}`),
    ),
    ...list(
      LOG,
      panelNames
        .filter((name) => layout.logarithmic[name] !== undefined)
        .map((name) => `${layout.logarithmic[name] ? '+' : '-'}${name}`),
    ),
    ...list(
      PICKED,
      panelNames.flatMap((name) => (layout.picked[name] ? [`${name}:${layout.picked[name]}`] : [])),
    ),
    ...list(
      EACH_HEIGHT,
      fitting.flatMap(({ name }) => (layout.heights[name] ? [`${name}:${layout.heights[name]}`] : [])),
    ),
    ...list(
      EACH_WIDTH,
      columns.flatMap((name) => (layout.widths[name] ? [`${name}:${layout.widths[name]}`] : [])),
    ),
    ...list(STOPS, stops),
    ...list(HIDE, layout.hide),
    ...(rest ? [rest] : []),
  ].join('&');
}

/** All charts run along another axis; the part of the selected lane's run that is seen stays. */
export function changeAxis({ store, record, cursor }: Page, axis: Axis): void {
  const { zoom, axis: before } = store.getState();
  const { clock } = record;
  const moved = (value: number) => clock.along(axis)(clock.stepAt(before, value));
  cursor.set(undefined);
  store.setState({ axis, zoom: zoom && [moved(zoom[0]), moved(zoom[1])] });
}
