/** Opens a link in the page that is there already: the run of before can be had back with undo. */
import { experiment as schema } from '../../catalog/experiment.ts';
import { isSame, type Problem, show } from '../../settings/index.ts';
import { problem } from '../../settings/parse.ts';
import { type Address, readAddress, writeAddress } from '../address.ts';
import { loadNamed } from '../named.ts';
import type { Page } from '../page.ts';
import { type PresentedWords, takePresented } from '../present/link.ts';
import { readLinked, stageOf } from '../present/stage.ts';
import { strings } from '../strings.ts';
import { unpack } from './pack.ts';
import { say } from './strings.ts';

/** How many links each page was asked to open. */
const asked = new WeakMap<Page, number>();

/**
 * `text` is what stands behind `#`, with it or without. Where nothing in it can be read, what is open goes on; so it
 * does where another link is asked for, or something else is opened, before this one is unpacked and loaded.
 */
export async function openLink(page: Page, text: string): Promise<void> {
  const turn = (asked.get(page) ?? 0) + 1;
  asked.set(page, turn);
  const { openings } = page;
  const isOvertaken = () => asked.get(page) !== turn || page.openings !== openings;
  const { text: words, problem: unread } = await unpack(text);
  if (isOvertaken()) return;
  if (unread && words === '') {
    page.complain([unread]);
    return;
  }
  const isLoaded = await loadNamed().then(
    () => true,
    () => false,
  );
  if (isOvertaken()) return;
  if (!isLoaded) {
    page.store.setState({ unloaded: { what: 'link', again: () => void openLink(page, text) } });
    return;
  }
  const presented = takePresented(words);
  const { address } = presented;
  const { isEmbedded: _, ...wanted } = readAddress(address);
  const problems = [...(unread ? [unread] : []), ...wanted.problems, ...problemsOf(presented)];
  const [first, ...others] = problems;
  const told = (end: string): Problem[] =>
    first ? [{ ...first, message: `${first.message} ${end}` }, ...others] : [];
  const isPresented = presented.presents || presented.scenes !== undefined;
  // Words of presenting alone are said of the page's own experiment, as no words are.
  const isUnderstood = address === '' ? problems.length === 0 : asksForAnything(address, wanted);
  // Where it opens at a scene, that is all that is opened.
  if ((isUnderstood || isPresented) && stageOf(page).bring(presented)) return;
  // Told once: with something left out, it may not be what was meant.
  if (isUnderstood) page.open({ ...wanted, problems: told(strings.link.back) });
  else page.complain(told(say.linkStays));
}

function problemsOf({ scenes }: PresentedWords): readonly Problem[] {
  if (scenes === undefined || readLinked(scenes)) return [];
  return [problem('scenes', 'should be', say.scenes, show(scenes.slice(0, 40)), say.scenesLeft)];
}

/** A text of which nothing can be read is no wish for the page’s own experiment. */
function asksForAnything(address: string, { problems, ...read }: Omit<Address, 'isEmbedded'>): boolean {
  if (problems.length === 0) return true;
  const { experiments, courses, device, layout, lineup, paused } = read;
  // A lane that nothing else is known of is no wish for a race.
  const [firstLane, ...otherLanes] = experiments;
  const lanes = [firstLane, ...otherLanes.filter((lane) => !isSame(schema, lane, firstLane))];
  if (paused || courses || writeAddress(lanes, device, layout, lineup) !== '') return true;
  // It may still say in words what holds anyway.
  const parts = address.replace(/^[?#]+/, '').split('&');
  return parts.some((part) => part !== '' && readAddress(part).problems.length === 0);
}
