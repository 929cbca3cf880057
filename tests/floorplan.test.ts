/** Holds the picture of the house: which room may import which, and what must not appear where. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync, Visitor } from 'vite';
import { expect, test } from 'vitest';

/** Room -> the rooms that it may import, besides itself. Every arrow points down. */
const mayImport: Record<string, readonly string[]> = {
  'main.tsx': ['app'],
  'early.ts': ['worker'],
  'offline.ts': [],
  app: ['settings', 'math', 'catalog', 'analysis', 'worker', 'script'],
  worker: ['math', 'settings', 'catalog', 'analysis', 'engine'],
  cli: ['settings', 'math', 'catalog', 'analysis', 'engine', 'script'],
  script: ['math', 'settings', 'expr', 'catalog'],
  engine: ['math', 'settings', 'expr', 'compute', 'catalog', 'analysis'],
  analysis: ['math', 'settings', 'expr', 'compute', 'catalog'],
  catalog: ['math', 'settings', 'expr', 'compute'],
  compute: ['expr'],
  expr: [],
  settings: [],
  math: [],
};

/** Room -> the rooms that it may import only when somebody asks for them: nobody waits for their code. */
const onlyLate: Readonly<Record<string, readonly string[]>> = { app: ['script'] };

/** Packages that only some places may know. */
const packagesKnownOnlyTo: readonly { packages: RegExp; places: RegExp }[] = [
  { packages: /^@tensorflow\//, places: /^compute\/tfjs\// },
  { packages: /^(react|d3|zustand)([-/]|$)/, places: /^(app\/|main\.tsx$)/ },
];

/** Globals that some places must do without. */
const forbidden: readonly { name: RegExp; places: RegExp; because: string }[] = [
  { name: /^Math\.random$/, places: /^/, because: 'draws come from the named streams of math/random' },
  {
    name: /^(document|window)\./,
    places: /^(math|settings|expr|compute|catalog|analysis|engine)\//,
    because: 'this room also runs in Node and in a worker',
  },
];

/** Where entries live that an index.ts beside them lists. */
const listedPlaces = /^(catalog\/[^/]+|analysis)\//;

/** Path inside src -> text. */
type Files = ReadonlyMap<string, string>;

interface Import {
  readonly target: string;
  readonly typeOnly: boolean;
  /** Loaded when it is called for. */
  readonly isLate: boolean;
}

/** Everything that one file imports, re-exports or starts as a worker, and every `a.b` that it reads. */
function read(path: string, text: string) {
  const { program, comments, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`src/${path}: ${errors[0].message}`);
  const imports: Import[] = [];
  const members: string[] = [];
  const add = (source: unknown, typeOnly: boolean, isLate = false) => {
    const name = (source as { value?: unknown } | null)?.value;
    if (typeof name !== 'string') return;
    const local = name.startsWith('.');
    const target = local ? normalize(join(dirname(path), name.replace(/\?.*$/, ''))) : name;
    imports.push({ target: target.split(sep).join('/'), typeOnly, isLate });
  };
  const allTypes = (specifiers: readonly object[]) =>
    specifiers.length > 0 && specifiers.every((one) => 'importKind' in one && one.importKind === 'type');
  new Visitor({
    ImportDeclaration: (node) => add(node.source, node.importKind === 'type' || allTypes(node.specifiers)),
    ExportNamedDeclaration: (node) => add(node.source, node.exportKind === 'type'),
    ExportAllDeclaration: (node) => add(node.source, node.exportKind === 'type'),
    ImportExpression: (node) => add(node.source, false, true),
    TSImportType: (node) => add(node.source, true),
    NewExpression: (node) => {
      const [address, base] = node.arguments;
      const isUrl = node.callee.type === 'Identifier' && node.callee.name === 'URL';
      if (isUrl && base?.type === 'MemberExpression') add(address, false);
    },
    MemberExpression: ({ object, property, computed }) => {
      if (object.type !== 'Identifier' || computed || property.type !== 'Identifier') return;
      members.push(`${object.name}.${property.name}`);
    },
  }).visit(program);
  const opensWithComment = comments[0]?.start === 0 && /^\W*\w+\W+\w+/.test(comments[0].value);
  return { imports, members, opensWithComment };
}

/** Every circle of files that need one another when they run, each found once. */
function circles(needs: ReadonlyMap<string, readonly string[]>): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]) => {
    const start = trail.indexOf(path);
    if (start >= 0) found.push([...trail.slice(start), path].join(' -> '));
    if (start >= 0 || done.has(path)) return;
    for (const next of needs.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of needs.keys()) visit(path, []);
  return found;
}

/** What is wrong with a house, one sentence each. */
function complaints(files: Files): string[] {
  const found: string[] = [];
  const needs = new Map<string, string[]>();
  for (const [path, text] of files) {
    const complain = (sentence: string) => found.push(`${path}: ${sentence}`);
    const room = path.split('/')[0];
    const { imports, members, opensWithComment } = read(path, text);
    if (!(room in mayImport)) complain('stands in no room');
    if (!opensWithComment) complain('does not open with a comment that says what it is');
    for (const { target, typeOnly, isLate } of imports) {
      const isLocal = files.has(target) || target.startsWith('.') || target.split('/')[0] in mayImport;
      const other = target.split('/')[0];
      if (isLocal && other !== room && !mayImport[room]?.includes(other))
        complain(`must not import ${target}`);
      if (onlyLate[room]?.includes(other) && !typeOnly && !isLate)
        complain(`must import ${target} only when it is asked for: import('...')`);
      for (const { packages, places } of packagesKnownOnlyTo)
        if (!isLocal && packages.test(target) && !places.test(path)) complain(`must not import ${target}`);
      const list = target.endsWith('/index.ts') ? dirname(target) : undefined;
      if (list && listedPlaces.test(path) && path.startsWith(`${list}/`))
        complain(`must not import the list that lists it, ${target}`);
    }
    for (const { name, places, because } of forbidden)
      for (const member of new Set(members))
        if (name.test(member) && places.test(path)) complain(`must not use ${member}: ${because}`);
    const needed = imports.filter(({ typeOnly, target }) => !typeOnly && files.has(target));
    needs.set(
      path,
      needed.map(({ target }) => target),
    );
  }
  return [...found, ...circles(needs).map((circle) => `imports run in a circle: ${circle}`)];
}

function filesOf(folder: string): Files {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const sources = paths.filter((path) => /\.tsx?$/.test(path)).sort();
  return new Map(
    sources.map((path) => [path.split(sep).join('/'), readFileSync(join(folder, path), 'utf8')]),
  );
}

test('every import under src points down, and every file says what it is', () => {
  expect(complaints(filesOf(fileURLToPath(new URL('../src', import.meta.url))))).toEqual([]);
});

/** A sound house, to plant one fault at a time in; Math.random stands here as text, for the checker to tell apart. */
const sound = {
  'main.tsx': "import { App } from './app/App.tsx';\nimport 'react-dom/client';",
  'app/App.tsx': "import { start } from '../worker/client.ts';\nexport const App = () => <p>{start}</p>;",
  'worker/client.ts': "new Worker(new URL('./host.ts', import.meta.url));\nexport const start = 1;",
  'worker/host.ts': "export * from '../engine/step.ts';",
  'engine/step.ts': "export { games } from '../catalog/games/index.ts';\n// Math.random() in a comment", // words, no call: the checker must tell them apart
  'catalog/games/index.ts': "import { ring } from './ring.ts';\nexport const games = [ring];",
  'catalog/games/ring.ts': "import type { Game } from '../kinds.ts';\nexport const ring: Game = 1;",
  'catalog/kinds.ts': "import type { ring } from './games/ring.ts';\nexport type Game = number;",
  'compute/device.ts': "export const load = () => import('./tfjs/webgl.ts');",
  'compute/tfjs/webgl.ts': "import '@tensorflow/tfjs-core';",
};

const houseWith = (path: string, line: string): Files => {
  const texts = Object.entries({
    ...sound,
    [path]: `${(sound as Record<string, string>)[path] ?? ''}\n${line}`,
  });
  return new Map(texts.map(([name, text]) => [name, `/** One file of a house. */\n${text}`]));
};

test('the checker finds nothing wrong with a sound house', () => {
  expect(complaints(houseWith('math/vector.ts', ''))).toEqual([]);
});

test.each([
  ['math/random.ts', "import '../settings/number.ts';", 'must not import settings/number.ts'],
  ['math/random.ts', "import type { A } from '../expr/expr.ts';", 'must not import expr/expr.ts'],
  ['math/random.ts', "type A = import('../expr/expr.ts').A;", 'must not import expr/expr.ts'],
  ['compute/device.ts', "import '../math/vector.ts';", 'must not import math/vector.ts'],
  ['app/App.tsx', "export * from '../engine/step.ts';", 'must not import engine/step.ts'],
  ['app/App.tsx', "export const late = import('../compute/device.ts');", 'must not import compute/device.ts'],
  [
    'app/App.tsx',
    "new Worker(new URL('../engine/step.ts', import.meta.url));",
    'must not import engine/step.ts',
  ],
  [
    'app/App.tsx',
    "import { a } from '../script/index.ts';",
    'must import script/index.ts only when it is asked',
  ],
  ['worker/host.ts', "import '../script/index.ts';", 'must not import script/index.ts'],
  ['worker/host.ts', "import '@tensorflow/tfjs-core';", 'must not import @tensorflow/tfjs-core'],
  ['engine/step.ts', "import { max } from 'd3';", 'must not import d3'],
  ['catalog/games/ring.ts', "import './index.ts';", 'must not import the list that lists it'],
  ['catalog/games/ring.ts', "import './index.ts';", 'catalog/games/index.ts -> catalog/games/ring.ts -> '],
  ['worker/host.ts', "import './client.ts';", 'worker/client.ts -> worker/host.ts -> worker/client.ts'],
  ['app/App.tsx', 'Math.random();', 'must not use Math.random'], // text, planted for the checker to find: nothing is called
  ['engine/step.ts', 'document.title;', 'must not use document.title'],
  ['shed/tool.ts', '', 'stands in no room'],
])('the checker catches a fault planted in %s: %s', (path, line, complaint) => {
  expect(complaints(houseWith(path, line)).join('\n')).toContain(complaint);
});

test('the checker catches a file that does not say what it is', () => {
  expect(complaints(new Map([['math/vector.ts', 'export const a = 1; /** Too late. */']]))).toEqual([
    'math/vector.ts: does not open with a comment that says what it is',
  ]);
});
