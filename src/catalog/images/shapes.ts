/** Shapes with known factors: kind, size and place. */
import { group, number, type Values } from '../../settings/index.ts';
import { defineImageSet } from '../kinds.ts';
import { late } from '../late.ts';
import { sideSetting, sizeOf } from './side.ts';

const CLASSIFIER = 'shapes.classifier.bin';

const settings = group({
  side: sideSetting,
  smallest: number({
    label: 'smallest',
    summary: 'Width of the smallest shape over that of the picture.',
    default: 0.5,
    min: 0.2,
    max: 0.9,
    live: true,
  }),
  largest: number({
    label: 'largest',
    summary: 'Width of the largest shape over that of the picture.',
    default: 0.8,
    min: 0.2,
    max: 0.9,
    live: true,
  }),
});
export type Shapes = Values<typeof settings>;

export const shapes = defineImageSet({
  name: 'shapes',
  label: 'Shapes',
  summary: 'A disc, a square, a triangle or a cross, of random size and place.',
  source: 'made here; after dSprites (Matthey et al. 2017)',
  settings,
  size: sizeOf,
  classes: () => late().shapeNames,
  files: () => [CLASSIFIER],
  classifier: () => CLASSIFIER,
  fill: (...given) => late().fillShapes(...given),
});
