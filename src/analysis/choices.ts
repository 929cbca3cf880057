/** What can be chosen of the views of a run: settings that pages and links show without the views' own code. */
import { integer, number, numbers, pick, text } from '../settings/index.ts';

/** Which matrix a probe reads, as settings. */
export const matrixSettings = {
  matrix: pick({
    label: 'matrix',
    summary: 'Whose eigenvalues.',
    default: 'jacobian',
    options: {
      jacobian: 'J, the derivative of the joint field',
      consensus: 'J + γ J′J: of the field with consensus, at a point where the field is zero',
      generator: 'the Hessian of the generator’s loss by its own parameters',
      discriminator: 'the Hessian of the discriminator’s loss by its own parameters',
    },
  }),
  weight: number({
    label: 'weight γ',
    summary: 'In J + γ J′J; the other matrices do without.',
    default: 10,
    min: 0,
    max: 1000,
    scale: 'log',
    zero: true,
  }),
};

/** Which eigenvalues come first, as a setting. */
export const orderSetting = {
  wanted: pick({
    label: 'outermost',
    summary: 'Which come first.',
    default: 'magnitude',
    options: {
      magnitude: 'largest modulus',
      largestReal: 'largest real part',
      smallestReal: 'smallest real part: what pushes away',
      largestImaginary: 'largest imaginary part: what turns',
    },
  }),
};

export const planeSettings = {
  plane: pick({
    label: 'plane',
    summary: 'Which plane through the parameters.',
    default: 'game',
    options: {
      game: 'of a game of two parameters, theta and phi; of larger ones, the step and the field',
      stepAndField: 'through the point, along the run’s last step and along F',
      trajectory: 'through the point, along the two directions in which the run has moved most',
      checkpoints: 'through the point and two points that the run has passed',
    },
  }),
  checkpoints: numbers({
    label: 'checkpoints',
    summary: 'When the run passed the two points of that plane, as shares of its length.',
    default: [0, 0.5],
    min: 0,
    max: 1,
  }),
};

/** What is drawn in a plane, as a setting. */
export const partSetting = {
  part: pick({
    label: 'arrows',
    summary: 'What is drawn.',
    default: 'field',
    options: {
      field: '−F: the flow of simultaneous descent',
      transposed: '−J′F: descent of ½‖F‖²',
      mixture: '−(F + γJ′F): consensus',
      conservative: '−S F: what the conservative part of J makes of F',
      rotational: '−A F: what the rotational part of J makes of F',
    },
  }),
};

/** The same in the plane of a game of two parameters, where the method's own steps are quickly taken. */
export const streamSetting = {
  part: pick({
    ...partSetting.part,
    options: { ...partSetting.part.options, step: 'where a step of the method leads from each point' },
  }),
};

/** The weight of J'F in the mixture, as a setting. */
export const gammaSetting = {
  gamma: number({
    label: 'γ',
    summary: 'Of the mixture.',
    default: 1,
    min: 0,
    max: 1000,
    scale: 'log',
    zero: true,
  }),
};

export const otherNumberSetting = {
  path: text({
    label: 'other number',
    summary: 'Its path, as in adjustment.weight; empty for the first of the optimizer’s own.',
    default: '',
    expected: 'the dotted path of a number of the optimizer or the game',
    mistake: (path) => (/^[\w.]*$/.test(path) ? undefined : 'a path is words with dots between'),
  }),
};

/** Most generated pictures that are looked at together. */
export const MOST_PICTURES = 1024;

const whichPicture = (label: string, standard: number) =>
  integer({
    label,
    summary: 'Which of the generated pictures, counted from 0.',
    default: standard,
    min: 0,
    max: MOST_PICTURES - 1,
  });

/** The ends of a walk through latent space. */
export const walkSettings = { from: whichPicture('from', 0), to: whichPicture('to', 1) };
