/**
 * The built page in a browser: after one visit it opens and trains without its server, and it never asks another one;
 * its address is what is open, in a tab and in a frame.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { readAddress } from '../../src/app/address.ts';
import { loadNamed } from '../../src/app/named.ts';
import { strings } from '../../src/app/strings.ts';
import type { Followed } from './links.ts';

await loadNamed();

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Visit {
  trainsAtFirst: boolean;
  kept: { name: string; files: string[] };
  elsewhere: string[];
  errors: string[];
  failed: string[];
  links: Record<string, boolean>;
  missing: number;
  taken: string[];
  titles: string[];
  after: string;
  last: string[];
  followed: Followed;
}
let visit: Visit;

beforeAll(() => {
  const { NODE_ENV, VITEST, ...env } = process.env; // or React is built for tests
  const { stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'tests/build/visit.ts'], {
    cwd: root,
    env,
    encoding: 'utf8',
  });
  expect(stdout, stderr).toContain('trainsAtFirst');
  visit = JSON.parse(stdout.slice(stdout.indexOf('{')));
}, 600_000);

test('after one visit the page opens and trains without a network, and it has asked nobody but its server', () => {
  expect(visit.trainsAtFirst).toBe(true);
  expect(visit.elsewhere).toEqual([]);
  expect(visit.errors).toEqual([]);
  expect(visit.failed).toEqual([]);
  expect(Object.keys(visit.links).length).toBeGreaterThan(5);
  for (const [link, trains] of Object.entries(visit.links)) expect(trains, link).toBe(true);
  expect(visit.missing).toBe(0);
  expect(visit.taken).toEqual(['py', 'py', 'npz', 'svg']);
  expect(visit.kept.name).toMatch(/^saddle \/ [0-9a-f]{12}$/);
  // The page, what is loaded later, and what is not built but given.
  for (const file of [/\/$/, /Measurements-/, /Help-/, /\.css$/, /favicon\.svg$/, /manifest\.webmanifest$/])
    expect(
      visit.kept.files.some((url) => file.test(url)),
      String(file),
    ).toBe(true);
  expect(visit.kept.files.some((url) => /\.map$|offline\.js$/.test(url))).toBe(false);
  for (const data of readdirSync(`${root}/public/data`))
    expect(
      visit.kept.files.some((url) => url.endsWith(`/data/${data}`)),
      data,
    ).toBe(true);
  // Before a newer version is kept as a whole, the page without a network is the old one as a whole.
  expect(visit.after).toBe('one');
  expect(visit.titles).toEqual(['Newer Saddle', 'Saddle', 'Newer Saddle']);
  expect(visit.last).toEqual(['saddle / 222222222222']);
});

describe('a link of the built page', () => {
  test('with ?embed opens the picture alone, which moves; so does the frame of the dialog in another page', () => {
    const { embedded, framed, again } = visit.followed;
    for (const { way, ...each } of [embedded, framed])
      expect(each).toEqual({ chrome: 0, canvases: 1, scrolls: false });
    expect(embedded.way).toMatch(/\/#preset=bilinear$/);
    expect(new URL(framed.way as string).hash).toBe(again.hash);
  });

  test('opens in the tab that is open, and where what opens it does not come, the page says so and goes on', () => {
    const { changed, unloaded, tried, errors } = visit.followed;
    expect(changed).toEqual({ hash: '#preset=dirac', isSame: true, alerts: [] });
    expect(unloaded).toMatchObject({ hash: '#preset=bilinear', goesOn: true });
    expect(unloaded.alerts.join()).toContain('could not be loaded: what is open goes on');
    expect(unloaded.alerts.join()).not.toContain('not understood');
    expect(tried).toEqual({ alerts: [], hash: '#preset=dirac' });
    expect(errors).toEqual([]);
  });

  test('opens a page in which a dialog that does not come is told of in its place, and comes when it is tried again', () => {
    expect(visit.followed.missing).toContain(strings.missing.words);
  });

  test('that is broken leaves a page that goes on, and an address that says what is open', () => {
    const { broken } = visit.followed;
    expect(broken.length).toBeGreaterThan(5);
    for (const { text, hash, ...each } of broken) {
      expect(each, text).toEqual({ goesOn: true, failures: 0 });
      expect(readAddress(hash).problems, text).toEqual([]);
    }
  });

  test('follows what is changed: opened once more, the page has the changed run', () => {
    const { before, hash, seed, rate, goesOn } = visit.followed.again;
    expect([hash, seed, rate, goesOn]).toEqual([before, '3', '0', true]);
    expect(hash).toMatch(/&history=1!\d+:generator\.learningRate:0$/);
  });
});

test('the manifest names the page, and icons that are there', () => {
  const manifest = JSON.parse(readFileSync(`${root}/public/manifest.webmanifest`, 'utf8'));
  expect(manifest).toMatchObject({ start_url: './', scope: './', display: 'standalone' });
  for (const { src, sizes, type } of manifest.icons) {
    const icon = readFileSync(`${root}/public/${src}`);
    if (type !== 'image/png') continue;
    // Width and height stand behind the name of a PNG's first chunk.
    expect(`${icon.readUInt32BE(16)}x${icon.readUInt32BE(20)}`).toBe(sizes);
  }
});
