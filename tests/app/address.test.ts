/** The link is the document: what is written is read back, and what is broken is said and survived. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { presetExperiment, presetOf, readAddress, writeAddress } from '../../src/app/address.ts';
import { experiment as schema } from '../../src/catalog/experiment.ts';
import { presets } from '../../src/catalog/presets/index.ts';
import { defaults, set } from '../../src/settings/index.ts';

const standard = defaults(schema);

test('the page’s own experiment needs no link', () => {
  expect(writeAddress(standard)).toBe('');
  expect(readAddress('')).toEqual({ experiment: standard, problems: [], paused: false, device: undefined });
});

test.each(presets.map(({ name }) => name))('preset %s is read by its name, and written by it', (name) => {
  const { experiment, problems } = readAddress(`#preset=${name}`);
  expect(problems).toEqual([]);
  expect(experiment).toEqual(presetExperiment(name));
  expect(presetOf(experiment)?.name).toBe(name);
  expect(readAddress(writeAddress(experiment)).experiment).toEqual(experiment);
});

test('a changed preset is written out, so that it reads back even when the preset moves on', () => {
  const changed = set(schema, presetExperiment('bilinear')!, 'generator.learningRate', 0.25);
  const text = writeAddress(changed);
  expect(text).not.toContain('preset');
  expect(readAddress(text).experiment).toEqual(changed);
});

test('settings beside a preset are laid over it', () => {
  const { experiment, problems } = readAddress('?preset=bilinear&generator.learningRate=0.25');
  expect(problems).toEqual([]);
  expect(experiment).toEqual(set(schema, presetExperiment('bilinear')!, 'generator.learningRate', 0.25));
});

test('another rule beside a preset starts from its own defaults, not from the preset’s rate', () => {
  const { experiment } = readAddress('preset=bilinear&generator=adam');
  expect(experiment.generator).toEqual(standard.generator);
});

test('a link may ask to wait, and name a device', () => {
  expect(readAddress('#preset=dirac&paused=true&device=tfjs-cpu')).toMatchObject({
    paused: true,
    device: 'tfjs-cpu',
    problems: [],
  });
  expect(writeAddress(standard, 'tfjs-cpu')).toBe('device=tfjs-cpu');
});

test('what a link gets wrong is listed, and the rest is honoured', () => {
  const { experiment, problems } = readAddress(
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
  );
  const texts = fc.oneof(
    fc.string(),
    fc.array(pieces).map((all) => all.join('')),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const { experiment } = readAddress(text);
      expect(readAddress(writeAddress(experiment)).experiment).toEqual(experiment);
    }),
  );
});
