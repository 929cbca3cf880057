/** Holds `list`, `schema`, `reference` and `help` to everything that the catalog has. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { probes } from '../../src/analysis/index.ts';
import { adjustments } from '../../src/catalog/adjustments/index.ts';
import { averages } from '../../src/catalog/averages/index.ts';
import { clippings } from '../../src/catalog/clippings/index.ts';
import { constraints } from '../../src/catalog/constraints/index.ts';
import { datasets } from '../../src/catalog/datasets/index.ts';
import { experiment } from '../../src/catalog/experiment.ts';
import { foresights } from '../../src/catalog/foresights/index.ts';
import { games } from '../../src/catalog/games/index.ts';
import { initialisers } from '../../src/catalog/initialisers/index.ts';
import { lookaheads } from '../../src/catalog/lookaheads/index.ts';
import { losses } from '../../src/catalog/losses/index.ts';
import { methods } from '../../src/catalog/methods/index.ts';
import { pictureNetworks } from '../../src/catalog/networks/pictures.ts';
import { penalties } from '../../src/catalog/penalties/index.ts';
import { presets } from '../../src/catalog/presets/index.ts';
import { races } from '../../src/catalog/races/index.ts';
import { rules } from '../../src/catalog/rules/index.ts';
import { schedules } from '../../src/catalog/schedules/index.ts';
import { schemes } from '../../src/catalog/schemes/index.ts';
import { RENEW } from '../../src/cli/markdown.ts';
import { deviceNames } from '../../src/engine/devices.ts';
import { call, type Json, output, refusal, runLines } from './call.ts';

const sourced = {
  presets,
  races,
  methods,
  games,
  datasets,
  losses,
  penalties,
  networks: pictureNetworks,
  initialisers,
  schemes,
  rules,
  foresights,
  adjustments,
  clippings,
  schedules,
  constraints,
  lookaheads,
  averages,
};

test('list names every entry, with its label, summary and source', async () => {
  const text = await output('list');
  for (const [kind, entries] of Object.entries(sourced)) {
    expect(text).toMatch(new RegExp(`^${kind}$`, 'm'));
    for (const { name, label, summary, source } of entries) {
      for (const words of [name, label, summary, source]) expect(text).toContain(words);
    }
  }
  for (const { name, summary } of probes) for (const words of [name, summary]) expect(text).toContain(words);
  for (const name of deviceNames) expect(text).toContain(`\n  ${name}\n`);
});

test('list --json gives a program the same, with the settings of each entry and the schema of a file', async () => {
  const all: Json = JSON.parse(await output('list --json'));
  expect(Object.keys(all)).toEqual([...Object.keys(sourced), 'probes', 'devices', 'schema']);
  for (const [kind, entries] of Object.entries(sourced)) {
    expect(
      all[kind].map(({ name, label, summary, source }: Json) => ({ name, label, summary, source })),
    ).toEqual(entries.map(({ name, label, summary, source }) => ({ name, label, summary, source })));
  }
  expect(all.presets.map(({ name }: Json) => name)).toEqual(presets.map(({ name }) => name));
  const adam = all.rules.find(({ name }: Json) => name === 'adam');
  expect(adam.settings.properties.learningRate).toMatchObject({ type: 'number', minimum: 0, maximum: 10 });
  expect(all.probes.map(({ name }: Json) => name)).toEqual(probes.map(({ name }) => name));
  expect(all.probes[0]).toMatchObject({ cost: 'forward', settings: { type: 'object' } });
  expect(all.devices.map(({ name }: Json) => name)).toEqual(deviceNames);
  expect(all.schema).toEqual(JSON.parse(await output('schema')));
});

test('what list names can be chosen: every scheme and every rule plays', async () => {
  for (const { name } of schemes) {
    const { code } = await call(`run bilinear --set scheme=${name} --steps 2`);
    expect(code, name).toBe(0);
  }
  for (const { name } of rules) await runLines(`bilinear --set generator=${name} --steps 2`);
  for (const { name, heavy } of presets) if (!heavy) await runLines(`${name} --steps 1`);
}, 120_000);

test('the schema describes an experiment file, its preset included', async () => {
  const schema: Json = JSON.parse(await output('schema'));
  expect(schema.$schema).toMatch(/2020-12/);
  expect(Object.keys(schema.properties)).toEqual(['$schema', 'preset', ...Object.keys(experiment.fields)]);
  expect(schema.properties.preset.enum).toEqual(presets.map(({ name }) => name));
});

test('the reference is a Markdown document of every setting', async () => {
  const text = await output('reference');
  for (const path of ['seed', 'game', 'scheme', 'generator.learningRate', 'game.start', 'game.batchSize']) {
    expect(text).toContain(`| \`${path}\` |`);
  }
});

test('list --markdown is the catalog as a document, of which docs/catalog.md is a copy', async () => {
  const text = await output('list --markdown');
  for (const [, entries] of Object.entries(sourced)) {
    for (const { name, label, summary, source } of entries) {
      expect(text).toContain(`### \`${name}\`: ${label}\n\n${summary}`);
      expect(text).toContain(`- Source: ${source}`);
    }
  }
  for (const { formula } of [...schemes, ...rules, ...games, ...losses]) {
    expect(text).toContain(`- Formula: \`${formula}\``);
  }
  for (const row of ['`discriminatorSteps`', '`control.weight`', '`regularisation.packing`', '`beta1`']) {
    expect(text).toContain(`| ${row} |`);
  }
  // Links of the contents lead to headings.
  const anchors = [...text.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor);
  expect(anchors.length).toBeGreaterThanOrEqual(Object.keys(sourced).length);
  for (const anchor of anchors) expect(text.toLowerCase()).toContain(`\n## ${anchor.replaceAll('-', ' ')}\n`);
  const copy = readFileSync(new URL('../../docs/catalog.md', import.meta.url), 'utf8');
  expect(copy === text, `docs/catalog.md is out of date: ${RENEW}`).toBe(true);
  expect(await refusal('list --json --markdown')).toHaveLength(1);
});

test('help is what one gets without a command, and with --help anywhere', async () => {
  const help = await output('help');
  for (const line of ['', '--help', '-h', 'run --help', 'inspect ring -h'])
    expect(await output(line)).toBe(help);
  for (const word of [
    'list',
    'run',
    'inspect',
    'reference',
    'schema',
    '--set',
    '--method',
    '--points',
    '--markdown',
    '--steps',
    '--every',
    '--watch',
  ]) {
    expect(help).toContain(word);
  }
  for (const line of help.split('\n')) expect(line.length).toBeLessThanOrEqual(110);
});

test('a fault of ours is one line, too', async () => {
  const { code, err } = await call('list', [], {
    out: () => {
      throw new Error('the disk\nis full');
    },
  });
  expect({ code, err }).toEqual({ code: 1, err: 'saddle list could not go on: the disk\\u000ais full\n' });
});
