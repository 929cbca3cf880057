/** Curved arms about a centre. */
import { elementary } from '../../expr/index.ts';
import { group, integer, number } from '../../settings/index.ts';
import { defineDataset } from '../kinds.ts';

export const pinwheel = defineDataset({
  name: 'pinwheel',
  label: 'Pinwheel',
  summary: 'Arms that bend the further out they reach.',
  source: 'Johnson et al. 2016 (arXiv:1603.06277), section 5',
  settings: group({
    arms: integer({ label: 'arms', summary: 'How many.', default: 5, min: 1, max: 20 }),
    bend: number({
      label: 'bend',
      summary: 'Turn of an arm, in radians for each factor e.',
      default: 0.25,
      min: -2,
      max: 2,
    }),
  }),
  extent: () => 2.4,
  fill(streams, count, { arms, bend }, out) {
    streams('data').normals(out);
    for (let i = 0; i < count; i++) {
      const along = 1 + 0.3 * out[2 * i];
      const across = 0.1 * out[2 * i + 1];
      const angle = (2 * Math.PI * (i % arms)) / arms + bend * elementary.exp(along);
      const cos = elementary.cos(angle);
      const sin = elementary.sin(angle);
      out[2 * i] = Math.fround(along * cos - across * sin);
      out[2 * i + 1] = Math.fround(along * sin + across * cos);
    }
  },
});
