/** All words of the page that are not part of the catalog, in one place, so that they can be translated. */
import type { Player } from '../math/field.ts';
import type { Axis } from './clock.ts';
import { count, percent, short } from './format.ts';

const signed = (growth: number) => {
  const size = Math.abs(100 * growth);
  return `${size >= 0.1 ? size.toPrecision(2) : short(size, 2)}\u00a0%`;
};

export const atStep = (step: number | undefined) => (step === undefined ? '' : `, at step ${count(step)}`);

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
    aloneHelp: 'The other player stands still and remembers what it remembered.',
    restart: 'Back to start',
    playKey: 'Space',
    stepKey: 'Right arrow',
    restartKey: 'Home',
    speed: 'Speed',
    faster: 'Faster',
    speeds: {
      slow: '2 steps a second',
      walking: '10 steps a second',
      picture: '1 step a picture',
      four: '4 steps a picture',
      twenty: '20 steps a picture',
      full: 'full speed',
    } as Record<string, string>,
  },
  stops: {
    because: (reason: string) => `Stopped: ${reason}`,
    lane: (name: string, reason: string) => `${name}: ${reason}`,
    step: (step: number) => `step ${count(step)}.`,
    allModes: (total: number, step: number) => `all ${total} modes found at step ${count(step)}.`,
    allClasses: (covered: number, total: number, step: number) =>
      covered === total
        ? `all ${count(total)} classes found at step ${count(step)}.`
        : `${count(covered)} of ${count(total)} classes found at step ${count(step)}, no fewer than by as many real pictures.`,
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
    evaluationRate: 'gradients/s',
    /** All of them in words, also those that have no room. */
    help: (figures: readonly (readonly [name: string, value: string])[]) =>
      `${figures.map(([name, value]) => `${name} ${value}`).join(' · ')}. Gradients are evaluations of the joint gradient; one player’s half counts a half, as does each foreseen step.`,
    resting: '–',
  },
  link: {
    cut: 'what is beyond is ignored',
    version: (version: number) => `${version}, the newest form of links that this page knows`,
    asFar: 'what is known in it is read',
    device: 'the name of a device, such as wasm',
    deviceLeft: 'one is chosen by measuring',
    unreadHistory:
      'What was changed on the way could not be loaded: the runs go on with the settings of their beginnings.',
    back: 'Undo brings back what was open.',
  },
  columns: {
    game: 'The game',
    picture: 'The picture',
    optimizer: 'The optimizer',
    optimizers: 'The race',
    measurements: 'Measurements',
  },
  paces: { steps: 'steps', evaluations: 'gradient evaluations', seconds: 'seconds of computing' },
  layers: {
    label: 'Layers',
    real: 'real',
    generated: 'generated',
    scores: 'discriminator’s score',
    discriminator: 'discriminator’s view',
    undecided: 'undecided',
    modes: 'modes',
    pushes: 'where samples are pushed',
    manifold: 'generator’s map',
    field: 'streams',
    path: 'path',
    average: 'average',
    start: 'start',
    equilibrium: 'equilibrium',
    equilibria: 'equilibria',
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
  panels: {
    losses: 'Losses',
    modes: 'Modes',
    accuracy: 'Right answers',
    distance: 'Distance to the equilibrium',
    latest: 'Latest values',
    equilibria: 'Equilibria',
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
    classes: 'Classes',
    classScores: 'Scores of the classes',
    walk: 'Latent walk',
    nearest: 'Nearest real pictures',
    pictureMoments: 'Mean and variance',
  },
  panelShelf: { label: 'Panels' },
  /** In the place of what did not come: browsers differ in whether they ask for it once more. */
  missing: {
    words: 'This part could not be loaded. Where trying again does not help, opening the page again may.',
    asking: 'This part is asked for once more …',
    again: 'Try again',
  },
  layout: {
    words: {
      axis: { label: 'axis', summary: 'What charts run along.' },
      wide: { label: 'wide', summary: 'The panel that fills the width.' },
      height: { label: 'height', summary: 'Of the panels, in percent of the usual.' },
      picture: { label: 'picture', summary: 'Samples of a race: a picture for each lane, or one for all.' },
      pace: { label: 'pace', summary: 'What keeps lanes together.' },
      speed: { label: 'speed', summary: 'How fast the run is shown.' },
      newest: { label: 'newest', summary: 'The zoom goes along with the run, up to its newest step.' },
      zoom: { label: 'zoom', summary: 'The part of the axis that charts show.' },
      selected: { label: 'selected', summary: 'The lane whose settings are open.' },
      solo: { label: 'solo', summary: 'The only lane that plays.' },
      muted: { label: 'muted', summary: 'Lanes that wait.' },
      colours: { label: 'colours', summary: 'Which colour and shape each lane has.' },
      leftOut: 'it is left out',
    },
  },
  axis: {
    names: { steps: 'steps', evaluations: 'gradient evaluations', seconds: 'seconds of computing' },
    place: (value: number, axis: Axis): string =>
      axis === 'steps'
        ? `step ${count(value)}`
        : axis === 'evaluations'
          ? `${count(value)} gradients`
          : `${short(value, 3)}\u00a0s`,
  },
  pictureAlt: {
    samples: (sentence: string, step: number | undefined) =>
      `Real and generated samples over the discriminator’s view${atStep(step)}. ${sentence}`,
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
    outside: (outside: number, of: number) =>
      `${count(outside)} of ${count(of)} samples lie outside of the picture.`,
    classes: (covered: number, total: number, real: number, inception: number, best: number) =>
      `${covered === total ? `All ${count(total)}` : `${count(covered)} of ${count(total)}`} classes found${
        covered < total && real < total ? ` (${count(real)} by as many real pictures)` : ''
      }${
        Number.isFinite(inception)
          ? `; inception score ${short(inception, 2)} of ${short(best, 2)} (small classifier)`
          : ''
      }.`,
    untrainedPictures: (total: number) => `Before the first step: ${count(total)} classes to find.`,
    accuracy: (source: number, target: number, domain: number) =>
      `${percent(source)} of source labels and ${percent(target)} of target labels right; the adversary tells ${percent(domain)} of domains.`,
    /** What distances are to: known beforehand, or found by a search. */
    known: 'the equilibrium',
    found: 'the nearest point of rest found',
    /** What a search for points of rest has come to. */
    searches: {
      found: '',
      none: 'no point of rest was found',
      sought: 'points of rest are looked for',
      unknown: 'no equilibrium of this game is known beforehand',
    },
    wandering: (theta: number, phi: number, pace: number, search: string, [x, y]: readonly string[]) => {
      const at = `${x} = ${short(theta)}, ${y} = ${short(phi)}`;
      return `${
        pace === 0 ? `Standing still at ${at}` : `At ${at}, ${short(pace, 2)} further with each step`
      }; ${search}.`;
    },
    losses: (generator: number, discriminator: number, hasSamples: boolean) =>
      `${hasSamples ? 'There are no modes or classes to count here.' : 'No equilibrium of this game is known beforehand.'} Losses: generator ${short(generator)}, discriminator ${short(discriminator)}.`,
    untold: 'Before the first step.',
    startsAnywhere: (search: string) => `At the start; ${search}.`,
    atStart: (distance: number, place: string) => `At the start, ${short(distance)} from ${place}.`,
    /** Before there is a trend: what was measured. */
    soFar: (distance: number, before: number, steps: number, place: string) =>
      `${short(distance)} from ${place} after ${steps === 1 ? 'one step' : `${count(steps)} steps`}${
        Number.isFinite(before) ? `; ${short(before)} at the start` : ''
      }.`,
    arrived: (distance: number, place: string) => `Arrived: ${short(distance, 2)} from ${place}.`,
    still: (distance: number, place: string) => `Standing still, ${short(distance)} from ${place}.`,
    circling: (distance: number, turn: number | undefined, place: string) =>
      turn
        ? `Circling ${short(distance)} from ${place}, one turn in ${short(turn)} steps: neither in nor out.`
        : `Keeping its distance of ${short(distance)} from ${place}.`,
    moving: (growth: number, turn: number | undefined, place: string) => {
      const verb = growth > 0 ? 'grows' : 'shrinks';
      const way = turn
        ? growth > 0
          ? `spiralling out, one turn in ${short(turn)} steps`
          : `spiralling in, one turn in ${short(turn)} steps`
        : growth > 0
          ? 'moving away'
          : 'closing in';
      return `The distance to ${place} ${verb} by ${signed(growth)} a step: ${way}.`;
    },
  },
};
