/** A picture of a run at one moment: where it stands and what the watched probes read, nothing else. */
import type { Readings } from '../analysis/index.ts';
import type { Moment, Probe, Reading, Watch, Work } from '../analysis/probe.ts';
import type { Alone } from '../catalog/course.ts';
import { type Group, parse } from '../settings/index.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { Measured } from './choose.ts';
import type { SettingsNews } from './history.ts';
import type { Outcome, Session } from './session.ts';
import { judgedPoint } from './step.ts';
import type { Series } from './trace.ts';

/** A device that is gone, the steps that were taken by then, and the device that takes the next ones. */
export interface Lost {
  readonly device: string;
  readonly step: number;
  readonly by: string;
}

export interface Frame {
  /** Which run of the session: another number means that it began anew. */
  readonly run: number;
  /** Steps taken. */
  readonly step: number;
  /** The first and the last step of the run that one can go to; the frame is of the past before the last one. */
  readonly begin: number;
  readonly furthest: number;
  /** How often the run went on from its past, and forgot what came after. */
  readonly forks: number;
  /** The step that the run is on its way to, if this frame is from the way there. */
  readonly goal?: number;
  /** The settings that the run went through, where they became others since the last frame. */
  readonly settings?: SettingsNews;
  /** The run at this step, where it was asked for. */
  readonly checkpoint?: Checkpoint;
  readonly evaluations: number;
  readonly products: number;
  /** Seconds spent in steps. */
  readonly seconds: number;
  readonly outcome: Outcome;
  /** The steps of this run in which one player alone moved. */
  readonly alone: readonly Alone[];
  readonly device: string;
  /** The device was lost since the last frame: another one goes on from this step. */
  readonly lost?: Lost;
  /** What was measured to choose the device, where it was chosen by measuring; the chosen one first. */
  readonly measured?: readonly Measured[];
  /** Losses met since the last frame. */
  readonly losses: Series;
  /**
   * Points passed since the last frame, the run's first one included (games of two parameters), [count, 2];
   * at most the newest 4096. After the run went back: those from the state that was kept on, once more.
   */
  readonly path: Float64Array;
  /** What the quick probes read here, and what the long ones have finished since the last frame. */
  readonly readings: Readings;
  /** How far the long readings are that go on, in [0, 1], by the probe's name; 0 while a probe's code is loaded. */
  readonly working: Readonly<Record<string, number>>;
}

/** Observes one session after the other: it holds the long readings that go on between two frames. */
export interface Observer {
  /**
   * Takes a frame. Probes read the point at which the run is judged: its average, where one is kept; path and
   * losses are the run's own. Probes that do not fit this game are left out; so are unknown names.
   *
   * A long reading begins when it is first watched, goes on for `workMs` (all of them together), is told in
   * the frame in which it is finished, and then begins anew. It is dropped when it is no longer watched, when
   * the experiment changes, and when the run goes back.
   */
  frame(session: Session, watched: readonly Watch[], workMs: number): Frame;
}

interface LongReading {
  readonly key: string;
  readonly work: Work<Reading>;
  progress: number;
}

/** A probe by its name; undefined where there is none, 'loading' where its code is still on its way. */
export type FindProbe = (name: string) => Probe | 'loading' | undefined;

export function openObserverOf(find: FindProbe): Observer {
  const open = new Map<string, LongReading>();
  let observed: (Pick<Session, 'experiment' | 'scene' | 'run'> & { step: number }) | undefined;

  function drop(name: string): void {
    open.get(name)?.work.return(undefined as never);
    open.delete(name);
  }

  /** What was begun under other settings, or in another run, no longer means anything. */
  function dropOld({ experiment, scene, run, state: { step } }: Session): void {
    const isSame =
      observed?.experiment === experiment &&
      observed.scene === scene &&
      observed.run === run &&
      observed.step <= step;
    if (!isSame) for (const name of open.keys()) drop(name);
    observed = { experiment, scene, run, step };
  }

  return {
    frame(session, watched, workMs) {
      const { scene, state } = session;
      dropOld(session);
      const until = performance.now() + workMs;
      const moment = momentOf(session);
      const readings: Record<string, Reading> = {};
      const wanted = new Set<string>();
      const working: Record<string, number> = {};
      for (const { probe: name, settings } of watched) {
        const probe = find(name);
        if (probe === 'loading') working[name] = 0;
        if (typeof probe !== 'object' || !probe.fits(scene)) continue;
        const values = () => parse<Group>(probe.settings, settings).values;
        if ('read' in probe) {
          readings[name] = probe.read(moment, values());
          continue;
        }
        const key = JSON.stringify(settings ?? {});
        if (open.get(name)?.key !== key) {
          drop(name);
          const frozen = { ...moment, point: moment.point.slice() };
          open.set(name, { key, work: probe.work(frozen, values()), progress: 0 });
        }
        wanted.add(name);
      }
      for (const name of open.keys()) if (!wanted.has(name)) drop(name);
      // In turns, and one piece of each at least, so that every reading ends.
      do {
        for (const [name, reading] of [...open]) {
          open.delete(name); // what throws is not gone on with
          const { done, value } = reading.work.next();
          if (done) readings[name] = value;
          else {
            reading.progress = value;
            open.set(name, reading);
          }
        }
      } while (open.size > 0 && performance.now() < until);
      for (const [name, { progress }] of open) working[name] = progress;
      const { losses, path } = session.trace.take();
      return {
        run: session.run,
        step: state.step,
        begin: session.past.begin,
        furthest: session.past.furthest,
        forks: session.past.forks,
        goal: session.goal,
        settings: session.past.news(),
        evaluations: state.evaluations,
        products: state.products,
        seconds: session.seconds,
        outcome: session.outcome,
        alone: session.alone,
        device: scene.device.name,
        losses,
        path,
        readings: readings as Readings,
        working,
      };
    },
  };
}

/** Where a session stands, as probes see it. */
export function momentOf(session: Session): Moment {
  const { scene, state, experiment } = session;
  return { scene, point: judgedPoint(state, experiment), experiment, step: state.step, run: session.soFar() };
}
