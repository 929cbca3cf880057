/** The words of panels that are loaded when they are opened; all others are in `../strings.ts`. */
import type { Player } from '../../math/field.ts';
import { count, percent, short } from '../format.ts';

/** a ± bi, with the parts that there are. */
const complex = (re: number, im: number): string =>
  im === 0 ? short(re, 4) : `${short(re, 4)} ± ${short(Math.abs(im), 4)}i`;
/** Next to 1, as many digits as tell on which side it lies. */
const digits = (modulus: number, isRough = false): string =>
  isRough
    ? short(modulus)
    : short(modulus, Math.max(4, Math.min(12, 2 - Math.floor(Math.log10(Math.abs(modulus - 1))))));
/** Nearer to 1 than rounding, neither side is told. */
const ON_THE_EDGE = 1e-12;
const placeOf = (modulus: number, region: 'region' | 'circle' = 'region'): string =>
  Math.abs(modulus - 1) <= ON_THE_EDGE
    ? `on the edge of the ${region}`
    : modulus < 1
      ? `inside the ${region}`
      : `outside the ${region}`;

/** What eigenvalues of the Jacobian are drawn times, and how much the discriminator's rate is of the generator's. */
interface Drawn {
  readonly rate: number;
  readonly ratio: number;
  /** Each player's rows are times its own rate; else all are times the generator's. */
  readonly ofBoth: boolean;
}
const ofJacobian = ({ rate, ratio, ofBoth }: Drawn): string =>
  ratio === 1
    ? `${short(rate)} · J`
    : ofBoth
      ? `J, each player’s rows times its rate (${short(rate)} and ${short(rate * ratio)})`
      : `${short(rate)} · J, the generator’s rate`;

/** Over one player's rate, the columns are the other's. */
const isRate = (path: string) => path.endsWith('earningRate');

export const panelStrings = {
  /** Before what a picture shows. */
  atStep: (step: number, words: string) => `At step ${count(step)}: ${words}`,
  eigenvalues: {
    at: (isEquilibrium: boolean, drawn: Drawn, step: number) =>
      `of ${ofJacobian(drawn)}, at the ${isEquilibrium ? 'equilibrium' : `point of step ${count(step)}`}; tinted: stable`,
    reach: (value: number, { ratio, ofBoth }: Drawn) =>
      ratio === 1
        ? `Rate times the largest |λ| is ${short(value)}.`
        : ofBoth
          ? `The largest is ${short(value)} in size.`
          : `The generator’s rate times the largest |λ| is ${short(value)}.`,
    never: 'This method is stable here at no rate.',
    always: 'This method is stable here at every rate.',
    below: (rate: number, ratio: number) =>
      ratio === 1
        ? `It is stable up to a rate of ${short(rate, 4)},`
        : `It is stable up to a generator’s rate of ${short(rate, 4)}, the discriminator’s ${short(ratio)} times that,`,
    best: (rate: number, radius: number) =>
      `fastest at ${short(rate, 3)}: there a step leaves ${percent(radius, 1)} of the distance.`,
    leading: (n: number, size: number, step: number) =>
      `${count(n)} of ${count(size)}, on one batch of step ${count(step)}`,
    waiting: 'The outermost eigenvalues are being found.',
    matrix: 'Which matrix',
    outermost: 'Which eigenvalues come first',
    all: 'All eigenvalues',
    allHelp: 'Find all of them once, while training goes on; press again to stop.',
    progress: (share: number) => `Finding all: ${percent(share)}`,
    shares: (step: number, negative: string, rotational: string, largestStep: number | null) =>
      `Of all at step ${count(step)}, ${negative} push away (Re < 0) and ${rotational} turn more than they pull (|Im| > |Re|)${
        largestStep === null ? '.' : `; simultaneous descent is stable below a step of ${short(largestStep)}.`
      }`,
    outer: (largest: number, least: number, turning: number) =>
      `Largest |λ| ${short(largest)}; least real part ${short(least)}; largest imaginary part ${short(turning)}.`,
    scaled: (rate: number) =>
      `Drawn: ${short(rate)} · λ, the rate times each, over the region where the method is stable.`,
    rough: (n: number) => `${n} of these are still rough.`,
    alt: (words: string) => `Eigenvalues of the Jacobian in the complex plane. ${words}`,
    dots: 'eigenvalues',
    dotsHelp: 'Point at a dot, or go through them with arrow keys: its numbers.',
    dot: (re: number, im: number, modulus: number | undefined, isRough = false) =>
      `λ = ${complex(re, im)}${
        modulus === undefined
          ? ''
          : `; |μ| ${isRough ? '≈' : '='} ${digits(modulus, isRough)}: ${placeOf(modulus)}`
      }`,
    stepDot: (re: number, im: number) => {
      const modulus = Math.hypot(re, im);
      return `μ = ${complex(re, im)}; |μ| = ${digits(modulus)}: ${placeOf(modulus, 'circle')}`;
    },
    list: {
      where: 'lies',
      number: (re: number, im: number) => complex(re, im),
      size: (modulus: number) => short(modulus),
      modulus: (modulus: number, isRough = false) => `${isRough ? '≈ ' : ''}${digits(modulus, isRough)}`,
      place: (modulus: number, isOfStep: boolean) => placeOf(modulus, isOfStep ? 'circle' : 'region'),
      times: (n: number) => `(${count(n)} times)`,
      more: (n: string) => `and ${n} more`,
      /** Above the table. */
      note: (hasModuli: boolean, ratio: number) =>
        `λ of J${ratio === 1 ? '' : `, its discriminator’s rows times ${short(ratio)}`}${
          hasModuli
            ? '; |μ|: what a step leaves of its part (of simultaneous descent |1 − rate · λ|), inside below 1'
            : ''
        }`,
      ofMatrix: (hasModuli: boolean) =>
        hasModuli
          ? 'The first of them; |μ|: what a step leaves of its part (of simultaneous descent |1 − rate · λ|)'
          : 'The first of them',
      stepNote: (period: number) =>
        `μ of ${period === 1 ? 'one step' : `${count(period)} steps together`}, memories included; what belongs to it shrinks where |μ| < 1`,
    },
  },
  figures: {
    which: 'Which figure',
    perfect: (value: number) => `perfect samples: ${short(value)}`,
    alt: (label: string, value: number, step: number) => `${label} at step ${count(step)}: ${short(value)}.`,
    names: {
      joint: 'joint gradient ‖F‖',
      generator: 'generator’s gradient',
      discriminator: 'discriminator’s gradient',
      ratio: 'step lengths ‖Δθ‖ / ‖Δφ‖',
      gap: 'duality gap',
      w1: 'Wasserstein W₁',
      w2: 'Wasserstein W₂',
      slicedW1: 'sliced W₁',
      energy: 'energy distance',
      mmdSquaredUnbiased: 'MMD², unbiased',
      precision: 'precision',
      recall: 'recall',
      density: 'density',
      coverage: 'coverage',
      period: 'period of the losses, in steps',
      js: 'Jensen–Shannon divergence',
      uncovered: 'share of data without samples',
      inception: 'inception score (small classifier)',
      frechet: 'Fréchet distance (small classifier)',
      entropy: 'entropy of the classes, nats',
      covered: 'classes found',
    },
  },
  latest: {
    lane: 'lane',
    at: (step: number) => `at step ${count(step)}`,
    atStep: (label: string) => `${label}: at step`,
    generatorLoss: 'generator’s loss',
    discriminatorLoss: 'discriminator’s loss',
    modes: 'modes found',
    near: 'near a mode',
    found: (covered: number, total: number) => `${covered} / ${total}`,
    copy: 'Copy',
    copyHelp: 'Copies the table with all digits, for a spreadsheet.',
    copied: 'Copied',
    notCopied: 'Copying is not allowed here: take it away as CSV.',
  },
  pictures: {
    rests: (n: number, accuracy: number, tested: number) =>
      tested > 0
        ? `${count(n)} pictures; the classifier is right for ${percent(accuracy, 1)} of ${count(tested)} real ones`
        : `${count(n)} pictures, told apart by a rule`,
    found: (covered: number, total: number, real: number) =>
      `${count(covered)} of ${count(total)} classes found (real ${count(real)})`,
    entropy: (nats: number, real: number) => `entropy ${short(nats, 3)} (real ${short(real, 3)})`,
    inception: (score: number, real: number) =>
      `inception score ${short(score, 3)} (real ${short(real, 3)}), small classifier`,
    frechet: (distance: number, real: number) =>
      `Fréchet distance ${short(distance, 3)} (real ${short(real, 2)}), small classifier`,
    hits: (label: string, hits: number, real: number) =>
      `${label}: ${count(hits)}, of real ones ${count(real)}`,
    classesAlt: (words: string, hits: string) =>
      `How many generated pictures are of each class. ${words} ${hits}.`,
    bar: 'bar: generated; line: real',
    walk: 'between two of the pictures: choose them above',
    walkAlt: (from: number, to: number) =>
      `Generated pictures from latent points on the way from picture ${from + 1} to picture ${to + 1}.`,
    from: 'From picture',
    to: 'To picture',
    nearest: (among: number) => `above: generated; below: the nearest of ${count(among)} real ones`,
    nearestAlt: (distances: string) =>
      `Generated pictures, and below each the nearest real one; root mean squared differences ${distances}.`,
    moments: (n: number) =>
      `above: of ${count(n)} generated, below: of as many real ones; mean, and variance of each pixel`,
    momentsAlt: (own: number, real: number) =>
      `Mean and variance pictures. Mean variance ${short(own, 3)} generated, ${short(real, 3)} real.`,
    varies: (own: number, real: number) =>
      `Generated pictures vary ${percent(own / real)} as much as real ones.`,
    choose: 'Click a picture, then another: the ends of the latent walk.',
    role: 'pictures',
    keys: 'Arrow keys move one end of the latent walk from picture to picture, Enter changes which.',
    chosen: (from: number, to: number) => `The walk leads from picture ${from + 1} to picture ${to + 1}.`,
  },
  dynamics: {
    mostReal: 'largest Re',
    leastReal: 'least Re',
    mostImaginary: 'largest Im',
    spectraAlt: (step: number, least: number, most: number, turning: number) =>
      `At step ${count(step)}: real parts from ${short(least)} to ${short(most)}, imaginary parts up to ${short(turning)}.`,
    radius: (radius: number, size: number, period: number) =>
      `Spectral radius ${short(radius, 5)} a step${radius < 1 ? ': drawn in' : radius > 1 ? ': driven out' : ''}; ${count(size)} numbers of state${
        period > 1 ? `, ${count(period)} steps together` : ''
      }.`,
    elsewhere: 'Of the field alone, “Eigenvalues” finds the outermost ones.',
    updateAlt: (words: string) => `Eigenvalues of one step of the optimizer, about the unit circle. ${words}`,
    mapPlace: (rate: number, path: string, value: number, radius: number) =>
      `${isRate(path) ? 'Generator’s rate' : 'Rate'} ${short(rate, 3)}, ${path} ${short(value, 3)}: ${radius < 1 ? 'stable' : 'not stable'}.`,
    mapWords: (path: string, isEquilibrium: boolean, step: number) =>
      `Blue is stable, orange is not, at the ${isEquilibrium ? 'equilibrium' : `point of step ${count(step)}`}: ${isRate(path) ? 'generator’s rate' : 'rate'} across, ${path} up. Press or drag to play there.`,
    mapAlt: (words: string) => `The spectral radius of a step over two settings. ${words}`,
    otherNumber: 'The other setting',
    centre: 'Centre',
    centreHelp: 'Lay the map anew about what is chosen now.',
    rate: (path: string) => (isRate(path) ? 'generator’s rate' : 'rate'),
    between: (from: string, to: string) => `from step ${from} to ${to}; broken: length of the field`,
    from: 'from',
    to: 'to',
    heard: {
      cosine: 'cosine',
      length: (most: string) => `length of the field, up to ${most}`,
    },
    signatures: {
      switch: 'The angle changes its sign at the end point: the field pulls towards it.',
      bump: 'The angle has a bump at the end point: the field turns about it.',
      both: 'The angle has a bump and changes its sign at the end point: the field turns and pulls.',
      none: 'Neither a change of sign nor a bump at the end point: it is no place of rest.',
    },
    signature: (name: 'switch' | 'bump' | 'both' | 'none'): string => panelStrings.dynamics.signatures[name],
    pathAlt: (words: string) => `Cosine between the path and the field along a line. ${words}`,
    plane: 'Which plane',
    part: 'What is drawn',
    ofStep: (step: number) => `at step ${count(step)}`,
    sliceWords: (share: number, isRandom: boolean) =>
      `${percent(share)} of the arrows’ length lies in this plane${isRandom ? ', one of whose directions was drawn at random' : ''}. Dotted: where the run has been; thick: its next steps; thin: the gradient flow from here.`,
    sliceAlt: (words: string) => `Arrows of motion on a plane through the parameters. ${words}`,
    optimalWords: (divergence: number, gap: number | null, samples: number) =>
      `The best one would tell real from generated by a Jensen–Shannon divergence of ${short(divergence)}${
        gap === null ? '' : `; the present one misses ${short(Math.max(0, gap))} of it`
      }. Estimated from ${count(samples)} samples of each.`,
    optimalAlt: (words: string) => `The best discriminator there could be, over the plane. ${words}`,
    everyMode: 'one row for each mode; full colour is its fair share',
    modesAlt: (counts: string, step: string) => `Samples at each mode at step ${step}: ${counts}.`,
  },
  inside: {
    /** What each event is, in words; the numbers follow as a formula. */
    titles: {
      reading: 'The field',
      readingOf: { generator: 'The generator’s gradient', discriminator: 'The discriminator’s gradient' },
      readingAtTrial: 'The field at the trial point',
      readingElsewhere: 'The field at another point',
      readingAll: 'The field on all of the data',
      adjusted: (label: string) => `${label} bends it`,
      product: 'The Jacobian is asked',
      products: (times: number) => `The Jacobian is asked ${count(times)} times; the last time`,
      clipped: (label: string) => `Clipping ${label} shortens it`,
      change: (rules: string) => `${rules} makes a change of it`,
      changes: (generator: string, discriminator: string) =>
        `${generator} and ${discriminator} make changes of it`,
      trial: 'A point to try',
      move: 'The move',
      moveOf: { generator: 'The generator moves', discriminator: 'The discriminator moves' },
      constraint: (label: string) => `${label} brings it back`,
      answer: (label: string) => `${label}: the answer`,
      lookahead: (label: string) => `${label} goes part of the way back`,
      average: (label: string) => `${label} follows`,
      restart: 'The run goes to the average',
    },
    /** Of larger games: lengths, and the angle to the last reading. */
    lengths: (symbol: string, generator: number, discriminator: number) =>
      `‖${symbol}_θ‖ = ${short(generator)}, ‖${symbol}_φ‖ = ${short(discriminator)}`,
    lengthOf: (symbol: string, length: number) => `‖${symbol}‖ = ${short(length)}`,
    angle: (degrees: number) => `; ${short(degrees, 2)}° from the last one`,
    batch: (number: number) => `on batch ${number}: `,
    remembered: (list: string) => `Remembered from before: ${list}.`,
    leftOut: (n: number) => `and ${count(n)} more`,
    note: (step: number, at: number, of: number) => `step ${count(step)}, ${at} of ${of}`,
    ended: 'The run has ended: there is no next step.',
    alone: { generator: 'The generator alone', discriminator: 'The discriminator alone' },
    lastAlone: (player: Player) => `The step before was the ${player}’s alone.`,
    previous: 'Previous',
    next: 'Next',
    nextHelp: 'After the last one the step is taken, and the next one begins.',
    slow: 'In slow motion',
    stop: 'Stop',
    events: 'What this step does, in order',
    arrows: 'Dotted: minus rate times gradient. Ring: a point that is only tried. Thick: moves.',
    alt: (words: string) => `The point, and arrows for what the step does. ${words}`,
    /** Names of what an optimizer remembers, by the names in its memory. */
    memories: {
      last: 'last change',
      beforeLast: 'change before the last',
      lastChange: 'last change of φ',
      velocity: 'velocity',
      mean: 'mean gradient',
      square: 'mean square',
      slow: 'slow point',
      slower: 'slower point',
      snapshot: 'snapshot',
      full: 'full gradient',
      average: 'average',
      counts: 'counts',
      multiplier: 'multiplier',
    } as Readonly<Record<string, string>>,
    ofPlayer: (player: Player, name: string) => `${player}’s ${name}`,
  },
};
