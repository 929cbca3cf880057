/** Plays a run: asks the worker for one frame after the other, at the chosen speed, and hands them on. */
import type { Watch } from '../analysis/probe.ts';
import type { Experiment } from '../catalog/experiment.ts';
import type { Client } from '../worker/client.ts';
import type { Frame } from '../worker/protocol.ts';
import type { Speed } from './speeds.ts';

/** Training between two frames at full speed: with the probes' time, about one picture of a 60 Hz screen. */
const FULL_SPEED_BUDGET_MS = 12;
/** At other speeds a question ends early if its steps take longer, so that pausing is never far away. */
const PACED_BUDGET_MS = 200;

export type Worker = Client & { stop(): void };

export interface PlaybackOptions {
  /** Starts the worker that trains. */
  readonly start: () => Worker;
  readonly device: () => string;
  readonly experiment: () => Experiment;
  readonly playing: () => boolean;
  readonly speed: () => Speed;
  /** What to observe in the next frame; `everything` for a frame that is looked at for long. */
  readonly watch: (everything: boolean) => readonly Watch[];
  readonly onFrame: (frame: Frame) => void;
  /** Nothing more comes from this worker. */
  readonly onFailure: (message: string) => void;
}

export interface Playback {
  /** Playing, speed or settings of the view have changed: asks if there is something to ask. */
  wake(): void;
  /** Takes exactly one step, playing or not. */
  step(): void;
  /** A frame of where the run stands. */
  look(): void;
  /** Plays the present experiment: goes on where it can, or from its start. */
  run(fresh: boolean): void;
  /** Begins again with a new worker, after the old one failed. */
  revive(): void;
  close(): void;
}

export function openPlayback(options: PlaybackOptions): Playback {
  let worker: Worker | undefined;
  let isAsking = false;
  let isFailed = false;
  let stepsAsked = 0;
  let isLookAsked = false;
  /** Cancels the wait for the time of the next question. */
  let cancelWait: (() => void) | undefined;
  let lastAsked = Number.NEGATIVE_INFINITY;

  function open(): Worker {
    if (!worker) {
      worker = options.start();
      worker.run({ experiment: options.experiment(), device: options.device() });
    }
    return worker;
  }

  /** Waits until the next question is due, then asks it. */
  function schedule(): void {
    if (isAsking || isFailed || cancelWait) return;
    const isOwed = stepsAsked > 0 || isLookAsked;
    if (!isOwed && !options.playing()) return;
    const { due } = options.speed();
    if (isOwed || due === 'now') {
      ask();
      return;
    }
    const go = () => {
      cancelWait = undefined;
      if (options.playing() || stepsAsked > 0 || isLookAsked) ask();
    };
    if (due === 'picture') {
      const request = requestAnimationFrame(go);
      cancelWait = () => cancelAnimationFrame(request);
    } else {
      const timer = setTimeout(go, Math.max(0, lastAsked + due.afterMs - performance.now()));
      cancelWait = () => clearTimeout(timer);
    }
  }

  function stopWaiting(): void {
    cancelWait?.();
    cancelWait = undefined;
  }

  function ask(): void {
    const single = stepsAsked > 0;
    const looks = !single && !options.playing();
    const { steps, due } = options.speed();
    const command = {
      steps: single ? stepsAsked : looks ? 0 : steps,
      budgetMs: single ? Number.MAX_VALUE : due === 'now' ? FULL_SPEED_BUDGET_MS : PACED_BUDGET_MS,
      watch: options.watch(single || isLookAsked),
    };
    stepsAsked = 0;
    isLookAsked = false;
    isAsking = true;
    lastAsked = performance.now();
    const asked = open();
    asked.frame(command).then(
      (frame) => {
        if (asked !== worker) return; // of a worker that was given up
        isAsking = false;
        if (frame.outcome.kind === 'running') schedule(); // the worker trains on while this frame is drawn
        options.onFrame(frame);
        schedule();
      },
      (error: Error) => {
        if (asked !== worker) return;
        isAsking = false;
        isFailed = true;
        stopWaiting();
        options.onFailure(error.message);
      },
    );
  }

  return {
    wake() {
      stopWaiting();
      schedule();
    },
    step() {
      stepsAsked += 1;
      stopWaiting();
      schedule();
    },
    look() {
      isLookAsked = true;
      stopWaiting();
      schedule();
    },
    run(fresh) {
      if (isFailed) return;
      open().run({ experiment: options.experiment(), device: options.device(), fresh });
      isLookAsked = true;
      stopWaiting();
      schedule();
    },
    revive() {
      worker?.stop();
      worker = undefined;
      isFailed = false;
      isAsking = false;
      isLookAsked = true;
      schedule();
    },
    close() {
      stopWaiting();
      isFailed = true;
      worker?.stop();
      worker = undefined;
    },
  };
}
