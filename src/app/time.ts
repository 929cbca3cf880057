/** The run's time as the page shows it: how far it came, what was changed when, going back, and branching there. */
import { experiment as schema } from '../catalog/experiment.ts';
import { isSame } from '../settings/index.ts';
import type { Checkpoint } from '../worker/protocol.ts';
import type { Lane } from './lane.ts';
import type { Mark } from './marks.ts';
import { named } from './named.ts';
import { changeLane, duplicateLane, isHeard, laneOf, MOST_LANES, nextId, type Store } from './store.ts';

export interface Time {
  /** From the first step to the furthest that any lane has come to. */
  readonly furthest: number;
  /** Where the selected lane stands, or where it is going to. */
  readonly present: number;
  /** Whether any lane stands before the furthest step of its own. */
  readonly isInPast: boolean;
  /** In the order of their steps. */
  marks(): readonly Mark[];
  /** All lanes pause and go to this step, or to the nearest that they have passed. */
  goTo(step: number): void;
  /** The store is being brought up to what holds in the run: nothing is to be told to it. */
  readonly isFollowing: boolean;
  /** A new lane that begins where the selected one stands, with its settings; the others go on to their ends. */
  branch(): Promise<void>;
}

export interface TimeKeeper extends Time {
  /** Whether any lane is in its past, or on its way: lanes behind others are then where they should be. */
  readonly isElsewhere: boolean;
  /** Brings the store up to what holds in the runs: nobody has changed anything. */
  follow(act: () => void): void;
  /** A lane has come to where it was to go. */
  arrive(id: number): void;
  /** The store shows what holds in a lane's run where that stands; says whether that is something else than before. */
  show(id: number): boolean;
  /** Lanes may be gone that were on their way. */
  note(): void;
  /** Other runs begin: nothing is on its way any more. */
  forget(): void;
  /** Nor is this lane, which begins another run, or whose worker was lost. */
  leave(id: number): void;
  /** When this lane next begins or goes on, it does so from here. */
  give(id: number, checkpoint: Checkpoint): void;
  /** Where a lane that begins or goes on now does so, if not at its start; gives it once. */
  takeCheckpoint(id: number): Checkpoint | undefined;
}

interface TimeOptions {
  readonly store: Store;
  readonly lanes: ReadonlyMap<number, Lane>;
}

export function openTime({ store, lanes }: TimeOptions): TimeKeeper {
  let isFollowing = false;
  const given = new Map<number, Checkpoint>();
  let isBranching = false;
  /** Lanes on their way, with the settings that the page showed when they left. */
  const underway = new Map<number, object>();

  const heard = () =>
    store
      .getState()
      .lanes.filter((lane) => isHeard(store.getState(), lane))
      .flatMap(({ id }) => lanes.get(id) ?? []);
  const selected = () => lanes.get(store.getState().selected);

  function send(id: number, step: number): void {
    const lane = lanes.get(id);
    if (!lane?.record.frame || laneOf(store.getState(), id).failure !== undefined) return;
    underway.set(id, laneOf(store.getState(), id).experiment);
    lane.playback.goTo(step);
  }

  const time: TimeKeeper = {
    get furthest() {
      return Math.max(0, ...heard().map(({ record }) => record.frame?.furthest ?? 0));
    },
    get present() {
      return store.getState().seeking ?? selected()?.record.frame?.step ?? 0;
    },
    get isInPast() {
      return heard().some(({ record }) => record.isInPast);
    },
    marks: () => named().marks?.marksIn(heard().map(({ record }) => record)) ?? [],
    goTo(step) {
      const all = store.getState().lanes.filter((lane) => isHeard(store.getState(), lane));
      if (all.length === 0 || all.some(({ failure }) => failure !== undefined)) return;
      const to = Math.max(0, Math.min(time.furthest, Math.round(step)));
      store.setState({ playing: false, seeking: to, stopped: undefined });
      for (const { id } of all) send(id, to);
    },
    async branch() {
      const { selected: id, lanes: all } = store.getState();
      const lane = lanes.get(id);
      if (!lane?.record.frame || all.length >= MOST_LANES || isBranching) return;
      isBranching = true;
      store.setState({ playing: false });
      try {
        const checkpoint = await lane.checkpoint();
        const present = store.getState();
        if (lanes.get(id) === lane && present.selected === id) {
          const branched = nextId(present.lanes);
          given.set(branched, checkpoint);
          duplicateLane(store);
          given.delete(branched);
        }
        for (const other of present.lanes) {
          if (lanes.get(other.id)?.record.isInPast) send(other.id, Number.MAX_SAFE_INTEGER);
        }
      } catch {
        // The lane says itself why nothing could be computed.
      } finally {
        isBranching = false;
      }
    },
    get isFollowing() {
      return isFollowing;
    },
    get isElsewhere() {
      return underway.size > 0 || time.isInPast;
    },
    follow(act) {
      isFollowing = true;
      try {
        act();
      } finally {
        isFollowing = false;
      }
    },
    arrive(id) {
      const left = underway.get(id);
      underway.delete(id);
      if (underway.size === 0) store.setState({ seeking: undefined });
      // Whoever has changed a setting meanwhile means the new one.
      if (laneOf(store.getState(), id).experiment === left) time.show(id);
    },
    show(id) {
      if (underway.has(id)) return false;
      const record = lanes.get(id)?.record;
      const { experiment } = laneOf(store.getState(), id);
      const step = record?.frame?.step ?? 0;
      const then = record?.settings.findLast((settings) => settings.step <= step)?.experiment;
      if (!then || isSame(schema, experiment, then)) return false;
      time.follow(() => changeLane(store, id, { experiment: then }));
      return true;
    },
    note() {
      for (const id of underway.keys()) if (!lanes.has(id)) underway.delete(id);
      if (underway.size === 0 && store.getState().seeking !== undefined)
        store.setState({ seeking: undefined });
    },
    leave(id) {
      underway.delete(id);
      if (underway.size === 0) store.setState({ seeking: undefined });
    },
    forget() {
      given.clear();
      underway.clear();
      store.setState({ seeking: undefined, stopped: undefined });
    },
    give: (id, checkpoint) => void given.set(id, checkpoint),
    takeCheckpoint(id) {
      const { past, ...checkpoint } = given.get(id) ?? {};
      given.delete(id);
      if (past) lanes.get(id)?.record.inherit(past);
      return 'state' in checkpoint ? checkpoint : undefined;
    },
  };
  return time;
}
