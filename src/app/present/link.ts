/** What a link says of presenting: words of its own, taken out before the rest is read. */

export interface Presented {
  /** The link without these words, as it was written. */
  readonly address: string;
  /** Scenes, as they were written. */
  readonly scenes?: string;
  /** The page opens as a presentation. */
  readonly presents: boolean;
}

/** The words themselves, with what the link says besides where that is known. */
export type PresentedWords = Omit<Presented, 'address'> & Partial<Pick<Presented, 'address'>>;

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

/**
 * The place of the scene that a link opens at, among these links of its scenes: the one whose link its other words are,
 * the first where there are no others. -1 for a run of its own, from which a person goes to a scene.
 */
export function sceneOpened({ address = '', presents }: PresentedWords, links: readonly unknown[]): number {
  const own = address
    .split('&')
    .filter((word) => word !== '' && word !== 'paused')
    .join('&');
  const at = links.indexOf(own);
  return presents && links.length > 0 ? (own === '' ? Math.max(0, at) : at) : -1;
}

/** What of a scene in a link is its flags, and which of them says that it asks before it tells. */
export const [FLAGS, ASKS] = [3, 2];

/** Whether a link opens with a question, of the scene that it opens at or else of the first: nothing of the run is told then. */
export function opensAsking(words: PresentedWords): boolean {
  try {
    const rows = JSON.parse(decodeURIComponent(words.scenes ?? '')) as unknown[][];
    const at = sceneOpened(
      words,
      rows.map(([, link]) => link),
    );
    return words.presents && ((rows[Math.max(0, at)][FLAGS] as number) & ASKS) > 0;
  } catch {
    return false; // no scenes, or none that can be read
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
