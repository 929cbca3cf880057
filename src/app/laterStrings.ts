/** Words of what comes after the first picture; those before are in `strings.ts`. */

import type { Axis } from './clock.ts';
import { count, percent, short } from './format.ts';
import { atStep, strings } from './strings.ts';

export const laterStrings = {
  layout: {
    enlarge: (title: string) => `Enlarge ${title}`,
    enlargeHelp: 'Let this panel fill the width',
    restoreHelp: 'Back to its usual size (Escape)',
    height: (title?: string) => `Height of ${title ?? 'the panels'}`,
    heightHelp: 'Drag, or press up and down: the height of all panels. Double click: the usual one.',
    ownHeightHelp: 'Drag, or press up and down: the height of this panel. Double click: that of all.',
    percent: (height: number) => `${height} percent of the usual`,
  },
  axis: {
    ...strings.axis,
    label: 'Charts run along',
    short: { steps: 'steps', evaluations: 'evaluations', seconds: 'seconds' },
    whole: 'Whole run',
    wholeHelp: 'Show all of the run again (Escape, or a double click in a chart)',
    chart: 'chart',
    help: 'Drag across to look closer. Left and right move the cursor, + and − zoom, Escape shows the whole run.',
    /** A place on the axis; in seconds as exactly as the part that is seen needs. */
    tick: (value: number, axis: Axis, hasUnit: boolean, length: number): string => {
      if (axis === 'seconds') {
        const digits = Math.max(0, Math.min(6, Math.ceil(1 - Math.log10(length))));
        return `${Number(value.toFixed(digits))}\u00a0s`;
      }
      const number = value >= 1e4 ? `${short(value / 1e3, 6)}k` : String(value);
      return hasUnit ? `${number} ${axis === 'steps' ? 'steps' : 'gradients'}` : number;
    },
    spoken: (place: string, readings: readonly string[]): string => `${place}: ${readings.join(', ')}.`,
    seen: (from: string, to: string): string => `Shown: ${from} to ${to}.`,
    seenWhole: 'The whole run is shown.',
  },
  pictureAlt: {
    images: (shown: number, real: number, sentence: string, step: number | undefined) =>
      `${shown} generated pictures and ${real} real ones, each with the discriminator’s score${atStep(step)}. ${sentence}`,
    line: (sentence: string, step: number | undefined) =>
      `Real and generated samples as densities on a line, with the discriminator’s curve${atStep(step)}. ${sentence}`,
    simplex: (
      actions: readonly string[],
      mixed: readonly ArrayLike<number>[] | undefined,
      sentence: string,
      step: number | undefined,
    ) => {
      const names = ['first player', 'second player'];
      const plays = (mixed ?? []).map(
        (shares, i) =>
          `${names[i]} ${actions.map((action, k) => `${action} ${percent(shares[k])}`).join(', ')}`,
      );
      return `The triangle of mixed strategies${atStep(step)}: ${plays.join('; ')}. ${sentence}`;
    },
    domains: (sentence: string, step: number | undefined) =>
      `Labelled source points and target points over the adversary’s view, with the line where the label changes${atStep(step)}. ${sentence}`,
    parameters: (generator: number, discriminator: number, sentence: string, step: number | undefined) =>
      `All parameters as bars, ${generator} of the generator and ${discriminator} of the discriminator, with their values at the equilibrium${atStep(step)}. ${sentence}`,
    plane: (sentence: string, step: number | undefined) =>
      `The plane of both players’ parameters with the vector field and the path of the run${atStep(step)}. ${sentence}`,
  },
  advice: {
    show: 'Shows where',
    choose: 'Chooses this, and shows where',
    article: 'the',
    of: (owner: string, label: string) => `${owner}’s ${label}`,
    none: (label: string) => `no ${label}`,
    chosen: (label: string, value: string) => `${label} ${value}`,
  },
  problems: {
    title: (n: number) => (n === 1 ? 'One thing was not understood' : `${n} things were not understood`),
    dismiss: 'Dismiss',
    more: (n: number) => `and ${n} more`,
  },
  unloaded: {
    title: 'Something could not be loaded.',
    what: {
      start: 'What this link asks for could not be loaded: the page’s own experiment is open.',
      link: 'What opens a link could not be loaded: what is open goes on.',
      file: 'What opens this file could not be loaded: what is open goes on.',
      scene: 'What this scene shows could not be loaded: what is open goes on.',
    },
    help: 'Is there a network?',
    again: strings.missing.again,
    dismiss: 'Dismiss',
  },
  failure: {
    title: 'The run has stopped.',
    revive: 'Start again with a new worker',
    goOn: (step: number) => `Go on from step ${count(step)} with a new worker`,
    goOnAll: 'Go on with a new worker, each lane from the last step that is kept',
  },
  device: {
    label: 'Device',
    title: 'What computes',
    help: 'The run goes on when you change it.',
    resting: '…',
    perStep: (ms: number) => `${short(ms, 2)}\u00a0ms a step`,
    inUse: 'in use',
    same: 'bit for bit',
    sameHelp: 'The same link gives the same run, bit for bit, on every machine.',
    other: 'not bit for bit',
    otherHelp: 'Rounds in its own way: after some hundred steps another machine shows another run.',
    refused: 'That could not be done.',
    dismiss: 'Dismiss',
    auto: {
      name: 'Automatic',
      summary:
        'Times a few steps of this run on what the machine has, and takes the reproducible device unless another is much faster.',
    },
    /** By the names that links give devices. */
    names: {
      wasm: { name: 'WebAssembly', summary: 'Single precision, four numbers at a time.', same: true },
      'wasm-relaxed': {
        name: 'WebAssembly, relaxed',
        summary: 'Fused multiplications, where the browser has them.',
        same: false,
      },
      reference: { name: 'Reference', summary: 'Double precision, plain loops.', same: true },
      'tfjs-cpu': {
        name: 'TensorFlow.js, processor',
        summary: 'Single precision, plain loops.',
        same: false,
      },
      'tfjs-webgl': {
        name: 'TensorFlow.js, graphics card',
        summary: 'Single precision on WebGL: for large networks.',
        same: false,
      },
    } as Readonly<Record<string, { name: string; summary: string; same: boolean }>>,
  },
  seed: { label: 'Seed', next: 'Next seed' },
  preset: { label: 'Preset', edited: 'Edited' },
  explain: 'Explain',
  explainHelp: 'Show what every setting means',
  columnWidth: {
    label: { game: 'Width of the game’s column', lanes: 'Width of the optimizers’ column' },
    help: 'Drag, or press left and right: the width of this column. Double click: the usual one.',
  },
  points: {
    how: 'Paste points: two numbers a line, x and y.',
    apply: 'Apply',
    count: (n: number) => (n === 1 ? 'one point in play' : `${count(n)} points in play`),
    rest: (n: number) =>
      n === 0
        ? 'The points before go on.'
        : n === 1
          ? 'The other point is played.'
          : `The other ${count(n)} points are played.`,
  },
  method: {
    label: 'Method',
    own: 'your own mix',
    help: 'A named optimizer sets all parts below; the run goes on.',
    rates: (changed: readonly (readonly [player: string, mine: string, its: string])[]) =>
      `It brings its own learning rates: ${changed
        .map(([player, mine, its]) => `${player} ${mine} → ${its}`)
        .join(', ')}.`,
    keep: 'Keep my rates',
    keepHelp: 'The rates of before, with all else of this method. Undo leads back.',
    all: (n: number) => (n === 1 ? 'One setting was changed' : `${n} settings were changed`),
  },
  optional: {
    title: 'Optional parts',
    withoutRules: 'This scheme answers by itself: rules, rates and clipping count for nothing.',
  },
  menus: {
    pictures: 'Small pictures',
    gans: 'GANs',
    planes: 'Plane games',
    manyDimensions: 'Many dimensions',
    matrixGames: 'Matrix games',
    oneReading: 'One reading a step',
    lookAhead: 'A look ahead',
    localGame: 'Solving the game nearby',
    finiteSums: 'For finite sums',
    answers: 'Answers to strategies',
    descent: 'Descent and its rules',
    rotation: 'Against rotation',
    smoothing: 'Lookahead and averages',
    first: 'To begin with',
    races: 'Races: one game, several optimizers',
    cycles: 'Cycles',
    fullSize: 'At the size of the papers (slow)',
    schemes: 'What a scheme changes',
    ruleShows: 'What a rule changes',
    collapse: 'Against mode collapse',
    lossShows: 'What a loss changes',
    otherAims: 'Beyond samples',
    data: 'Data',
    lossAndPenalty: 'Loss and penalty',
    networks: 'Networks',
    regularisation: 'Regularisation',
  },
  plane: {
    axes: {
      generator: (name: string) => `${name}  generator`,
      discriminator: (name: string) => `${name}  discriminator`,
    },
    fit: 'Fit the path',
    drag: 'Press or drag in the plane to begin anew there. Earlier paths stay until “Back to start”.',
    offMap: 'The path has left the map.',
  },
  overlay: {
    label: 'Samples of the race',
    lanes: 'per lane',
    overlaid: 'overlaid',
    whose: (lane: string) => `Discriminator’s view and modes: ${lane}`,
    alt: (sentences: string, step: number | undefined) =>
      `Samples of all lanes in one picture, over the real ones${atStep(step)}. ${sentences}`,
  },
  parts: {
    label: 'What the streams show',
    gamma: 'γ',
    names: {
      field: '−F: simultaneous descent',
      conservative: '−S F: conservative part',
      rotational: '−A F: rotational part',
      transposed: '−J′F: descent of ‖F‖²/2',
      mixture: '−(F + γ J′F): consensus',
      step: 'steps of this method',
    },
    /** In the legend: what is drawn. */
    drawn: {
      field: 'streams of −F',
      conservative: 'streams of −S F',
      rotational: 'streams of −A F',
      transposed: 'streams of −J′F',
      mixture: 'streams of −(F + γ J′F)',
      step: 'where each step leads',
    } as Readonly<Record<string, string>>,
  },
  film: {
    note: 'from the same latent points; the step beneath each',
    alt: (steps: string, now: number) =>
      `Small pictures of the generated samples at steps ${steps}, and now, at step ${count(now)}.`,
  },
  charts: {
    generator: 'generator',
    discriminator: 'discriminator',
    equilibrium: 'equilibrium',
    raced: (label: string, isDotted: boolean) => `${label}: ${isDotted ? 'dotted' : 'broken'} line`,
    found: 'found',
    near: 'near one',
    perfect: (share: number) => `a perfect sampler: ${percent(share, 1)}`,
    distanceNow: 'distance',
    averageNow: 'average',
    logScale: 'log',
    logScaleHelp: 'Upwards in powers of ten',
    symmetricScale: 'log ±',
    symmetricScaleHelp: 'Some values are negative: powers of ten upwards and downwards, even near zero',
    samples: (n: number) => `in ${count(n)} samples`,
    /** Of the values that are told, where they are not measured at every step. */
    measuredAt: (step: number) => `at step ${count(step)}`,
    labelsInSource: 'labels, source',
    labelsInTarget: 'labels, target',
    domains: 'domain',
    guessing: 'guessing the domain',
    accuracyAlt: (source: number, target: number, domain: number, step: number) =>
      `At step ${count(step)}: ${percent(source)} of source labels and ${percent(target)} of target labels right, ${percent(domain)} of domains.`,
    waiting: 'nothing measured yet',
    lossesAlt: (generator: number, discriminator: number, step: number) =>
      `Losses up to step ${count(step)}: generator ${short(generator)}, discriminator ${short(discriminator)}.`,
    modesAlt: (covered: number, total: number, quality: number, step: number) =>
      `At step ${count(step)}: ${covered} of ${total} modes found, ${percent(quality)} of samples near a mode.`,
    /** The title of the chart where no equilibrium is known beforehand. */
    distanceFound: 'Distance to the nearest point of rest found',
    distanceAlt: (distance: number, step: number, title: string) =>
      `${title} at step ${count(step)}: ${short(distance)}.`,
  },
  theme: {
    label: 'Theme',
    auto: 'as the system',
    light: 'light',
    dark: 'dark',
  },
  setting: {
    changed: (standard: string) => `Changed. Back to the default, ${standard}`,
    anew: 'Starts the run anew',
    settingsOf: (label: string) => `Settings of ${label}`,
    item: (label: string, at: number) => `${label}, ${at}`,
    add: (label: string) => `Add one to ${label}`,
    remove: (label: string) => `Remove the last of ${label}`,
    on: 'on',
    off: 'off',
    zero: '0',
    none: 'none',
    reach: (label: string) => `How far the slider of ${label} reaches`,
    mistake: (mistake: string) => `Cannot be read: ${mistake}. The formula before goes on.`,
    changedCount: (n: number) => `${n} changed`,
  },
  lanes: {
    named: (at: number, name: string) => `Lane ${at}: ${name}`,
    /** What tells a lane apart from another of the same method, or from what it was. */
    from: (step: number) => `from step ${count(step)}`,
    number: (n: number) => `no. ${n}`,
    until: (method: string, step: number) => `${method} until step ${count(step)}`,
    changedLast: (step: number) => `last changed at step ${count(step)}`,
    without: (part: string) => `without ${part}`,
    tools: (name: string) => `What to do with ${name}`,
    settings: (name: string) => `Settings of ${name}`,
    add: 'Race another optimizer',
    addHelp:
      'A second lane: same game, same random numbers. It begins as a copy of the selected one, and anew with what you choose for it.',
    full: 'Six lanes are as many as can be told apart.',
    mute: 'Mute: wait, and be hidden',
    solo: 'Solo: only this lane',
    up: 'Move up',
    down: 'Move down',
    remove: 'Remove this lane',
    catchesUp: (step: number, goal: number) =>
      `Catching up: step ${count(step)} of ${count(goal)}; the others wait.`,
    count: (step: number, evaluations: number) => `step ${count(step)} · ${count(evaluations)} gradients`,
    pace: 'Together by',
    paceHelp: 'What the lanes have the same amount of at any time.',
  },
};
