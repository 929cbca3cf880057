/** What is said of the time of a run where it is gone through: by the timeline, the film, and the menu of stops. */
import { count } from './format.ts';

export const timeStrings = {
  goTo: (step: number) => `Go to step ${count(step)}`,
  allMuted: 'All lanes are muted: nothing plays.',
  /** Of a lane whose worker was lost. */
  resumed: (step: number) =>
    `Another worker has gone on from step ${count(step)}: one cannot go back beyond it.`,
  /** Of a lane that was branched off: it has no past of its own before that. */
  begins: (step: number) =>
    `This lane was branched off at step ${count(step)}: what was before is the other lane’s.`,
  timeline: {
    changed: (label: string, before: string, after: string) => `${label} ${before} → ${after}`,
    changes: (step: number, words: string) => `Step ${count(step)}: ${words}`,
    /** After that step. */
    alone: (step: number, steps: number, player: string) =>
      `Step ${count(step)}: ${steps === 1 ? 'one step' : `${count(steps)} steps`} of the ${player} alone`,
    diverged: (step: number) => `Diverged at step ${count(step)}`,
    label: 'Timeline',
    slider: 'Step of the run',
    marks: 'Changes',
    at: (step: number, furthest: number) => `step ${count(step)} of ${count(furthest)}`,
    going: 'on the way there',
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
    names: {
      step: 'it comes to step',
      allModes: 'all modes, or classes, are found',
      distance: 'the distance to the equilibrium is below',
      generatorLoss: 'the generator’s loss is above',
      discriminatorLoss: 'the discriminator’s loss is below',
      diverged: 'a lane diverges',
      notice: 'there is a warning: collapse, cycling, a stall, ...',
    },
  },
};
