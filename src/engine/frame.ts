/** A picture of a run at one moment: where it stands and what the watched probes read, nothing else. */
import { probes, type Readings } from '../analysis/index.ts';
import type { Probe, Reading, Watch } from '../analysis/probe.ts';
import { type Group, parse } from '../settings/index.ts';
import type { Measured } from './choose.ts';
import type { Outcome, Session } from './session.ts';
import { judgedPoint } from './step.ts';
import type { Series } from './trace.ts';

export interface Frame {
  /** Which run of the session: another number means that it began anew. */
  readonly run: number;
  /** Steps taken. */
  readonly step: number;
  readonly evaluations: number;
  readonly products: number;
  /** Seconds spent in steps. */
  readonly seconds: number;
  readonly outcome: Outcome;
  readonly device: string;
  /** What was measured to choose the device, where it was chosen by measuring; the chosen one first. */
  readonly measured?: readonly Measured[];
  /** Losses met since the last frame. */
  readonly losses: Series;
  /**
   * Points passed since the last frame, the run's first one included (games of two parameters), [count, 2];
   * at most the newest 4096.
   */
  readonly path: Float64Array;
  readonly readings: Readings;
}

/**
 * Takes a frame. Probes read the point at which the run is judged: its average, where one is kept; path and
 * losses are the run's own. Probes that do not fit this game are left out; so are unknown names.
 */
export function takeFrame(session: Session, watched: readonly Watch[]): Frame {
  const { scene, state, experiment } = session;
  const moment = { scene, point: judgedPoint(state, experiment), experiment, step: state.step };
  const readings: Record<string, Reading> = {};
  for (const { probe: name, settings } of watched) {
    const probe = (probes as readonly Probe[]).find((entry) => entry.name === name);
    if (!probe?.fits(scene)) continue;
    readings[name] = probe.read(moment, parse<Group>(probe.settings, settings).values);
  }
  const { losses, path } = session.trace.take();
  return {
    run: session.run,
    step: state.step,
    evaluations: state.evaluations,
    products: state.products,
    seconds: session.seconds,
    outcome: session.outcome,
    device: scene.device.name,
    losses,
    path,
    readings: readings as Readings,
  };
}
