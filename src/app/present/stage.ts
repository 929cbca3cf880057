/** How the page is presented: whether, how large, what is asked first, its scenes; and what was wished of keys and motion. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { keep, kept } from '../kept.ts';
import { type Motion, setMotion, wantedMotion } from '../motion.ts';
import type { Page } from '../page.ts';
import { NotLoaded } from '../unloaded.ts';
import { linkedScenes, type PresentedWords, sceneOpened } from './link.ts';
import { MOST_SCENES, readScenes, type Scene, sceneOf, scenesText, showScene } from './scenes.ts';

export interface StageState {
  readonly presents: boolean;
  /** Times the type of a projector. */
  readonly size: number;
  /** What the page says of the run is hidden. */
  readonly asks: boolean;
  /** What is asked instead of the usual question. */
  readonly question?: string;
  /** The dialog that is open. */
  readonly dialog?: 'help' | 'scenes';
  readonly scenes: readonly Scene[];
  /** The scene that is shown, or was last; -1 for none. */
  readonly at: number;
  /** The run is on its way to that scene's step. */
  readonly isUnderway: boolean;
  /** The link had scenes that could not be read. */
  readonly isBroken: boolean;
  /** Letters and signs act, without Ctrl or Alt. */
  readonly hasLetters: boolean;
  readonly motion: Motion;
}

export interface Stage extends Pick<StoreApi<StageState>, 'getState' | 'subscribe' | 'getInitialState'> {
  present(presents: boolean): void;
  /** Larger or smaller by so many sizes. */
  resize(by: number): void;
  ask(asks: boolean): void;
  /** The run waits while the dialog of scenes is open: what is kept is what was there when it was opened. */
  open(dialog: StageState['dialog']): void;
  setLetters(hasLetters: boolean): void;
  setMotion(motion: Motion): void;
  /** Keeps what is shown now: as a new scene after the one shown, or in the place of one. */
  save(name: string, at?: number): void;
  change(at: number, change: Partial<Scene>): void;
  move(at: number, by: -1 | 1): void;
  remove(at: number): void;
  putBack(at: number, scene: Scene): void;
  /**
   * Takes over what a link says that is opened now: its scenes come first, and it may ask for a presentation. Nothing
   * is on its way any more. Says whether the link opens at one of its scenes, which is then shown.
   */
  bring(words: PresentedWords): boolean;
  show(at: number): void;
  /** The next scene, or the one before; stays at the ends. */
  go(by: -1 | 1): void;
  close(): void;
}

const LETTERS = 'letters';
const SCENES = 'scenes';
const SIZES = { least: 0.7, most: 2, step: 0.1 } as const;

export function openStage(page: Page): Stage {
  const { presented } = page.store.getState();
  const { scenes: brought, presents } = presented;
  const own = readScenes(kept(SCENES) ?? '[]') ?? [];
  const read = brought === undefined ? [] : readLinked(brought);
  const linked = read ?? [];
  const opensAt = placeOpened(presented, linked);
  // Beside a run of its own, what the first scene asks is not told before.
  const first = presents && (opensAt >= 0 || linked[0]?.asks) ? linked[Math.max(0, opensAt)] : undefined;
  const store = createStore<StageState>(() => ({
    presents,
    size: 1,
    asks: first?.asks ?? false,
    question: first?.question,
    scenes: joined(linked, own),
    at: opensAt,
    isUnderway: opensAt >= 0 && linked[opensAt].step > 0,
    isBroken: read === undefined,
    hasLetters: kept(LETTERS) !== 'off',
    motion: wantedMotion(),
  }));
  const { getState, setState } = store;
  let way = new AbortController();
  /** The run was playing, and waits for the dialog of scenes to be closed. */
  let waits = false;
  /** Pictures and charts ask the page, not the stage, which comes after them. */
  const tell = ({ presents, asks, scenes }: StageState) => {
    const [isAsked, turnsScenes] = [presents && asks, presents && scenes.length > 0];
    const before = page.store.getState();
    if (before.isAsked !== isAsked || before.turnsScenes !== turnsScenes)
      page.store.setState({ isAsked, turnsScenes });
  };
  store.subscribe(tell);
  // Whoever asks for the stage may be being drawn: others that follow the page are not drawn anew meanwhile.
  const opened = way;
  queueMicrotask(() => {
    tell(getState());
    if (opensAt >= 0 && way === opened && !opened.signal.aborted) void show(opensAt, false);
  });
  const say = (words: Partial<PresentedWords>) =>
    page.store.setState(({ presented }) => ({ presented: { ...presented, ...words } }));
  /** What is kept in a scene besides the link and the step. */
  function ofScene(): Pick<Scene, 'asks' | 'question' | 'isPlaying' | 'speed'> {
    const { scenes, at, isUnderway, asks, question } = getState();
    const { playing, speed } = page.store.getState();
    // On its way to a scene, a run plays as fast as it can: there, it will be as the scene says.
    const goal = isUnderway ? scenes[at] : undefined;
    return {
      asks,
      ...(question !== undefined && { question }),
      isPlaying: goal?.isPlaying ?? (playing || waits),
      speed: goal?.speed ?? speed,
    };
  }
  const hasBrought = () => page.store.getState().presented.scenes !== undefined;

  /** The list becomes another, and is remembered; the scene that is shown stays the one that is shown. */
  function list(scenes: readonly Scene[], at: number): void {
    setState({ scenes, at });
    keep(SCENES, scenesText(scenes));
    // An address that brings scenes brings them as they are now.
    if (hasBrought()) say({ scenes: linkedScenes(scenesText(scenes)) });
  }

  /** Shows a scene that a person asks for; at one that a link opens at, nothing plays for whom nothing plays by itself. */
  async function show(at: number, isAsked = true): Promise<void> {
    const scene = getState().scenes[at];
    if (!scene) return;
    way.abort();
    way = new AbortController();
    const { signal } = way;
    waits = false;
    const { asks, question } = scene;
    setState({ at, asks, question, isUnderway: scene.step > 0, dialog: undefined });
    const isPlaying = scene.isPlaying && (isAsked || page.startsPlaying);
    try {
      await showScene(page, { ...scene, isPlaying }, signal);
    } catch (error) {
      if (!(error instanceof NotLoaded)) throw error;
      if (signal.aborted) return;
      page.store.setState({ unloaded: { what: 'scene', again: () => void show(at, isAsked) } });
    }
    if (!signal.aborted) setState({ isUnderway: false });
  }

  const stage: Stage = {
    getState,
    getInitialState: store.getInitialState,
    subscribe: store.subscribe,
    present(presents) {
      if (presents === getState().presents) return;
      stage.open(undefined);
      setState({ presents, asks: presents && getState().asks });
      if (page.store.getState().presented.presents !== presents) say({ presents });
    },
    resize(by) {
      const next = Math.round((getState().size + by * SIZES.step) * 10) / 10;
      setState({ size: Math.max(SIZES.least, Math.min(SIZES.most, next)) });
    },
    ask: (asks) => setState({ asks }),
    open(dialog) {
      if (dialog === getState().dialog) return;
      const waited = waits;
      // A run on its way to a scene would not get there.
      waits = dialog === 'scenes' && !getState().isUnderway && page.store.getState().playing;
      if (waits) page.pause();
      else if (waited) page.play();
      setState({ dialog });
    },
    setLetters(hasLetters) {
      setState({ hasLetters });
      keep(LETTERS, hasLetters ? 'on' : 'off');
    },
    setMotion(motion) {
      setMotion(motion);
      setState({ motion });
    },
    save(name, at) {
      const { scenes, at: shown } = getState();
      if (at !== undefined) {
        const { asks, question } = scenes[at];
        const scene = sceneOf(page, { ...ofScene(), name, asks, question });
        list(
          scenes.map((each, i) => (i === at ? scene : each)),
          at,
        );
      } else if (scenes.length < MOST_SCENES) {
        const place = shown < 0 ? scenes.length : shown + 1;
        list(
          [...scenes.slice(0, place), sceneOf(page, { ...ofScene(), name }), ...scenes.slice(place)],
          place,
        );
      }
    },
    change(at, change) {
      const { scenes, at: shown } = getState();
      list(
        scenes.map((each, i) => (i === at ? { ...each, ...change } : each)),
        shown,
      );
      if (at === shown && 'question' in change) setState({ question: change.question });
    },
    move(at, by) {
      const { scenes, at: shown } = getState();
      const to = at + by;
      if (to < 0 || to >= scenes.length) return;
      const moved = [...scenes];
      [moved[at], moved[to]] = [moved[to], moved[at]];
      list(moved, shown === at ? to : shown === to ? at : shown);
    },
    remove(at) {
      const { scenes, at: shown } = getState();
      list(
        scenes.filter((_, i) => i !== at),
        shown === at ? -1 : shown > at ? shown - 1 : shown,
      );
    },
    putBack(at, scene) {
      const { scenes, at: shown } = getState();
      list([...scenes.slice(0, at), scene, ...scenes.slice(at)], shown >= at ? shown + 1 : shown);
    },
    bring(words) {
      const { scenes: brought, presents } = words;
      way.abort();
      waits = false;
      setState({ at: -1, isUnderway: false, question: undefined });
      const read = brought === undefined ? [] : readLinked(brought);
      if (brought !== undefined) {
        const scenes = joined(read ?? [], getState().scenes);
        setState({ scenes, isBroken: read === undefined });
        if (read) say({ scenes: hasBrought() ? linkedScenes(scenesText(scenes)) : brought });
      }
      if (presents) stage.present(true);
      const at = placeOpened(words, read ?? []);
      if (at >= 0) void show(at, false);
      return at >= 0;
    },
    show: (at) => show(at),
    go(by) {
      const { scenes, at } = getState();
      const next = at < 0 ? (by > 0 ? 0 : scenes.length - 1) : at + by;
      if (next >= 0 && next < scenes.length) stage.show(next);
    },
    close: () => way.abort(),
  };
  return stage;
}

/** The place of the scene that a link with these scenes opens at; -1 where it opens at none. */
const placeOpened = (words: PresentedWords, scenes: readonly Scene[]): number =>
  sceneOpened(
    words,
    scenes.map(({ link }) => link),
  );

const stages = new WeakMap<Page, Stage>();

/** The stage of a page: one, opened when it is first asked for. */
export function stageOf(page: Page): Stage {
  const stage = stages.get(page) ?? openStage(page);
  stages.set(page, stage);
  return stage;
}

/** Scenes of a link, as it spells them; undefined where they cannot be read. */
export const readLinked = (brought: string) => readScenes(safeDecode(brought));

/** Those of a link come first, the others stay behind them. */
function joined(first: readonly Scene[], others: readonly Scene[]): readonly Scene[] {
  const known = new Set(first.map((scene) => scenesText([scene])));
  return [...first, ...others.filter((scene) => !known.has(scenesText([scene])))].slice(0, MOST_SCENES);
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
