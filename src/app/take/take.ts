/** All that can be taken away, each as a file with its name. */

import { loadLate } from '../../catalog/late.ts';
import { factsOf } from '../facts.ts';
import type { Page } from '../page.ts';
import type { Panel } from '../panels.ts';
import { pastOf } from '../record.ts';
import { laneOf } from '../store.ts';
import { arriving } from '../unloaded.ts';
import { readCheckpoint, writeCheckpoint } from './checkpointFile.ts';
import { csv } from './csv.ts';
import { fileName } from './name.ts';
import { checkpointOfferOf } from './offered.ts';
import { pngOf, svgOf } from './paintSheet.ts';
import { placed } from './placing.ts';
import { headOf, runAsJson, runsOf, wideTable } from './series.ts';
import { pictureFrame, sheetOf } from './sheet.ts';
import { takeStrings } from './strings.ts';
import { panelTable, pictureTable } from './tables.ts';

export interface Taken {
  readonly blob: Blob;
  readonly name: string;
  /** What is not in it, in whole sentences. */
  readonly without?: readonly string[];
}

/** Where the files of pictures are, seen from the page. */
const DATA = `${import.meta.env.BASE_URL}data/`;

async function readPictures(file: string): Promise<Uint8Array> {
  const answer = await fetch(new URL(`${DATA}${file}`, document.baseURI)).catch(() => undefined);
  if (!answer?.ok) throw new Error(takeStrings.noPictures(file));
  return new Uint8Array(await answer.arrayBuffer());
}

/** The device that computes in float64; the others do in float32. */
const REFERENCE = 'reference';

/** The word for the picture in the names of files; a panel's is its own name. */
const PICTURE = 'picture';
const asCsv = (text: string) => new Blob([text], { type: 'text/csv' });

/** A panel, or the picture where no panel is named. */
export async function takeImage(
  page: Page,
  figure: Element | null,
  panel: { readonly name: Panel['name']; readonly title: string } | undefined,
  ending: 'png' | 'svg',
): Promise<Taken> {
  const sheet = figure && sheetOf(figure, page, panel?.title);
  if (!sheet) throw new Error(takeStrings.nothingDrawn);
  const blob = ending === 'png' ? await pngOf(sheet) : svgOf(sheet).blob;
  return { blob, name: fileName(page, panel?.name ?? PICTURE, ending) };
}

export const takePicture = (page: Page, ending: 'png' | 'svg'): Promise<Taken> =>
  takeImage(page, pictureFrame(), undefined, ending);

export function takePanelTable(page: Page, panel: Panel['name'] | undefined): Taken {
  const { table, runs, isOverTime } = panel ? panelTable(page, panel) : pictureTable(page);
  const head = headOf(page, runs, isOverTime);
  return { blob: asCsv(csv(table, head)), name: fileName(page, panel ?? PICTURE, 'csv') };
}

export function takeSeries(page: Page, ending: 'csv' | 'json'): Taken {
  const runs = runsOf(page);
  const blob =
    ending === 'csv'
      ? asCsv(csv(wideTable(runs), headOf(page, runs)))
      : new Blob([runAsJson(page)], { type: 'application/json' });
  return { blob, name: fileName(page, 'run', ending) };
}

/** The selected lane at its present step. */
export async function takeCheckpoint(page: Page): Promise<Taken> {
  const state = page.store.getState();
  const lane = laneOf(state, state.selected);
  const checkpoint = await page.checkpoint();
  const { names, sizes } = factsOf(checkpoint.experiment.game);
  const told = { device: state.device, names, split: sizes.generator, link: page.link() };
  const bytes = writeCheckpoint(checkpoint, told);
  const name = fileName(page, 'checkpoint', 'npz', lane, checkpoint.state.step);
  return { blob: new Blob([bytes], { type: 'application/zip' }), name };
}

/** Goes on with a run that was taken away; in a race, asks where. In words, what came of it. */
export async function openCheckpoint(page: Page, file: File): Promise<string> {
  const { device, ...checkpoint } = await readCheckpoint(new Uint8Array(await file.arrayBuffer()));
  if (page.store.getState().lanes.length > 1) {
    checkpointOfferOf(page).set({ name: file.name, checkpoint, device });
    return takeStrings.asked;
  }
  await page.goOnFrom(checkpoint, device, placed(checkpoint, 'alone', device));
  return takeStrings.opened(checkpoint.state.step);
}

/** A script that takes the steps of the selected lane up to the present one; rejects where none can. */
export async function takeScript(page: Page, flavour: 'numpy' | 'torch'): Promise<Taken> {
  const state = page.store.getState();
  // Of a branch, all that the lane had passed from which it was branched off is known, too.
  const { frame, settings, alone } = page.recordOf(laneOf(state, state.selected));
  if (!frame || settings.length === 0) throw new Error(takeStrings.nothingDrawn);
  if (settings[0].step > 0) throw new Error(takeStrings.scriptOfUnknown(settings[0].step));
  const [first, ...changes] = settings.slice(settings.findLastIndex(({ step }) => step === 0));
  // Networks on pictures are written down by code that comes late.
  const [{ filesWithin, pythonFile }] = await arriving(
    Promise.all([import('../../script/index.ts'), loadLate()]),
  );
  const [home] = page.link().split('#');
  const held = filesWithin(first.experiment).map(async (file) => [file, await readPictures(file)] as const);
  const { name, text, problems, unplayed } = pythonFile(first.experiment, frame.step, {
    flavour,
    files: Object.fromEntries(await Promise.all(held)),
    ...(home && { site: new URL(DATA, home).href }),
    changes: changes.filter(({ step }) => step < frame.step),
    alone: pastOf({ settings, alone }, frame.step).alone,
    precision: frame.device === REFERENCE ? 'float64' : 'float32',
  });
  if (problems.length > 0) throw new Error(problems.join(' '));
  return { blob: new Blob([text], { type: 'text/x-python' }), name, without: unplayed };
}
