/** The link is the document: what is written is read back, and what is broken is said and survived. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { presetExperiment, presetOf, readAddress, writeAddress } from '../../src/app/address.ts';
import { type Layout, usualLayout, usualLineup } from '../../src/app/layout.ts';
import { loadNamed } from '../../src/app/named.ts';
import { lineUp } from '../../src/app/store.ts';
import { type Experiment, experiment as schema } from '../../src/catalog/experiment.ts';
import { applyMethod } from '../../src/catalog/methods/index.ts';
import { presets } from '../../src/catalog/presets/index.ts';
import { defaults, set } from '../../src/settings/index.ts';

await loadNamed();

const standard = defaults(schema);
const write = (experiment: Experiment, device?: string) => writeAddress([experiment], device);
/** What a link says of its first lane. */
function readFirst(text: string) {
  const { experiments, ...rest } = readAddress(text);
  return { experiment: experiments[0], ...rest };
}

test('the page’s own experiment needs no link', () => {
  expect(write(standard)).toBe('');
  expect(readAddress('')).toEqual({
    experiments: [standard],
    problems: [],
    paused: false,
    device: undefined,
    layout: usualLayout,
    lineup: usualLineup,
    isEmbedded: false,
  });
});

test.each(presets.map(({ name }) => name))('preset %s is read by its name, and written by it', (name) => {
  const { experiment, problems } = readFirst(`#preset=${name}`);
  expect(problems).toEqual([]);
  expect(experiment).toEqual(presetExperiment(name));
  expect(presetOf(experiment)?.name).toBe(name);
  expect(readFirst(write(experiment)).experiment).toEqual(experiment);
});

test('a changed preset is written out, so that it reads back even when the preset moves on', () => {
  const changed = set(schema, presetExperiment('bilinear')!, 'generator.learningRate', 0.25);
  const text = write(changed);
  expect(text).not.toContain('preset');
  expect(readFirst(text).experiment).toEqual(changed);
});

test('settings beside a preset are laid over it', () => {
  const { experiment, problems } = readFirst('?preset=bilinear&generator.learningRate=0.25');
  expect(problems).toEqual([]);
  expect(experiment).toEqual(set(schema, presetExperiment('bilinear')!, 'generator.learningRate', 0.25));
});

test('another rule beside a preset starts from its own defaults, not from the preset’s rate', () => {
  const { experiment } = readFirst('preset=bilinear&generator=adam');
  expect(experiment.generator).toEqual(standard.generator);
});

test('a link may ask to wait, and name a device', () => {
  expect(readAddress('#preset=dirac&paused=true&device=tfjs-cpu')).toMatchObject({
    paused: true,
    device: 'tfjs-cpu',
    problems: [],
  });
  expect(write(standard, 'tfjs-cpu')).toBe('device=tfjs-cpu');
});

test('what a link gets wrong is listed, and the rest is honoured', () => {
  const { experiment, problems } = readFirst(
    '#preset=bilinaer&game=bilinear&generator=sgd&generator.learningRate=fast&seed=-3&nonsense=1&broken%E0%A4=2&game.start=2,',
  );
  expect(experiment.game.kind).toBe('bilinear');
  expect(experiment.generator.kind).toBe('sgd');
  const said = problems.map(({ message }) => message).join('\n');
  for (const word of ['bilinear?', 'fast', '-3', 'nonsense', 'game.start']) expect(said).toContain(word);
});

test('a truncated preset link says so too', () => {
  const { problems } = readAddress('#preset=bilinear&generator.learn');
  expect(problems).toHaveLength(1);
});

test('no text makes it throw, and every experiment that it gives can be written and read back', () => {
  const pieces = fc.constantFrom(
    'preset=',
    'bilinear',
    '&',
    '=',
    '%',
    'seed',
    'game',
    '.',
    '1e9',
    'é',
    '#',
    '?',
    ',',
    'panels=',
    '+losses',
    '-modes',
    'axis=',
    'seconds',
    'wide=',
    'height=',
    'picture=',
    'probe',
    'slice',
    'constructor',
    '__proto__',
  );
  const texts = fc.oneof(
    fc.string(),
    fc.array(pieces).map((all) => all.join('')),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const { experiment, layout } = readFirst(text);
      expect(readFirst(write(experiment)).experiment).toEqual(experiment);
      const written = writeAddress([experiment], undefined, layout);
      const again = readAddress(written);
      expect(again.problems).toEqual([]);
      expect(writeAddress(again.experiments, undefined, again.layout)).toBe(written);
    }),
  );
});

test.each<[string, Partial<Layout>]>([
  ['panels=-losses,+eigenvalues', { panels: { eigenvalues: true, losses: false } }],
  ['axis=evaluations', { axis: 'evaluations' }],
  ['axis=seconds', { axis: 'seconds' }],
  ['wide=losses', { wide: 'losses' }],
  ['height=150', { height: 150 }],
  ['heights=losses:150,eigenvalues:80', { heights: { losses: 150, eigenvalues: 80 } }],
  ['widths=game:130,lanes:85', { widths: { game: 130, lanes: 85 } }],
  ['newest=true&zoom=10,20', { zoom: [10, 20], isZoomNewest: true }],
  ['picture=overlaid', { isOverlaid: true }],
  ['probe.leadingSpectrum.wanted=smallestReal', { probes: { leadingSpectrum: { wanted: 'smallestReal' } } }],
  ['probe.slice.plane=trajectory', { probes: { slice: { plane: 'trajectory' } } }],
  ['probe.stabilityMap.path=adjustment.weight', { probes: { stabilityMap: { path: 'adjustment.weight' } } }],
  [
    'probe.vectorField.part=mixture&probe.vectorField.gamma=3',
    { probes: { vectorField: { part: 'mixture', gamma: 3 } } },
  ],
])('the layout word %s is read, and written as it was', (text, change) => {
  const layout = { ...usualLayout, ...change };
  const { layout: read, problems } = readAddress(`#${text}&preset=`);
  expect(problems).toHaveLength(1); // the preset without a name
  expect(read).toEqual(layout);
  expect(readAddress(text).problems).toEqual([]);
  expect(decodeURIComponent(writeAddress([standard], undefined, layout))).toBe(text);
});

test('what is usual for the game, what it has no panel for, and what the page reckons out stay out of the link', () => {
  const layout: Layout = {
    ...usualLayout,
    panels: { losses: true, eigenvalues: false, gap: true },
    wide: 'eigenvalues',
    probes: { stabilityRegion: { extent: 3 }, slice: { plane: undefined }, leadingSpectrum: {} },
  };
  expect(writeAddress([standard], undefined, layout)).toBe('');
  expect(writeAddress([presetExperiment('bilinear')!], undefined, layout)).toBe(
    'preset=bilinear&panels=-eigenvalues,+gap',
  );
});

test('a plus that became a space opens a panel all the same', () => {
  expect(readAddress('panels=%20gap,eigenvalues,-losses').layout.panels).toEqual({
    gap: true,
    eigenvalues: true,
    losses: false,
  });
});

test('words of the layout that mean nothing are told of, with what was meant', () => {
  const { layout, problems } = readAddress(
    'panels=+eigenvalue,-losses&axis=hours&wide=all&height=9000&heights=losses:20,modes,mode:90&newest=true&probe.slice.part=nothing&probe.slise.part=field&probe.stabilityRegion.extent=2',
  );
  expect(layout).toEqual({ ...usualLayout, panels: { losses: false }, height: 300 });
  const said = problems.map(({ message }) => message);
  for (const words of [
    'did you mean eigenvalues?',
    'axis should be one of steps, evaluations, seconds, but found "hours"',
    'wide should be',
    'height should be a whole number from 50 to 300',
    'heights losses should be a number from 50 to 300, but found "20"',
    'heights modes should be',
    'did you mean modes?',
    'probe.slice.part should be',
    'probe.slise.part',
    'probe.stabilityRegion.extent',
  ]) {
    expect(said.filter((message) => message.includes(words))).toHaveLength(1);
  }
});

test('further lanes say only what the first one has not, and read back with the same game', () => {
  const first = set(schema, presetExperiment('bilinear')!, 'game.start', [2, 0.5]);
  const second = set(schema, first, 'scheme', 'extragradient');
  const third = applyMethod(first, 'extraAdam');
  const text = writeAddress([first, second, first, third]);
  expect(text).toContain('lane2.scheme=extragradient');
  expect(text.split('&')).toContain('lane3');
  expect(readAddress(text)).toMatchObject({ experiments: [first, second, first, third], problems: [] });
});

test('lanes keep their colours and shapes in a link where they do not follow their order', () => {
  const first = presetExperiment('bilinear')!;
  const second = set(schema, first, 'scheme', 'extragradient');
  const lineup = { selected: 1, solo: 0, muted: [], colours: [3, 1] };
  const text = writeAddress([first, second], undefined, usualLayout, lineup);
  expect(text).toContain('colours=3,1');
  expect(readAddress(text)).toMatchObject({ lineup, problems: [] });
  expect(lineUp([first, second], lineup).lanes.map(({ colour }) => colour)).toEqual([2, 0]);
  const usual = { ...lineup, colours: [1, 2] };
  expect(writeAddress([first, second], undefined, usualLayout, usual)).not.toContain('colours');
  for (const wrong of ['colours=2,2', 'colours=1', 'colours=1,2,3'])
    expect(readAddress(`preset=bilinear&lane2&${wrong}`).lineup.colours).toBeUndefined();
});

test('lanes that cannot be are left out, with a sentence; what they get wrong is told with their name', () => {
  const { experiments, problems } = readAddress(
    'preset=bilinear&lane2.scheme=sideways&lane2.game=dirac&lane3&lane4&lane5&lane6&lane7&lane1.scheme=optimistic',
  );
  expect(experiments.map(({ game, scheme }) => [game.kind, scheme.kind])).toEqual(
    new Array(6).fill(['bilinear', 'simultaneous']),
  );
  const said = problems.map(({ message }) => message);
  expect(said.some((message) => message.startsWith('lane2: scheme') && message.includes('sideways'))).toBe(
    true,
  );
  expect(said.filter((message) => message.includes('left out'))).toHaveLength(2);
});
