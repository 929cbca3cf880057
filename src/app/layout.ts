/** How the measurements stand: which panels are open and how large, what they run along; in the link where it differs. */
import {
  gammaSetting,
  matrixSettings,
  orderSetting,
  otherNumberSetting,
  partSetting,
  planeSettings,
} from '../analysis/choices.ts';
import type { Experiment } from '../catalog/experiment.ts';
import {
  defaults,
  group,
  integer,
  nearest,
  type Pair,
  type Problem,
  parse,
  pick,
  sameValue,
  show,
  toQuery,
  type Values,
  withPairs,
} from '../settings/index.ts';
import { MOST_UNKNOWN, moreUnknown, problem } from '../settings/parse.ts';
import { shorten } from '../settings/words.ts';
import type { Axis } from './clock.ts';
import { factsOf } from './facts.ts';
import type { Page } from './page.ts';
import { type Panel, panels } from './panels.ts';
import { strings } from './strings.ts';

export interface Layout {
  /** Panels that somebody has opened or closed, by their names. */
  readonly panels: Readonly<Record<string, boolean>>;
  /** What all charts run along. */
  readonly axis: Axis;
  /** The panel that fills the whole width. */
  readonly wide?: Panel['name'];
  /** Of all panels, in percent of the usual. */
  readonly height: number;
  /** In a race, the samples of all lanes are in one picture. */
  readonly isOverlaid: boolean;
  /** Settings of probes that differ from the defaults, by the probe's name. */
  readonly probes: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export const HEIGHTS = { least: 50, usual: 100, most: 300 } as const;

export const usualLayout: Layout = {
  panels: {},
  axis: 'steps',
  height: HEIGHTS.usual,
  isOverlaid: false,
  probes: {},
};

const words = strings.layout.words;
/** What may be said of probes: their own settings, without those that the page reckons out. */
const probeSettings = {
  vectorField: group({ ...partSetting, ...gammaSetting }),
  slice: group({ ...planeSettings, ...partSetting }),
  leadingSpectrum: group({ ...matrixSettings, ...orderSetting }),
  stabilityMap: group(otherNumberSetting),
};
const NONE = 'none';
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
});

const PANELS = 'panels';

/** Whether a word of a link is about the layout. */
export const isOfLayout = (word: string): boolean => {
  const [first] = word.split('.', 1);
  return first === PANELS || Object.hasOwn(schema.fields, first);
};

/** The layout that a link asks for; what cannot be is added to the problems. */
export function readLayout(pairs: readonly Pair[], problems: Problem[]): Layout {
  const said: Record<string, boolean> = {};
  const rest: Pair[] = [];
  for (const [path, text] of pairs) {
    if (path === PANELS) Object.assign(said, readPanels(text, problems));
    else rest.push([path, text]);
  }
  const { values, problems: found } = withPairs(schema, defaults(schema), rest);
  problems.push(...found);
  return {
    panels: said,
    axis: values.axis,
    wide: values.wide === NONE ? undefined : values.wide,
    height: values.height,
    isOverlaid: values.picture === 'overlaid',
    probes: differing(values.probe),
  };
}

/** Such as `+eigenvalues,-losses`; a plus that became a space, or is left out, is one all the same. */
function readPanels(text: string, problems: Problem[]): Record<string, boolean> {
  const names = panels.map(({ name }) => name as string);
  const said: Record<string, boolean> = {};
  let unknown = 0;
  for (const word of text.split(',').map((each) => each.trim())) {
    const name = word.replace(/^[+-]\s*/, '');
    if (name === '') continue;
    if (names.includes(name)) said[name] = !word.startsWith('-');
    else if (unknown++ < MOST_UNKNOWN) {
      const expected = `one of ${names.join(', ')}`;
      const meant = nearest(name, names);
      problems.push(
        problem(PANELS, 'should have', expected, show(shorten(name)), words.leftOut, names, meant),
      );
    }
  }
  if (unknown > MOST_UNKNOWN) problems.push(moreUnknown(PANELS, unknown - MOST_UNKNOWN));
  return said;
}

/** Only what differs, as the store keeps it. */
function differing(all: Values<typeof schema>['probe']): Layout['probes'] {
  const probes: Record<string, Record<string, unknown>> = {};
  for (const [name, settings] of Object.entries(probeSettings)) {
    const usual = defaults(settings) as Record<string, unknown>;
    const changed = Object.entries(all[name as keyof typeof all]).filter(
      ([field, value]) => !sameValue(value, usual[field]),
    );
    if (changed.length > 0) probes[name] = Object.fromEntries(changed);
  }
  return probes;
}

/** What a link says of the layout, in pairs: nothing of what is usual for this game. */
export function writeLayout(layout: Layout, experiment: Experiment): string {
  const facts = factsOf(experiment.game);
  const fitting = panels.filter((panel) => panel.fits(facts, experiment));
  const isOpen = (panel: Panel) => layout.panels[panel.name] ?? panel.isOpenAtFirst(facts);
  const signed = fitting
    .filter((panel) => isOpen(panel) !== panel.isOpenAtFirst(facts))
    .map((panel) => `${isOpen(panel) ? '+' : '-'}${panel.name}`);
  const wide = fitting.find((panel) => panel.name === layout.wide && isOpen(panel));
  const rest = toQuery(schema, {
    axis: layout.axis,
    wide: wide?.name ?? NONE,
    height: layout.height,
    picture: layout.isOverlaid ? 'overlaid' : 'lanes',
    probe: parse(group(probeSettings), layout.probes).values,
  });
  return [signed.length > 0 ? `${PANELS}=${signed.join(',')}` : '', rest].filter(Boolean).join('&');
}

/** All charts run along another axis; the part of the selected lane's run that is seen stays. */
export function changeAxis({ store, record, cursor }: Page, axis: Axis): void {
  const { zoom, axis: before } = store.getState();
  const { clock } = record;
  const moved = (value: number) => clock.along(axis)(clock.stepAt(before, value));
  cursor.set(undefined);
  store.setState({ axis, zoom: zoom && [moved(zoom[0]), moved(zoom[1])] });
}
