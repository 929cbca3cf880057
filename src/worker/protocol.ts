/**
 * The wire between the page and a run: two commands, answered by frames, and a last one.
 *
 * `run` says what to play and is not answered. `frame` asks for steps and what to observe after them; it is
 * answered by exactly one frame or failure. Pausing is not asking. Commands are carried out in order.
 */
import type { Watch } from '../analysis/probe.ts';
import type { Course } from '../catalog/course.ts';
import type { Experiment } from '../catalog/experiment.ts';
import type { Checkpoint } from '../engine/checkpoint.ts';
import type { Frame } from '../engine/observatory.ts';
import type { Player } from '../math/field.ts';

export type { Alone, Course, Past, SettingsFrom } from '../catalog/course.ts';
export type { Checkpoint } from '../engine/checkpoint.ts';
export type { Measured } from '../engine/choose.ts';
export type { SettingsNews } from '../engine/history.ts';
export type { Frame, Lost } from '../engine/observatory.ts';
export type { Outcome } from '../engine/session.ts';

/** The device name that asks for a choice by measuring. */
export const AUTO = 'auto';

export interface RunCommand {
  readonly type: 'run';
  readonly experiment: Experiment;
  /** A device's name, or `auto` to choose one by measuring. Another device goes on with the run. */
  readonly device: string;
  /** Begin anew even if the settings could go on: back to the start. */
  readonly fresh?: boolean;
  /** Go on from here instead, with the settings of `experiment`: it branches where only live ones differ. */
  readonly checkpoint?: Checkpoint;
  /**
   * The run follows this course, from its beginning or from where it stands: `experiment` is then one of its settings,
   * and changes nothing. Without one, nothing more is to come of a course.
   */
  readonly course?: Course;
}

export interface FrameCommand {
  readonly type: 'frame';
  /**
   * Go to this step of the run's past first. It may take more than one frame: those from the way say the `goal`,
   * and a later `frame` without this goes on.
   */
  readonly goTo?: number;
  /** Send the run's state with the frame, to go on with elsewhere. */
  readonly checkpoint?: boolean;
  /** At most this many steps before the frame; 0 only looks. */
  readonly steps: number;
  /**
   * Training does not wait for the page: what is left of the steps is taken while the page draws, until the next
   * command comes. The steps of a question that goes on are counted from the last frame. Its frame is due after
   * `budgetMs`, later where observing takes long.
   */
  readonly goesOn?: boolean;
  /** Only this player moves in them, if one is named. */
  readonly mover?: Player;
  /** No further step begins after this many milliseconds. */
  readonly budgetMs: number;
  readonly watch: readonly Watch[];
  /** How long the long readings may go on in this frame, in milliseconds. */
  readonly workMs: number;
}

/** Nothing more will be asked: the run is given up, and what it held is free. */
export interface CloseCommand {
  readonly type: 'close';
}

export type Command = RunCommand | FrameCommand | CloseCommand;

/** What a worker is sent with a port, over which a run is then spoken to. */
export const LINE = 'line';

/** What could not be done, in a sentence, told once; the run before it is gone on with where there is one. */
export interface Failure {
  readonly message: string;
}

/** Between answers: how much is there, in [0, 1], of the file that a run waits for; nothing when it is all there. */
export interface Loading {
  readonly file?: string;
  readonly share?: number;
}

export type Answer =
  | ({ readonly type: 'loading' } & Loading)
  | { readonly type: 'frame'; readonly frame: Frame }
  | ({ readonly type: 'failure' } & Failure);

/** The end of a wire: a Worker, a MessagePort, or the scope of a worker. */
export interface Wire {
  postMessage(message: unknown, transfer?: Transferable[]): void;
  addEventListener(type: 'message' | 'messageerror', listener: (event: MessageEvent) => void): void;
  start?(): void;
  close?(): void;
}
