/** Where a domain-adaptation classifier and its adversary decide, over the plane, beside the points. */
import type { DomainsPicture } from '../catalog/kinds.ts';
import { build } from '../expr/index.ts';
import { group } from '../settings/index.ts';
import { defineProbe } from './probe.ts';
import { positionsOf, squareSettings } from './square.ts';

export const domains = defineProbe({
  name: 'domains',
  label: 'decisions',
  summary:
    'Logits of label 1 and of the source domain on a square grid of the plane, and both sets of points.',
  cost: 'forward',
  settings: group(squareSettings(48, 256)),
  fits: (scene) => scene.model.picture.kind === 'domains',
  read({ scene, point }, settings) {
    const { resolution } = settings;
    const { source, target, classify, score } = scene.model.picture as DomainsPicture;
    const extent = settings.extent || (scene.model.picture as DomainsPicture).extent;
    const count = resolution * resolution;
    const positions = positionsOf(2, extent, resolution);
    const program = scene.program(`decisions ${count}`, () => {
      const at = build.input('positions', [count, 2]);
      return { labels: classify(at), domains: score(at) };
    });
    const { labels, domains: fromSource } = program.run(point, { positions });
    // [row of y, column of x], rows upwards.
    return {
      extent,
      resolution,
      labels: labels.slice(),
      domains: fromSource.slice(),
      source: { positions: source.positions.slice(), labels: source.labels.slice() },
      target: { positions: target.positions.slice(), labels: target.labels.slice() },
    };
  },
});
