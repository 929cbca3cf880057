/** Links and files that say one thing of each kind: what tests mutate, and what must hold of whatever is read of them. */
import assert from 'node:assert/strict';
import { type Address, readAddress, writeAddress } from '../../src/app/address.ts';
import { MOST_LANES, usualLayout, usualLineup } from '../../src/app/layout.ts';
import { loadNamed } from '../../src/app/named.ts';
import { withScenes } from '../../src/app/present/link.ts';
import { type Scene, scenesText } from '../../src/app/present/scenes.ts';
import { writeFile } from '../../src/app/share/file.ts';
import { LONG, pack } from '../../src/app/share/pack.ts';
import { experiment as schema } from '../../src/catalog/experiment.ts';
import { defaults, parse } from '../../src/settings/index.ts';

await loadNamed();

export const standard = defaults(schema);

/** One of each thing that a link may say. */
export const fullLink =
  'preset=bilinear&generator.learningRate=0.25&lane2.scheme=extragradient&lane3.generator=adam&lane3.generator.beta1=0.5&device=wasm' +
  '&panels=-eigenvalues,+gap&layers=+pushes,-field&log=+losses,-distance&figures=norms:ratio&stops=step:250,distance:0.05,diverged' +
  '&hide=game,generator.learningRate&axis=evaluations&wide=losses&height=150&picture=overlaid&pace=evaluations&speed=slow' +
  '&zoom=10,20.5&selected=3&solo=2&muted=1,3&probe.vectorField.part=mixture&paused';

const usualLinks = [
  fullLink,
  'v=1&seed=7&scheme=extragradient&game.batchSize=32&game.dataset=grid',
  'game=dirac&game.start=0.5,1&lane2&lane3.adjustment=consensus&embed',
  'preset=dirac&lane2.method=adam&hide=transport,measurements',
  'preset=bilinear&history=1!10:generator.learningRate:0.2!20::0.3&lane2&lane2.history=1!5:scheme:optimistic!9:alone:generator*2',
];
const packedLinks = await Promise.all(
  [fullLink, writeAddress([standard])].map((text) => pack(`${text}&${'&'.repeat(LONG)}`)),
);
/** What is short, or packed. */
export const links = [...usualLinks, ...packedLinks];

const sceneRows = scenesText([
  {
    name: 'Spiral',
    link: usualLinks[2],
    step: 12,
    isPlaying: true,
    asks: false,
    speed: { plane: 1, samples: 2 },
  },
  { name: '…', link: usualLinks[1], step: 0, isPlaying: false, asks: true, speed: { plane: 0, samples: 0 } },
]);
const density = Array.from({ length: 16 * 16 }, (_, i) => (i % 7 === 0 ? i % 5 : 0)).join(',');
/** What is long, nested or rare in links. */
const rareLinks = [
  'game=typed&game.first=a*x*y%2Bsin(k*x)&game.second=x*y-y%5E2&game.a=2&game.k=0.5&game.start=1,-1&scheme=optimistic',
  `game.dataset=drawn&game.dataset.weights=${density}&game.dataset.reach=1.5&lane2.generator=rmsprop`,
  'game.dataset=gaussians&game.dataset.centres=1,0,-1,0.5,0,2&game.dataset.weights=1,3,0.5&game.dataset.spread=0.2',
  'game=images&game.dataset=own&game.dataset.set=14-grey-0123456789ab&game.penalty=dragan&lane2.averaging=ema&layers=-scores',
  'game=images&game.dataset=stacked&game.generatorNetwork=convolutional&paused&panels=+film',
];
export const richLinks = [
  ...usualLinks,
  withScenes('#preset=bilinear&lane2.scheme=extragradient', sceneRows).slice(1),
  ...rareLinks,
];

export const scenes: readonly Scene[] = ['Spiral', 'A “second” one'].map((name, i) => ({
  name,
  link: 'preset=bilinear&lane2.scheme=extragradient',
  step: 10 * i,
  isPlaying: i === 0,
  asks: i === 1,
  speed: { plane: 1, samples: 2 },
}));

export const file = (experiments: Address['experiments'], title = 'A race') =>
  writeFile({ experiments, device: 'wasm', layout: usualLayout, lineup: usualLineup, title });
const { experiments: three, layout, lineup } = readAddress(fullLink);

export const files = [
  writeFile({ experiments: three, device: 'wasm', layout, lineup, title: 'Three “lanes”' }),
  file([standard]),
  JSON.stringify({ preset: 'bilinear', generator: { learningRate: 0.3 } }),
];
/** What is long, nested or rare in files. */
export const richFiles = [
  ...files,
  writeFile({ experiments: three, layout, lineup, title: 'A class', scenes }),
  writeFile({ ...readAddress(usualLinks[4]), title: 'What was changed on the way' }),
  ...rareLinks.map((text) => file(readAddress(text).experiments)),
];

/** What a link gives is what `parse` would give: complete, valid, one game in all lanes; and what is written is read back. */
export function assertValid({
  experiments,
  courses,
  layout,
  lineup,
  device,
}: Omit<Address, 'isEmbedded' | 'paused' | 'problems'>): void {
  assert.ok(experiments.length <= MOST_LANES);
  for (const experiment of experiments) {
    const { values, problems } = parse(schema, experiment);
    assert.deepEqual(problems, []);
    assert.deepEqual(experiment, values);
    assert.deepEqual(experiment.game, experiments[0].game);
    assert.equal(experiment.seed, experiments[0].seed);
  }
  // To the same, without a word of complaint.
  const written = writeAddress(experiments, device, layout, lineup, courses);
  const again = readAddress(written);
  assert.deepEqual(again.problems, []);
  assert.deepEqual(again.experiments, experiments);
  assert.deepEqual(again.courses, courses);
  assert.deepEqual(again.lineup, lineup);
  assert.equal(
    writeAddress(again.experiments, again.device, again.layout, again.lineup, again.courses),
    written,
  );
}
