/**
 * Undo and redo of what is played: settings of all lanes, which lanes there are in which order, and what was opened over
 * what, whose runs are played again from their starts with what was changed in them.
 */
import type { Course } from '../catalog/course.ts';
import { writeHistory } from '../catalog/courseText.ts';
import { type Experiment, experiment as schema } from '../catalog/experiment.ts';
import { changes, isSame } from '../settings/index.ts';
import { wordsOf } from './marks.ts';
import type { Page } from './page.ts';
import { say } from './share/strings.ts';
import { type LaneState, newLane, type PageState } from './store.ts';

/** What a lane is, without how its run stands. */
type Played = Pick<LaneState, 'id' | 'colour' | 'experiment' | 'from' | 'course'>;
type Lanes = readonly Played[];

/** One thing that somebody did. */
interface Entry {
  readonly before: Lanes;
  readonly after: Lanes;
  /** In a few words. */
  readonly words: string;
  /** What changed: paths of one lane, or of several together. */
  readonly what: string;
  /** Something was opened: the runs before it and after it are played from their starts. */
  readonly isOpening: boolean;
}

/** More is not remembered. */
export const MOST_ENTRIES = 100;
/** Changes of the same settings that follow so closely are one: a slider that is dragged, a number typed. */
const TOGETHER_MS = 800;

export interface Undo {
  /** What there is to be undone, and to be done again, in words; undefined for nothing. */
  readonly undoes: string | undefined;
  readonly redoes: string | undefined;
  undo(): void;
  redo(): void;
  /** While a pointer is down, changes of the same settings are one however slowly it moves. */
  hold(isDown: boolean): void;
  /** Calls back when there is something else to undo or redo. */
  subscribe(listener: () => void): () => void;
  close(): void;
}

/** Whether the same is played, in the same lanes and order. */
export const isSamePlayed = (a: Lanes, b: Lanes): boolean =>
  a.length === b.length &&
  a.every((lane, i) => lane.id === b[i].id && lane.experiment === b[i].experiment && lane.from === b[i].from);

const playedIn = ({ lanes }: Pick<PageState, 'lanes'>): Lanes =>
  lanes.map(({ id, colour, experiment, from, course }) => ({ id, colour, experiment, from, course }));

/** The run that a lane plays from its start, as far as it is known. */
const courseOf = ({ experiment, course }: Played): Course =>
  course ?? { settings: [{ step: 0, experiment }], alone: [] };
const startOf = (lane: Played): Experiment => courseOf(lane).settings[0].experiment;
/** Whatever becomes of their settings later on; those that can be gone on from need no start. */
const begun = (lanes: Lanes): Lanes =>
  lanes.map((lane) => (lane.from ? lane : { ...lane, course: courseOf(lane) }));

/** Remembers from the page's beginning on: what was changed before this was loaded is the first entry. */
export function openUndo(
  page: Pick<Page, 'store' | 'time' | 'openings'>,
  now: () => number = () => performance.now(),
): Undo {
  const { store, time } = page;
  const done: Entry[] = [];
  const undone: Entry[] = [];
  const listeners = new Set<() => void>();
  let present = playedIn(store.getInitialState());
  let lastAt = Number.NEGATIVE_INFINITY;
  let isDown = false;
  /** Something was changed since the pointer went down. */
  let isDragged = false;
  let isApplying = false;
  /** How many things were opened until `present`. */
  let openings = 0;
  const tell = () => {
    for (const listener of listeners) listener();
  };

  function note(state: Pick<PageState, 'lanes'>): void {
    if (isApplying) return;
    const isOpening = page.openings !== openings;
    openings = page.openings;
    const before = present;
    present = playedIn(state);
    if (!isOpening && isSamePlayed(before, present)) return;
    // Going back in time shows what held then: nobody changed anything.
    if (time.isFollowing) {
      for (const { id, course, experiment } of state.lanes)
        if (course) renew(id, before.find((lane) => lane.id === id)?.experiment, experiment);
      return;
    }
    const { what, words } = (isOpening ? differenceOfRuns : difference)(before, present);
    if (what === '') return;
    const last = done.at(-1);
    const isCloseBy = isDown ? isDragged : now() - lastAt < TOGETHER_MS;
    const isOne = !isOpening && last !== undefined && undone.length === 0 && last.what === what && isCloseBy;
    isDragged = isDown;
    lastAt = now();
    undone.length = 0;
    if (isOne) {
      done.pop();
      const whole = difference(last.before, present);
      // Dragged back to where it was: nothing was done.
      if (whole.what !== '') done.push({ ...last, after: present, words: whole.words });
    } else if (isOpening) done.push({ before: begun(before), after: begun(present), words, what, isOpening });
    else done.push({ before, after: present, words, what, isOpening });
    if (done.length > MOST_ENTRIES) done.shift();
    tell();
  }

  /** A run that was shared has brought other settings: whatever is undone in other lanes leaves them. */
  function renew(id: number, was: unknown, experiment: LaneState['experiment']): void {
    const renewed = (lanes: Lanes) =>
      lanes.map((lane) => (lane.id === id && lane.experiment === was ? { ...lane, experiment } : lane));
    for (const entries of [done, undone]) {
      // What was opened before it, or is opened after it, are other runs.
      const first = entries.findLastIndex(({ isOpening }) => isOpening) + 1;
      for (const [i, { before, after, ...entry }] of entries.slice(first).entries())
        entries[first + i] = { ...entry, before: renewed(before), after: renewed(after) };
    }
  }

  /**
   * Lanes that are still there keep their runs, which take the settings over as they would take a change; where something
   * was opened, they play the runs that were open.
   */
  function apply(lanes: Lanes, isOpening: boolean): void {
    isApplying = true;
    store.setState(({ lanes: all, selected, solo }) => {
      const restored = lanes.map((lane) => {
        const now = all.find(({ id }) => id === lane.id) ?? newLane(lane.id, lane.colour, lane.experiment);
        if (isOpening && !lane.from) return { ...now, ...lane, experiment: startOf(lane), copy: undefined };
        // What a link or a file had still to bring is not what is done now.
        const course = now.experiment === lane.experiment ? now.course : undefined;
        return { ...now, ...lane, course };
      });
      const isThere = (id: number | undefined) => restored.some((lane) => lane.id === id);
      return {
        lanes: restored,
        selected: isThere(selected) ? selected : restored[0].id,
        solo: isThere(solo) ? solo : undefined,
        ...(isOpening && { stopped: undefined }),
      };
    });
    present = playedIn(store.getState());
    isApplying = false;
    lastAt = Number.NEGATIVE_INFINITY;
    tell();
  }

  const unsubscribe = store.subscribe(note);
  note(store.getState());
  return {
    get undoes() {
      return done.at(-1)?.words;
    },
    get redoes() {
      return undone.at(-1)?.words;
    },
    undo() {
      const entry = done.pop();
      if (!entry) return;
      undone.push(entry);
      apply(entry.before, entry.isOpening);
    },
    redo() {
      const entry = undone.pop();
      if (!entry) return;
      done.push(entry);
      apply(entry.after, entry.isOpening);
    },
    hold(next) {
      isDown = next;
      isDragged = false;
      lastAt = Number.NEGATIVE_INFINITY; // the next press is something else
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: unsubscribe,
  };
}

/** The same where something was opened: of the runs from their starts, wherever they stand. */
function differenceOfRuns(before: Lanes, after: Lanes): ReturnType<typeof difference> {
  const isSameRun = (a: Played, b: Played) =>
    isSame(schema, startOf(a), startOf(b)) &&
    writeHistory(courseOf(a), startOf(a)) === writeHistory(courseOf(b), startOf(b));
  const hasLanes = (lanes: Lanes) =>
    lanes.length === after.length &&
    lanes.every(({ id, from }, i) => id === after[i].id && from === after[i].from);
  if (hasLanes(before) && before.every((lane, i) => isSameRun(lane, after[i])))
    return { what: '', words: '' };
  const { what, words } = difference(before, after);
  return { what: `opened ${what}`, words: words || say.changed.history };
}

/** What has become different between two states, to be told apart from other changes and to be said. */
function difference(before: Lanes, after: Lanes): { readonly what: string; readonly words: string } {
  const ids = (lanes: Lanes) => lanes.map(({ id }) => id).join(' ');
  const changed = after.flatMap((lane) => {
    const was = before.find(({ id }) => id === lane.id);
    if (!was || was.experiment === lane.experiment) return [];
    const paths = changes(schema, was.experiment, lane.experiment).map(({ path }) => path);
    return paths.length > 0 ? [{ was, lane, paths }] : [];
  });
  const resumed = after.find(
    ({ id, from }) => from && !before.some((lane) => lane.id === id && lane.from === from),
  );
  if (resumed) return { what: `from ${resumed.id} ${ids(after)}`, words: say.changed.resumed };
  if (ids(before) !== ids(after)) {
    const words =
      after.length > before.length
        ? say.changed.added
        : after.length < before.length
          ? say.changed.removed
          : say.changed.moved;
    const isWhole = changed.length > 0;
    return { what: `lanes ${ids(after)}`, words: isWhole ? say.changed.opened : words };
  }
  if (changed.length === 0) return { what: '', words: '' };
  const paths = changed.map(({ lane, paths: all }) => `${lane.id} ${all.join(' ')}`).join('; ');
  const told = wordsOf(changed[0].was, changed[0].lane).split('; ');
  return { what: paths, words: told.length > 1 ? say.changed.several(told[0], told.length - 1) : told[0] };
}
