/** Scenes: moments of the page under a name, each a link and a step, as text and back, and how one is shown again. */
import { MOST_CHARACTERS } from '../../settings/text.ts';
import { readAddress } from '../address.ts';
import { loadNamed } from '../named.ts';
import type { Page } from '../page.ts';
import { speeds } from '../speeds.ts';
import { type PageState, speedKind } from '../store.ts';
import { arriving } from '../unloaded.ts';
import { ASKS } from './link.ts';

export interface Scene {
  readonly name: string;
  /** What stands behind `#` in a link to what is shown. */
  readonly link: string;
  /** Of the selected lane. */
  readonly step: number;
  readonly isPlaying: boolean;
  /** What the page says of the run is hidden at first. */
  readonly asks: boolean;
  /** What is asked then; without it, the usual question. */
  readonly question?: string;
  /** Index into `speeds`, for each kind of picture. */
  readonly speed: PageState['speed'];
}

export const MOST_SCENES = 50;
export const MOST_NAME = 80;
/** Characters: two lines before a class. */
export const MOST_QUESTION = 120;
/** A run of so many steps takes a minute or more to be walked again; what is further is no scene. */
const MOST_STEPS = 1e7;

/** What is shown now; the rest is said of it. */
export function sceneOf(page: Page, said: Omit<Scene, 'link' | 'step'>): Scene {
  const link = page.link().split('#')[1] ?? '';
  return { ...said, link, step: page.time.present };
}

/** One scene in a link: its name, the link, step, flags, both speeds and its question, without names to be short. */
type Row = readonly [string, string, number, number, number, number, string?];
const PLAYING = 1;

export const scenesText = (scenes: readonly Scene[]): string => JSON.stringify(scenes.map(rowOf));

function rowOf({ name, link, step, isPlaying, asks, speed, question }: Scene): Row {
  const flags = (isPlaying ? PLAYING : 0) + (asks ? ASKS : 0);
  const row = [name, link, step, flags, speed.plane, speed.samples] as const;
  return question ? [...row, question] : row;
}

/** Scenes that somebody wrote down; those that are none are left out. Undefined where nothing could be read. */
export function readScenes(text: string): Scene[] | undefined {
  let rows: unknown;
  try {
    rows = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!Array.isArray(rows)) return undefined;
  return rows.slice(0, MOST_SCENES).flatMap((row) => readScene(row) ?? []);
}

/** Scenes as a file names their parts; those that are none are left out. */
export const readNamedScenes = (list: readonly unknown[]): Scene[] =>
  list.slice(0, MOST_SCENES).flatMap((each) => {
    const { name, link, step, isPlaying, asks, speed, question } = (each ?? {}) as Partial<
      Record<keyof Scene, unknown>
    >;
    const { plane, samples } = (speed ?? {}) as Partial<Record<keyof Scene['speed'], unknown>>;
    const flags = (isPlaying === true ? PLAYING : 0) + (asks === true ? ASKS : 0);
    return readScene([name, link, step, flags, plane, samples, question]) ?? [];
  });

const isWhole = (value: unknown, most: number): value is number =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= most;

function readScene(row: unknown): Scene | undefined {
  if (!Array.isArray(row)) return undefined;
  const [name, link, step, flags, plane, samples, question] = row as unknown[];
  if (typeof name !== 'string' || typeof link !== 'string' || link.length > MOST_CHARACTERS) return undefined;
  if (!isWhole(step, MOST_STEPS) || !isWhole(flags, PLAYING + ASKS)) return undefined;
  if (!isWhole(plane, speeds.length - 1) || !isWhole(samples, speeds.length - 1)) return undefined;
  return {
    name: name.slice(0, MOST_NAME),
    link,
    step,
    isPlaying: (flags & PLAYING) > 0,
    asks: (flags & ASKS) > 0,
    speed: { plane, samples },
    ...(typeof question === 'string' && question !== '' && { question: question.slice(0, MOST_QUESTION) }),
  };
}

/** Plays what a scene's link asks for, from its start, in the place of what was open; it waits to be played. */
const open = (page: Page, link: string): void => page.open({ ...readAddress(link), paused: true });

/**
 * Shows a scene: its run from the start, as fast as it goes, up to its step, then as it was. Resolves when it is
 * there; `signal` ends the way, for another scene or whatever is done meanwhile. Rejects with NotLoaded where what the
 * scene needs does not come: what is open goes on then.
 */
export async function showScene(page: Page, scene: Scene, signal: AbortSignal): Promise<void> {
  const { store } = page;
  await arriving(loadNamed());
  if (signal.aborted) return;
  open(page, scene.link);
  const { stops } = store.getState();
  const arrive = () => {
    store.setState({ speed: scene.speed, stops, playing: false, stopped: undefined });
    if (scene.isPlaying) page.play();
  };
  if (scene.step === 0) {
    arrive();
    return;
  }
  await new Promise<void>((resolve) => {
    const full = speeds.length - 1;
    store.setState((state) => ({
      speed: { ...scene.speed, [speedKind(state)]: full },
      stops: { step: scene.step },
    }));
    page.play();
    const end = (isThere: boolean) => {
      unsubscribe();
      signal.removeEventListener('abort', stop);
      if (isThere) arrive();
      else store.setState({ speed: scene.speed, stops });
      resolve();
    };
    const stop = () => end(false);
    // The stop pauses the run at the step; so does its own end, and whoever presses pause.
    const unsubscribe = store.subscribe(({ playing, stopped, readout }) => {
      if (!playing) end(stopped !== undefined || readout.outcome.kind !== 'running');
    });
    signal.addEventListener('abort', stop);
  });
}
