/** Stacked digits: three of them as the colours of one picture, a thousand modes that can be counted. */
import { group } from '../../settings/index.ts';
import { defineImageSet } from '../kinds.ts';
import { late } from '../late.ts';
import { imagesOf } from './library.ts';
import { classifierFileOf, fileOf } from './stored.ts';

const FILE = fileOf('digits8');
const CLASSIFIER = classifierFileOf('digits8');
const SIDE = 8;
const CHANNELS = 3;

export const stacked = defineImageSet({
  name: 'stacked',
  label: 'Stacked digits, 8 × 8',
  summary: 'Three digits as red, green and blue: a thousand modes that can be counted.',
  source: 'after stacked MNIST: Metz et al. 2017 (arXiv:1611.02163), section 3.3',
  licence: 'CC BY 4.0',
  settings: group({}),
  size: () => ({ side: SIDE, channels: CHANNELS }),
  classes: () => Array.from({ length: 1000 }, (_, label) => String(label).padStart(3, '0')),
  files: () => [FILE, CLASSIFIER],
  classifier: () => CLASSIFIER,
  fill(streams, count, _settings, out, labels) {
    const images = imagesOf(FILE);
    const all = Int32Array.from({ length: images.count }, (_, i) => i);
    const size = SIDE * SIDE;
    const one = new Float64Array(count * size);
    const digit = new Float64Array(count);
    labels?.fill(0);
    for (let channel = 0; channel < CHANNELS; channel++) {
      late().fillFrom(images, all, streams, `data.${channel}`, count, one, digit);
      for (let i = 0; i < one.length; i++) out[CHANNELS * i + channel] = one[i];
      if (labels) for (let i = 0; i < count; i++) labels[i] = 10 * labels[i] + digit[i];
    }
  },
});
