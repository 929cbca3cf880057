/** How well a domain-adaptation classifier does on both domains, and its adversary. */
import type { DomainsPicture } from '../catalog/kinds.ts';
import { build } from '../expr/index.ts';
import { group } from '../settings/index.ts';
import { defineProbe } from './probe.ts';

export const domainAccuracy = defineProbe({
  name: 'domainAccuracy',
  label: 'accuracy',
  summary: 'Share of points with the right label in the source and in the target, and with the right domain.',
  cost: 'forward',
  settings: group({}),
  fits: (scene) => scene.model.picture.kind === 'domains',
  read({ scene, point }) {
    const { source, target, classify, score } = scene.model.picture as DomainsPicture;
    const shares = (set: DomainsPicture['source'], isSource: boolean) => {
      const count = set.labels.length;
      const program = scene.program(`domains ${count}`, () => {
        const positions = build.input('positions', [count, 2]);
        return { labels: classify(positions), domains: score(positions) };
      });
      const { labels, domains } = program.run(point, { positions: set.positions });
      let right = 0;
      let rightDomain = 0;
      for (let i = 0; i < count; i++) {
        if (labels[i] > 0 === set.labels[i] > 0.5) right += 1;
        // A logit of exactly 0 is a guess: half right.
        if (domains[i] === 0) rightDomain += 0.5;
        else if (domains[i] > 0 === isSource) rightDomain += 1;
      }
      return { right: right / count, rightDomain: rightDomain / count };
    };
    const onSource = shares(source, true);
    const onTarget = shares(target, false);
    return {
      source: onSource.right,
      target: onTarget.right,
      domain: (onSource.rightDomain + onTarget.rightDomain) / 2,
    };
  },
});
