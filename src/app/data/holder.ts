/** Whose hand it is: of several pointers at once the first one acts; a pen goes before the palm that lies beside it. */

export interface Holder {
  readonly pointerId: number;
  readonly pointerType: string;
}

/** Whether a pointer that goes down takes hold, beside the one that holds now. */
export const takesHold = (next: Holder, now: Holder | null): boolean =>
  now === null ||
  next.pointerId === now.pointerId ||
  (next.pointerType === 'pen' && now.pointerType === 'touch');
