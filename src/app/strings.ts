/** All words of the page that are not part of the catalog, in one place, so that they can be translated. */
import type { Player } from '../math/field.ts';
import type { Axis } from './clock.ts';
import { count, percent, short } from './format.ts';

const signed = (growth: number) => {
  const size = Math.abs(100 * growth);
  return `${size >= 0.1 ? size.toPrecision(2) : short(size, 2)}\u00a0%`;
};

const atStep = (step: number | undefined) => (step === undefined ? '' : `, at step ${count(step)}`);

export const strings = {
  name: 'Saddle',
  tagline: 'a playground for GAN optimizers',
  transport: {
    label: 'Playback',
    play: 'Play',
    pause: 'Pause',
    step: 'One step',
    alone: {
      generator: 'One step of the generator alone',
      discriminator: 'One step of the discriminator alone',
    },
    aloneHelp:
      'The other player stands still and remembers what it remembered. A link does not hold such steps.',
    restart: 'Back to start',
    playKey: 'Space',
    stepKey: 'Right arrow',
    restartKey: 'Home',
    speed: 'Speed',
    speeds: {
      slow: '2 steps a second',
      walking: '10 steps a second',
      picture: '1 step a picture',
      four: '4 steps a picture',
      twenty: '20 steps a picture',
      full: 'full speed',
    } as Record<string, string>,
  },
  timeline: {
    label: 'Timeline',
    slider: 'Step of the run',
    marks: 'Changes',
    at: (step: number, furthest: number) => `step ${count(step)} of ${count(furthest)}`,
    going: 'on the way there',
    changed: (label: string, before: string, after: string) => `${label} ${before} → ${after}`,
    changes: (step: number, words: string) => `Step ${count(step)}: ${words}`,
    diverged: (step: number) => `Diverged at step ${count(step)}`,
    several: (n: number, last: string) => `${n} changes here. The last one: ${last}`,
    past: (steps: number) =>
      `Going on from here forgets the ${steps === 1 ? 'step' : `${count(steps)} steps`} after it.`,
    branch: 'Branch here',
    branchHelp:
      'A new lane that begins at this step with the settings of the selected one. What is known stays.',
    rest: 'Drag to go back to any step of the run.',
  },
  stops: {
    label: 'Stop when',
    title: 'Stop the run when',
    help: 'The first of these that comes about pauses all lanes.',
    on: (n: number) => (n === 0 ? 'Stop when' : `Stop when (${n})`),
    because: (reason: string) => `Stopped: ${reason}`,
    lane: (name: string, reason: string) => `${name}: ${reason}`,
    names: {
      step: 'it comes to step',
      allModes: 'all modes are found',
      distance: 'the distance to the equilibrium is below',
      generatorLoss: 'the generator’s loss is above',
      discriminatorLoss: 'the discriminator’s loss is below',
      diverged: 'a lane diverges',
      notice: 'there is a warning: collapse, cycling, a stall, ...',
    },
    step: (step: number) => `step ${count(step)}.`,
    allModes: (total: number, step: number) => `all ${total} modes found at step ${count(step)}.`,
    distance: (value: number, step: number) => `${short(value)} from the equilibrium at step ${count(step)}.`,
    generatorLoss: (value: number, step: number) =>
      `the generator’s loss was ${short(value)} at step ${count(step)}.`,
    discriminatorLoss: (value: number, step: number) =>
      `the discriminator’s loss was ${short(value)} at step ${count(step)}.`,
    diverged: (step: number) => `diverged at step ${count(step)}.`,
  },
  counters: {
    step: 'step',
    rate: 'steps/s',
    evaluations: 'gradients',
    evaluationsHelp: 'Evaluations of the joint gradient so far; one player’s half counts a half.',
    resting: '–',
  },
  seed: { label: 'Seed', next: 'Next seed' },
  preset: { label: 'Preset', edited: 'Edited' },
  link: { copy: 'Copy link', copied: 'Link copied', failed: 'The link is in the address bar' },
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
  explain: 'Explain',
  explainHelp: 'Show what every setting means',
  theme: {
    label: 'Theme',
    auto: 'as the system',
    light: 'light',
    dark: 'dark',
  },
  columns: {
    game: 'The game',
    picture: 'The picture',
    optimizer: 'The optimizer',
    optimizers: 'The race',
    measurements: 'Measurements',
  },
  setting: {
    changed: (standard: string) => `Changed. Back to the default, ${standard}`,
    anew: 'Starts the run anew',
    anewLegend: 'starts the run anew',
    settingsOf: (label: string) => `Settings of ${label}`,
    item: (label: string, at: number) => `${label}, ${at}`,
    add: (label: string) => `Add one to ${label}`,
    remove: (label: string) => `Remove the last of ${label}`,
    on: 'on',
    off: 'off',
    zero: '0',
    none: 'none',
    mistake: (mistake: string) => `Cannot be read: ${mistake}. The formula before goes on.`,
    changedCount: (n: number) => `${n} changed`,
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
  },
  lanes: {
    named: (at: number, name: string) => `Lane ${at}: ${name}`,
    tools: (name: string) => `What to do with ${name}`,
    add: 'Race another optimizer',
    addHelp: 'A second lane: same game, same random numbers. It begins as a copy of the selected one.',
    full: 'Six lanes are as many as can be told apart.',
    mute: 'Mute: wait, and be hidden',
    solo: 'Solo: only this lane',
    up: 'Move up',
    down: 'Move down',
    remove: 'Remove this lane',
    pace: 'Together by',
    paceHelp: 'What the lanes have the same amount of at any time.',
    paces: { steps: 'steps', evaluations: 'gradient evaluations', seconds: 'seconds of computing' },
  },
  optional: {
    title: 'Optional parts',
    withoutRules: 'This scheme answers by itself: rules, rates and clipping count for nothing.',
  },
  menus: {
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
  problems: {
    title: (n: number) =>
      n === 1 ? 'One thing in this link was not understood' : `${n} things in this link were not understood`,
    dismiss: 'Dismiss',
    more: (n: number) => `and ${n} more`,
  },
  failure: {
    title: 'The run has stopped.',
    revive: 'Start again with a new worker',
  },
  layers: {
    label: 'Layers',
    real: 'real',
    generated: 'generated',
    discriminator: 'discriminator’s view',
    modes: 'modes',
    pushes: 'where samples are pushed',
    manifold: 'generator’s map',
    field: 'where each step leads',
    path: 'path',
    average: 'average',
    start: 'start',
    equilibrium: 'equilibrium',
    first: 'first player',
    second: 'second player',
    generatorParameters: 'generator’s parameters',
    discriminatorParameters: 'discriminator’s parameters',
    source: 'source: label 1, label 0',
    target: 'target, without labels',
    labels: 'where the label changes',
    domain: 'the adversary’s view',
    saysTarget: 'target',
    saysSource: 'source',
    saysFake: 'fake',
    saysReal: 'real',
  },
  averaging: {
    shown: (label: string) => `Shown: the average (${label}). The losses are the run’s own.`,
    beside: (label: string) => `The path is the run’s own; the diamond is its average (${label}).`,
  },
  plane: {
    theta: 'θ  generator',
    phi: 'φ  discriminator',
    fit: 'Fit the path',
    drag: 'Press or drag in the plane to start from there.',
    offMap: 'The path has left the map.',
  },
  panels: {
    losses: 'Losses',
    modes: 'Modes',
    accuracy: 'Right answers',
    distance: 'Distance to the equilibrium',
    eigenvalues: 'Eigenvalues',
    spectra: 'Eigenvalues over time',
    update: 'Spectrum of the step',
    stabilityMap: 'Stability map',
    norms: 'Gradients and steps',
    gap: 'Duality gap',
    pathAngle: 'Path angle',
    inside: 'Inside a step',
    slice: 'Field on a plane',
    optimal: 'Best discriminator',
    modeHistory: 'Modes over time',
    film: 'Samples over time',
    distances: 'Distances to the data',
    fidelity: 'Precision and recall',
  },
  panelShelf: {
    label: 'Panels',
    missing: 'This panel could not be loaded. Opening the page again may help.',
  },
  overlay: {
    label: 'Samples of the race',
    lanes: 'per lane',
    overlaid: 'overlaid',
    whose: (lane: string) => `Discriminator’s view and modes: ${lane}`,
    alt: (sentences: string) => `Samples of all lanes in one picture, over the real ones. ${sentences}`,
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
    },
  },
  film: {
    note: 'from the same latent points; the step beneath each',
    alt: (steps: string) => `Small pictures of the generated samples at steps ${steps}, and now.`,
  },
  layout: {
    enlarge: (title: string) => `Enlarge ${title}`,
    enlargeHelp: 'Let this panel fill the width',
    restoreHelp: 'Back to its usual size (Escape)',
    height: 'Height of the panels',
    heightHelp: 'Drag, or press up and down: the height of all panels. Double click: the usual one.',
    percent: (height: number) => `${height} percent of the usual`,
    words: {
      axis: { label: 'axis', summary: 'What charts run along.' },
      wide: { label: 'wide', summary: 'The panel that fills the width.' },
      height: { label: 'height', summary: 'Of the panels, in percent of the usual.' },
      picture: { label: 'picture', summary: 'Samples of a race: a picture for each lane, or one for all.' },
      leftOut: 'it is left out',
    },
  },
  axis: {
    label: 'Charts run along',
    names: { steps: 'steps', evaluations: 'gradient evaluations', seconds: 'seconds of computing' },
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
    place: (value: number, axis: Axis): string =>
      axis === 'steps'
        ? `step ${count(value)}`
        : axis === 'evaluations'
          ? `${count(value)} gradients`
          : `${short(value, 3)}\u00a0s`,
    spoken: (place: string, readings: readonly string[]): string => `${place}: ${readings.join(', ')}.`,
    seen: (from: string, to: string): string => `Shown: ${from} to ${to}.`,
    seenWhole: 'The whole run is shown.',
  },
  charts: {
    generator: 'generator',
    discriminator: 'discriminator',
    equilibrium: 'equilibrium',
    secondBroken: 'discriminator: broken line',
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
    distanceAlt: (distance: number, step: number) =>
      `Distance to the equilibrium at step ${count(step)}: ${short(distance)}.`,
  },
  pictureAlt: {
    samples: (sentence: string, step: number | undefined) =>
      `Real and generated samples over the discriminator’s view${atStep(step)}. ${sentence}`,
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
  verdict: {
    diverged: (step: number, player: Player) =>
      `Diverged at step ${count(step)}: the ${player}’s parameters overflowed.`,
    afterDivergence: 'Try a smaller learning rate.',
    untrained: (total: number) => `Before the first step: ${total} modes to find.`,
    modes: (covered: number, total: number, quality: number) => {
      const found = covered === total ? `All ${total}` : `${covered} of ${total}`;
      return `${found} modes found; ${percent(quality)} of samples are near one.`;
    },
    accuracy: (source: number, target: number, domain: number) =>
      `${percent(source)} of source labels and ${percent(target)} of target labels right; the adversary tells ${percent(domain)} of domains.`,
    wandering: (theta: number, phi: number, pace: number) =>
      pace === 0
        ? `Standing still at θ = ${short(theta)}, φ = ${short(phi)}; no equilibrium of this game is known beforehand.`
        : `At θ = ${short(theta)}, φ = ${short(phi)}, ${short(pace, 2)} further with each step; no equilibrium is known beforehand.`,
    losses: (generator: number, discriminator: number, hasSamples: boolean) =>
      `${hasSamples ? 'There are no modes to count here.' : 'No equilibrium of this game is known beforehand.'} Losses: generator ${short(generator)}, discriminator ${short(discriminator)}.`,
    untold: 'Before the first step.',
    startsAnywhere: 'At the start; no equilibrium of this game is known beforehand.',
    atStart: (distance: number) => `At the start, ${short(distance)} from the equilibrium.`,
    arrived: (distance: number) => `Arrived: ${short(distance, 2)} from the equilibrium.`,
    still: (distance: number) => `Standing still, ${short(distance)} from the equilibrium.`,
    circling: (distance: number, turn: number | undefined) =>
      turn
        ? `Circling ${short(distance)} from the equilibrium, one turn in ${short(turn)} steps: neither in nor out.`
        : `Keeping its distance of ${short(distance)} from the equilibrium.`,
    moving: (growth: number, turn: number | undefined) => {
      const verb = growth > 0 ? 'grows' : 'shrinks';
      const way = turn
        ? growth > 0
          ? `spiralling out, one turn in ${short(turn)} steps`
          : `spiralling in, one turn in ${short(turn)} steps`
        : growth > 0
          ? 'moving away'
          : 'closing in';
      return `The distance to the equilibrium ${verb} by ${signed(growth)} a step: ${way}.`;
    },
  },
};
