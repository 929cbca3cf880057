/** Sets of pictures that come as files: an entry for each, drawn from evenly. */
import { group, integer, numbers } from '../../settings/index.ts';
import { defineImageSet } from '../kinds.ts';
import { late } from '../late.ts';
import { imagesOf, type Packed } from './library.ts';

/** What is said of a stored set. */
export interface Stored<N extends string> extends Packed {
  readonly name: N;
  readonly label: string;
  readonly summary: string;
  readonly source: string;
  readonly licence: string;
  /** SHA-256 of what the file unpacks to. */
  readonly checksum: string;
}

/** The file of a stored set, in `public/data`. */
export const fileOf = (name: string) => `${name}.bin`;
/** The file of its classifier. */
export const classifierFileOf = (name: string) => `${name}.classifier.bin`;

const DIGITS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
const CLOTHES = [
  'T-shirt',
  'trouser',
  'pullover',
  'dress',
  'coat',
  'sandal',
  'shirt',
  'sneaker',
  'bag',
  'ankle boot',
];
const MNIST = 'LeCun, Bottou, Bengio and Haffner 1998';
const FASHION = 'Xiao, Rasul and Vollgraf 2017 (arXiv:1708.07747)';

const digits8 = {
  name: 'digits8',
  label: 'Digits, 8 × 8',
  summary: 'Handwritten digits, the smallest that can be read.',
  source: 'Alpaydin and Kaynak 1998, UCI Optical Recognition of Handwritten Digits, test half',
  licence: 'CC BY 4.0',
  side: 8,
  channels: 1,
  count: 1797,
  classes: DIGITS,
  checksum: 'bcaace757bc36641c52bad1703bbf7f2834668068946619a2da739a8c29dd36f',
} as const satisfies Stored<string>;

const mnist14 = {
  name: 'mnist14',
  label: 'MNIST, 14 × 14',
  summary: 'Handwritten digits at half their size.',
  source: `${MNIST}; the test set, means of 2 × 2 pixels`,
  licence: 'CC BY-SA 3.0',
  side: 14,
  channels: 1,
  count: 10_000,
  classes: DIGITS,
  checksum: '0412987a2c568bbadd3c98aec94922e3785596200ca4cdbe631be36d958ce5d9',
} as const satisfies Stored<string>;

const mnist28 = {
  name: 'mnist28',
  label: 'MNIST, 28 × 28',
  summary: 'Handwritten digits as they are known.',
  source: `${MNIST}; of the test set, 200 a class`,
  licence: 'CC BY-SA 3.0',
  side: 28,
  channels: 1,
  count: 2000,
  classes: DIGITS,
  checksum: '9c553291a38db4b0b1130751f9b3255dd90453c01dc442a76f091850968efcd6',
} as const satisfies Stored<string>;

const fashion14 = {
  name: 'fashion14',
  label: 'Fashion-MNIST, 14 × 14',
  summary: 'Ten kinds of clothes at half their size.',
  source: `${FASHION}; of the test set, 500 a class, means of 2 × 2 pixels`,
  licence: 'MIT',
  side: 14,
  channels: 1,
  count: 5000,
  classes: CLOTHES,
  checksum: '7f14cd3013c8bc0236a1c5ce8d0d191dc2847dbe8a2e8d6f5f9df637cdda9281',
} as const satisfies Stored<string>;

const fashion28 = {
  name: 'fashion28',
  label: 'Fashion-MNIST, 28 × 28',
  summary: 'Ten kinds of clothes.',
  source: `${FASHION}; of the test set, 200 a class`,
  licence: 'MIT',
  side: 28,
  channels: 1,
  count: 2000,
  classes: CLOTHES,
  checksum: '48a3d456d24fbd3e24ed9316aa7cbcffde681f87af87e8502b84b6e6b05763a5',
} as const satisfies Stored<string>;

const quickdraw28 = {
  name: 'quickdraw28',
  label: 'Quick, Draw!, 28 × 28',
  summary: 'Ten things, drawn in twenty seconds.',
  source: 'Ha and Eck 2017 (arXiv:1704.03477); Google’s Quick, Draw! data, 100 a class',
  licence: 'CC BY 4.0',
  side: 28,
  channels: 1,
  count: 1000,
  classes: ['cat', 'apple', 'bicycle', 'fish', 'butterfly', 'face', 'house', 'star', 'umbrella', 'airplane'],
  checksum: '890831b4699cf125ffba01e98bf80eeb46f54fd8215a69dc71745a133fa8c502',
} as const satisfies Stored<string>;

export const storedSets = [digits8, mnist14, mnist28, fashion14, fashion28, quickdraw28] as const;

const storedSettings = group({
  only: numbers({
    label: 'only the classes',
    summary: 'By their numbers, from 0 on; all where none is named.',
    default: [],
    min: 0,
    max: 9,
    length: [0, 10],
    integer: true,
    live: true,
  }),
  most: integer({
    label: 'at most',
    summary: 'Of each set the first so many pictures; 0 for all of them.',
    default: 0,
    min: 0,
    max: 10_000,
    scale: 'log',
    zero: true,
    unit: 'pictures',
    live: true,
  }),
});

function storedSet<const N extends string>({ side, channels, classes, ...about }: Stored<N>) {
  const file = fileOf(about.name);
  const classifier = classifierFileOf(about.name);
  return defineImageSet({
    name: about.name,
    label: about.label,
    summary: about.summary,
    source: about.source,
    licence: about.licence,
    settings: storedSettings,
    size: () => ({ side, channels }),
    classes: () => classes,
    files: () => [file, classifier],
    classifier: () => classifier,
    fill(streams, count, { only, most }, out, labels) {
      const images = imagesOf(file);
      late().fillFrom(images, late().chosen(images, only, most), streams, 'data', count, out, labels);
    },
    stored({ only, most }) {
      const images = imagesOf(file);
      return late().storedIn(images, late().chosen(images, only, most));
    },
  });
}

export const digits = storedSet(digits8);
export const mnist = storedSet(mnist14);
export const mnistFull = storedSet(mnist28);
export const fashion = storedSet(fashion14);
export const fashionFull = storedSet(fashion28);
export const quickdraw = storedSet(quickdraw28);
