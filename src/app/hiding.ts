/** What of the page a link may hide: its places, each with where it stands, and any setting by its path. */

/** A place and the elements that it is made of, as style sheets name them. */
export const places = {
  transport: '.transport',
  counters: '.counters',
  device: '.device-menu',
  preset: '.shelf .preset',
  seed: '.seed',
  undo: '.undo',
  share: '.share',
  take: '.take-menu, .take-panel, .take-recording',
  explain: '.explain',
  theme: '.theme',
  // In a presentation, their bar is the way out of it.
  present: '.stage-tools:not([role])',
  words: '.words',
  legend: '.legend',
  draw: '.data-tools, .data-layer, .density > button',
  timeline: '.timeline',
  game: '.game, .column-splitter.of-game',
  lanes: '.column.lanes, .column-splitter.of-lanes',
  races: '.lane-foot, .lane-tools',
  measurements: '.measurements',
} as const;
export type Place = keyof typeof places;

export const isPlace = (name: string): name is Place => Object.hasOwn(places, name);

/** A style sheet that hides these; the picture takes the room of a column that is gone. */
export function hidingStyle(hide: readonly string[]): string {
  const gone = hide.map((name) => (isPlace(name) ? places[name] : `[data-path="${name}"]`));
  const columns = hide.filter((name) => name === 'game' || name === 'lanes').map((name) => `--${name}:0px;`);
  return `${gone.join(', ')} { display: none !important } main { ${columns.join(' ')} }`;
}
