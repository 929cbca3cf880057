/** What is told of all lanes is told at once: the page is drawn anew once for it, and not once for each of them. */

/** Numbers that change faster than this cannot be read. */
const BEAT_MS = 100;

const due = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | undefined;

function beat(): void {
  timer = undefined;
  const all = [...due];
  due.clear();
  for (const act of all) act();
}

/** Acts with the next beat, once, however often it is asked for; the answer takes that back. */
export function onBeat(act: () => void): () => void {
  due.add(act);
  if (timer === undefined) timer = setTimeout(beat, BEAT_MS - (performance.now() % BEAT_MS));
  return () => void due.delete(act);
}
