/** What is said when a graphics card is lost, or a worker does not answer. */
import { count } from '../format.ts';

export const lostStrings = {
  title: (step: number) => `The graphics card was lost at step ${count(step)}.`,
  goesOn: (device: string) =>
    `The run goes on from there with ${device}; nothing that was read after the loss counts.`,
  silent: 'There has been no answer for a while.',
  silentHelp: 'One step of a large network may take so long; or what computes it is stuck.',
  wait: 'Wait',
  again: 'Try the graphics card again',
};
