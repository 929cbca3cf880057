/** Plays a run: asks the worker for one frame after the other, at the chosen speed, and hands them on. */
import type { Watch } from '../analysis/probe.ts';
import type { Course } from '../catalog/course.ts';
import type { Experiment } from '../catalog/experiment.ts';
import type { Player } from '../math/field.ts';
import type { Client } from '../worker/client.ts';
import type { Checkpoint, Frame, Loading } from '../worker/protocol.ts';
import type { Speed } from './speeds.ts';

/**
 * What a question observes: everything, for a frame that is looked at for long; what is due, while the run plays; or,
 * where it waits, only what was begun before.
 */
export type Attention = 'everything' | 'due' | 'begun';

/** Training between two frames at full speed, at least: with the probes' time, one picture of a 60 Hz screen. */
const FULL_SPEED_BUDGET_MS = 12;
/** At other speeds a question ends early if its steps take longer, so that pausing is never far away. */
const PACED_BUDGET_MS = 200;

/** What long readings get of each frame while the run plays, and while it waits. */
const WORK_MS = 4;
const WAITING_WORK_MS = 40;

/** A piece of the way to a step of the past: short enough that another step can be asked for meanwhile. */
const WAY_BUDGET_MS = 40;

/** How long an answer may take before one can ask for another worker: some networks take seconds for a step. */
const SILENT_MS = 20_000;
/** The first one waits for code, which may come over a slow line. */
const FIRST_SILENT_MS = 60_000;

export type Worker = Client & { stop(isStuck?: boolean): void };

export interface PlaybackOptions {
  /** Starts the worker that trains. */
  readonly start: () => Worker;
  readonly device: () => string;
  readonly experiment: () => Experiment;
  /** What the run follows, if anything. */
  readonly course?: () => Course | undefined;
  readonly playing: () => boolean;
  readonly speed: () => Speed;
  /** The most steps that the next question may ask for; with none, it waits until it is woken. */
  readonly allowed: () => number;
  /** Whether the run may be some steps further, when it pauses, than the last frame was. */
  readonly mayGoOn: () => boolean;
  /** Whether the next question may be asked before the frame that was answered is looked at: it will not stop the run. */
  readonly mayHurry: () => boolean;
  /** What to observe in the next frame. */
  readonly watch: (attention: Attention) => readonly Watch[];
  /** What an answer has read, before the next question is asked: what that one asks for is still to come. */
  readonly onRead: (frame: Frame) => void;
  readonly onFrame: (frame: Frame) => void;
  /** The last frame was of the step that was gone to. */
  readonly onArrival?: () => void;
  /** The run waits for a file; for none any more where it says none. */
  readonly onLoading?: (loading: Loading) => void;
  /** What a new worker begins with, if not the start: taken once. */
  readonly checkpoint?: () => Checkpoint | undefined;
  /** Whether the run's state is to be kept with the next frame, in case that its worker is lost; and that frame's. */
  readonly keeps?: () => boolean;
  readonly onKept?: (checkpoint: Checkpoint, frame: Frame) => void;
  /** There has been no answer for long. It may still come. */
  readonly onSilence?: () => void;
  /**
   * Something could not be done: the run before it is gone on with. `lastGood` is the device that the last
   * frame was played on, if there was one; whoever wants it back asks for it with `run`.
   */
  readonly onRefusal: (message: string, lastGood: string | undefined) => void;
  /** Nothing more comes from this worker. */
  readonly onFailure: (message: string) => void;
}

export interface Playback {
  /** Playing, speed or settings of the view have changed: asks if there is something to ask. */
  wake(): void;
  /** Takes exactly one step, or so many, playing or not; with `mover`, steps of that player alone. */
  step(count?: number, mover?: Player): void;
  /** Single steps that were asked for, and are not in a frame yet. */
  readonly pending: number;
  /** The run stands still, and its last frame is of where it stands. */
  readonly isResting: boolean;
  /** A frame of where the run stands. */
  look(): void;
  /** Goes to a step of the past, the last one that was asked for. */
  goTo(step: number): void;
  /**
   * The run at its present step, or where it is going to. Rejects when nothing can be computed any more, and when
   * another run begins.
   */
  checkpoint(): Promise<Checkpoint>;
  /** Plays the present experiment: goes on where it can, or from its start. */
  run(fresh: boolean): void;
  /** Whether the last frame is of what was told last; if not, the run may stand elsewhere. */
  readonly isCurrent: boolean;
  /** Another run begins: what was asked of this one is of no use any more, nor is what comes of it. */
  forget(): void;
  /** Nothing more comes from the worker of this run. */
  readonly isGone: boolean;
  /** The worker has not answered for long: nothing more is expected of it, nor of the other runs in it. */
  giveUp(): void;
  /** Begins again with a new worker, after the old one failed. */
  revive(): void;
  close(): void;
}

export function openPlayback(options: PlaybackOptions): Playback {
  let worker: Worker | undefined;
  let isAsking = false;
  let isFailed = false;
  /** How often the worker was told what to play; and what of that the last frame was of. */
  let told = 0;
  let shown: number | undefined;
  /** What was refused last: if the next answer refuses it too, nothing more is to be expected. */
  let refused: number | undefined;
  /** The device of the newest run, and of the newest frame. */
  let device = '';
  let lastGood: string | undefined;
  /** Single steps that are still to be asked for, in their order. */
  const asked: { count: number; readonly mover: Player | undefined }[] = [];
  /** Single steps in the question that is being answered. */
  let singlesOut = 0;
  let isLookAsked = false;
  /** Runs that were begun anew: what was asked of one before is no news of the present one. */
  let runs = 0;
  /** The worker trains on until the next question. */
  let isGoingOn = false;
  /**
   * The step of the past to ask for, whether the run is still on its way to one, and whether nobody has been told yet
   * that it has come to the last one that was asked for.
   */
  let stepAsked: number | undefined;
  let isUnderway = false;
  let isExpected = false;
  /** Questions that were asked; who wants a checkpoint, and how many there were by then. */
  let questions = 0;
  let waiting: {
    readonly after: number;
    resolve(checkpoint: Checkpoint): void;
    reject(error: Error): void;
  }[] = [];
  /** Long readings go on, also while the run waits. */
  let isWorking = false;
  /** Cancels the wait for the time of the next question. */
  let cancelWait: (() => void) | undefined;
  let lastAsked = Number.NEGATIVE_INFINITY;
  /** The wait for an answer, and how long it may take. */
  let silence: ReturnType<typeof setTimeout> | undefined;
  let patience = FIRST_SILENT_MS;
  let isLoading = false;

  function listen(): void {
    clearTimeout(silence);
    silence = setTimeout(() => {
      if (!isLoading && document.visibilityState === 'visible') options.onSilence?.();
      listen(); // it may be waited for
    }, patience);
  }

  function open(): Worker {
    if (!worker) {
      const client = options.start();
      worker = client;
      client.onLoading((loading) => {
        if (client !== worker) return;
        isLoading = loading.file !== undefined;
        options.onLoading?.(loading);
      });
      tell(client, false);
    }
    return worker;
  }

  function tell(to: Worker, fresh: boolean): void {
    told += 1;
    device = options.device();
    const checkpoint = fresh ? undefined : options.checkpoint?.();
    const course = options.course?.();
    to.run({
      experiment: options.experiment(),
      device,
      fresh,
      ...(checkpoint && { checkpoint }),
      ...(course && { course }),
    });
  }

  /** Waits until the next question is due, then asks it. */
  function schedule(): void {
    if (isAsking || isFailed || cancelWait) return;
    if (isGoingOn && !options.playing()) isLookAsked = true; // where it came to rest
    const isOwed =
      asked.length > 0 ||
      isLookAsked ||
      isUnderway ||
      stepAsked !== undefined ||
      (isWorking && !options.playing()) ||
      (!options.playing() && options.keeps?.() === true);
    if (!isOwed && (!options.playing() || options.allowed() <= 0)) return;
    const { due } = options.speed();
    if (isOwed || due === 'now') {
      ask();
      return;
    }
    const go = () => {
      cancelWait = undefined;
      if (options.playing() || asked.length > 0 || isLookAsked || isWorking || isUnderway) ask();
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

  /** Nobody gets a checkpoint any more who waits for one. */
  function disappoint(error: Error): void {
    for (const { reject } of waiting.splice(0)) reject(error);
  }

  function ask(): void {
    const goes = isUnderway || stepAsked !== undefined;
    const single = goes ? undefined : asked.shift();
    const looks = !single && (goes || !options.playing());
    const { steps, due } = options.speed();
    isGoingOn = !single && !looks && due === 'now' && options.mayGoOn();
    const command = {
      ...(stepAsked !== undefined && { goTo: stepAsked }),
      ...((waiting.length > 0 || options.keeps?.()) && !goes && { checkpoint: true }),
      steps: single ? single.count : looks ? 0 : Math.max(0, Math.min(steps, options.allowed())),
      goesOn: isGoingOn,
      mover: single?.mover,
      budgetMs: single
        ? Number.MAX_VALUE
        : goes
          ? WAY_BUDGET_MS
          : due === 'now'
            ? FULL_SPEED_BUDGET_MS
            : PACED_BUDGET_MS,
      watch: options.watch(single || isLookAsked || goes ? 'everything' : looks ? 'begun' : 'due'),
      workMs: goes ? 0 : looks ? WAITING_WORK_MS : WORK_MS,
    };
    stepAsked = undefined;
    isLookAsked = false;
    isAsking = true;
    singlesOut = single?.count ?? 0;
    lastAsked = performance.now();
    listen();
    const client = open();
    const askedOn = device;
    const askedOf = runs;
    const asks = told;
    questions += 1;
    const question = questions;
    client.frame(command).then(
      (frame) => {
        if (client !== worker) return; // of a worker that was given up
        isAsking = false;
        singlesOut = 0;
        clearTimeout(silence);
        patience = SILENT_MS;
        refused = undefined;
        lastGood = askedOn;
        if (askedOf !== runs) {
          schedule();
          return;
        }
        isWorking = Object.keys(frame.working).length > 0;
        isUnderway = frame.goal !== undefined;
        shown = asks;
        // Who has asked for another step meanwhile does not arrive here.
        const arrives = isExpected && !isUnderway && stepAsked === undefined;
        if (arrives) isExpected = false;
        const { checkpoint } = frame;
        if (checkpoint) {
          options.onKept?.(checkpoint, frame);
          // Who asks while an answer is on its way may mean what was told after its question.
          for (const { after, resolve } of waiting) if (after < question) resolve(checkpoint);
          waiting = waiting.filter(({ after }) => after >= question);
        }
        if (waiting.length > 0) isLookAsked = true;
        options.onRead(frame);
        if (frame.outcome.kind === 'running' && options.mayHurry()) schedule(); // the worker trains on while this frame is drawn
        options.onFrame({ ...frame, checkpoint: undefined });
        if (arrives) options.onArrival?.();
        schedule();
      },
      (error: Error) => {
        if (client !== worker) return;
        isAsking = false;
        singlesOut = 0;
        clearTimeout(silence);
        stopWaiting();
        if (askedOf !== runs) {
          isLookAsked = true;
          schedule();
          return;
        }
        disappoint(error);
        if (refused === asks) {
          isFailed = true;
          options.onFailure(error.message);
          return;
        }
        isLookAsked = true;
        const before = told;
        options.onRefusal(error.message, lastGood);
        refused = told === before ? asks : told; // asked for back, it is the same thing
        schedule();
      },
    );
  }

  return {
    wake() {
      stopWaiting();
      schedule();
    },
    step(count = 1, mover) {
      const last = asked.at(-1);
      if (last && last.mover === mover) last.count += count;
      else asked.push({ count, mover });
      stopWaiting();
      schedule();
    },
    get pending() {
      return asked.reduce((sum, { count }) => sum + count, singlesOut);
    },
    get isResting() {
      const isOwed = asked.length > 0 || isLookAsked || isUnderway || stepAsked !== undefined;
      return !options.playing() && !isAsking && !isOwed && !isGoingOn;
    },
    look() {
      isLookAsked = true;
      stopWaiting();
      schedule();
    },
    goTo(step) {
      if (isFailed) return;
      asked.length = 0; // they were meant for where the run stood
      stepAsked = step;
      isExpected = true;
      stopWaiting();
      schedule();
    },
    checkpoint() {
      if (isFailed) return Promise.reject(new Error('nothing is computed any more'));
      return new Promise((resolve, reject) => {
        waiting.push({ after: questions, resolve, reject });
        isLookAsked = true;
        stopWaiting();
        schedule();
      });
    },
    run(fresh) {
      if (isFailed) return;
      if (worker) tell(worker, fresh);
      else open();
      isLookAsked = true;
      stopWaiting();
      schedule();
    },
    get isCurrent() {
      return shown === told;
    },
    forget() {
      runs += 1;
      shown = undefined;
      asked.length = 0;
      isWorking = false;
      stepAsked = undefined;
      isUnderway = false;
      isExpected = false;
      disappoint(new Error('another run has begun'));
    },
    get isGone() {
      return worker?.isGone() === true;
    },
    giveUp() {
      stopWaiting();
      clearTimeout(silence);
      isFailed = true;
      worker?.stop(true);
    },
    revive() {
      stopWaiting();
      worker?.stop();
      worker = undefined;
      patience = FIRST_SILENT_MS;
      isLoading = false;
      isFailed = false;
      isAsking = false;
      singlesOut = 0;
      asked.length = 0;
      refused = undefined;
      isWorking = false;
      isGoingOn = false;
      stepAsked = undefined;
      isUnderway = false;
      isExpected = false;
      lastGood = undefined;
      isLookAsked = true;
      schedule();
    },
    close() {
      stopWaiting();
      clearTimeout(silence);
      isFailed = true;
      worker?.stop();
      worker = undefined;
      disappoint(new Error('this run was given up'));
    },
  };
}
