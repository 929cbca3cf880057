/** Code that did not come, for want of a network or a server: what it was for, and how it is tried again. */

export interface Unloaded {
  /** What was to be done with it. */
  readonly what: 'start' | 'link' | 'file' | 'scene';
  readonly again: () => void;
}

/** Why something else is not done: what it needs did not come. */
export class NotLoaded extends Error {}

/** Tells code that did not come from all else that can go wrong. Rejects with NotLoaded. */
export const arriving = <T>(code: Promise<T>): Promise<T> =>
  code.catch((cause) => {
    throw new NotLoaded('what it needs could not be loaded', { cause });
  });
