/** What a link says of presenting: words of its own, taken out before the rest is read. */

export interface Presented {
  /** The link without these words. */
  readonly address: string;
  /** Scenes, as they were written. */
  readonly scenes?: string;
  /** The page opens as a presentation. */
  readonly presents: boolean;
}

/** The words themselves. */
export type PresentedWords = Omit<Presented, 'address'>;

const [SCENES, PRESENT] = ['scenes=', 'present'];

export function takePresented(text: string): Presented {
  const parts = text.split('&');
  const isOurs = (part: string) => part.startsWith(SCENES) || part === PRESENT;
  const scenes = parts.find((part) => part.startsWith(SCENES))?.slice(SCENES.length);
  return {
    address: parts.filter((part) => !isOurs(part)).join('&'),
    scenes,
    presents: parts.includes(PRESENT),
  };
}

/** The first of some scenes asks before it tells: known before the code of scenes is there. */
const ASKING = /^\[\["(?:[^"\\]|\\.)*","(?:[^"\\]|\\.)*",\d+,[23],/;

/** Whether a link opens with a question: nothing of the run is told then. */
export function opensAsking({ presents, scenes = '' }: PresentedWords): boolean {
  try {
    return presents && ASKING.test(decodeURIComponent(scenes));
  } catch {
    return false;
  }
}

/** What stands behind `#`, with these words after it. */
export const withPresented = (text: string, { scenes, presents }: PresentedWords): string =>
  [text, presents ? PRESENT : '', scenes === undefined ? '' : `${SCENES}${scenes}`].filter(Boolean).join('&');

/** Scenes as a link spells them: a bracket or a quote may be cut off by whoever sends it on. */
export const linkedScenes = (scenes: string): string => encodeURIComponent(scenes);

/** A link that opens with these scenes. */
export function withScenes(link: string, scenes: string): string {
  const [home, text = ''] = link.split('#', 2);
  return `${home}#${withPresented(text, { scenes: linkedScenes(scenes), presents: true })}`;
}
