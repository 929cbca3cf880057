/** The page's end of the wire: says what to play, asks for frames. */
import type { Answer, Failure, Frame, FrameCommand, Loading, RunCommand, Wire } from './protocol.ts';

export interface Client {
  /** Says what to play from now on; not answered. */
  run(command: Omit<RunCommand, 'type'>): void;
  /** Asks for steps and a frame after them. Rejects with an Error whose message says what could not be done. */
  frame(command: Omit<FrameCommand, 'type'>): Promise<Frame>;
  /** Is told while the run waits for a file. */
  onLoading(listener: (loading: Loading) => void): void;
  /** Nothing more will be asked: the other end lets go of the run. */
  close(): void;
  /** Whether the other end is gone. */
  isGone(): boolean;
  /** All open questions end with this failure, and so do all later ones: the other end is gone. */
  fail(failure: Failure): void;
}

export function connect(wire: Wire): Client {
  const open: { resolve(frame: Frame): void; reject(error: Error): void }[] = [];
  let gone: Failure | undefined;
  let tell: (loading: Loading) => void = () => {};
  wire.addEventListener('message', (event) => {
    const answer = event.data as Answer;
    if (answer.type === 'loading') {
      tell(answer);
      return;
    }
    const question = open.shift();
    if (answer.type === 'frame') question?.resolve(answer.frame);
    else question?.reject(new Error(answer.message));
  });
  // An answer that has come, but cannot be read.
  wire.addEventListener('messageerror', () => open.shift()?.reject(new Error('an answer could not be read')));
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
    onLoading(listener) {
      tell = listener;
    },
    isGone: () => gone !== undefined,
    close: () => wire.postMessage({ type: 'close' }),
    fail(failure) {
      gone = failure;
      for (const question of open.splice(0)) question.reject(new Error(failure.message));
    },
  };
}
