/** A device that computes as the reference does, and can be lost as a graphics card can. */
import { onTestFinished } from 'vitest';
import type { Device } from '../../src/compute/program.ts';
import { reference } from '../../src/compute/reference/reference.ts';

/** The name under which cards are opened where the devices are `withCards`. */
export const card = 'tfjs-webgl';

/** Those that this test has opened, in their order. */
export const cards: Card[] = [];

/** After how many readings the next card that is opened is lost. */
let nextLasts = Number.POSITIVE_INFINITY;
export function nextCardLasts(runs: number): void {
  nextLasts = runs;
}

/** The engine's devices, of which one is a card. */
export const withCards = (devices: typeof import('../../src/engine/devices.ts')): typeof devices => ({
  ...devices,
  async openDevice(name) {
    if (name !== card) return devices.openDevice(name);
    const opened = openCard();
    opened.loseAfter(nextLasts);
    nextLasts = Number.POSITIVE_INFINITY;
    if (cards.push(opened) === 1) onTestFinished(() => void cards.splice(0));
    return opened.device;
  },
});

interface Card {
  readonly device: Device;
  /** It computes nothing any more; with `isSilent`, nobody knows before it is asked. */
  lose(isSilent?: boolean): void;
  /** It is lost after so many more readings. */
  loseAfter(runs: number): void;
}

function openCard(): Card {
  let isGone = false;
  let isKnown = false;
  let left = Number.POSITIVE_INFINITY;
  const device: Device = {
    ...reference,
    name: card,
    get isLost() {
      return isKnown;
    },
    askIfLost() {
      isKnown = isGone;
    },
    compile(outputs) {
      const program = reference.compile(outputs);
      return {
        ...program,
        run(given) {
          left -= 1;
          isGone ||= left < 0;
          isKnown = isGone;
          if (isGone) throw new Error('the card is gone');
          return program.run(given);
        },
      };
    },
  };
  return {
    device,
    lose(isSilent = false) {
      isGone = true;
      isKnown ||= !isSilent;
    },
    loseAfter(runs) {
      left = runs;
    },
  };
}
