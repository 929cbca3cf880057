/** The page's end of the wire: says what to play, asks for frames. */
import type { Answer, Failure, Frame, FrameCommand, RunCommand, Wire } from './protocol.ts';

export interface Client {
  /** Says what to play from now on; not answered. */
  run(command: Omit<RunCommand, 'type'>): void;
  /** Asks for steps and a frame after them. Rejects with an Error whose message says what could not be done. */
  frame(command: Omit<FrameCommand, 'type'>): Promise<Frame>;
  /** Nothing more will be asked: the other end lets go of the run. */
  close(): void;
  /** All open questions end with this failure, and so do all later ones: the other end is gone. */
  fail(failure: Failure): void;
}

export function connect(wire: Wire): Client {
  const open: { resolve(frame: Frame): void; reject(error: Error): void }[] = [];
  let gone: Failure | undefined;
  wire.addEventListener('message', (event) => {
    const answer = event.data as Answer;
    const question = open.shift();
    if (answer.type === 'frame') question?.resolve(answer.frame);
    else question?.reject(new Error(answer.message));
  });
  wire.start?.();
  return {
    run: (command) => wire.postMessage({ type: 'run', ...command }),
    frame(command) {
      if (gone) return Promise.reject(new Error(gone.message));
      return new Promise((resolve, reject) => {
        wire.postMessage({ type: 'frame', ...command }); // throws if it cannot be sent: then nothing is open
        open.push({ resolve, reject });
      });
    },
    close: () => wire.postMessage({ type: 'close' }),
    fail(failure) {
      gone = failure;
      for (const question of open.splice(0)) question.reject(new Error(failure.message));
    },
  };
}
