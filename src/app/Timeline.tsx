/** The run's time: one track with a mark for every change, a handle to go back with, branching and stopping. */
import { type CSSProperties, type ReactNode, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { players } from '../math/field.ts';
import { useHeard, usePage, usePageState } from './context.ts';
import { laterStrings } from './laterStrings.ts';
import type { Mark } from './marks.ts';
import { StopMenu } from './StopMenu.tsx';
import { MOST_LANES } from './store.ts';
import { timeStrings } from './timeStrings.ts';
import './styles/timeline.css';

const say = timeStrings.timeline;
/** Marks closer than this are one: each can be hit with a finger. */
const MARK_PIXELS = 24;

export function Timeline() {
  const page = usePage();
  const { time } = page;
  // Brought up to date with the numbers beside the picture, not with every frame.
  const readout = usePageState((state) => state.readout);
  const lanes = usePageState((state) => state.lanes);
  const seeking = usePageState((state) => state.seeking);
  const stopped = usePageState((state) => state.stopped);
  const { furthest, present, isInPast } = time;
  const { frame, resumedAt } = page.record;
  const begin = frame?.begin ?? 0;
  const track = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const size = new ResizeObserver(([entry]) => setWidth(entry.contentRect.width));
    size.observe(track.current as HTMLDivElement);
    return () => size.disconnect();
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the marks are made of is told by these
  const marks = useMemo(() => time.marks(), [time, readout, lanes]);
  const share = (step: number) => (furthest > 0 ? Math.min(1, step / furthest) : 0);
  const words = say.at(present, furthest);
  const here = marks.filter(({ step }) => step === present).map((mark) => mark.words);
  const isMute = useHeard().length === 0;
  const note = seeking !== undefined ? say.going : isInPast ? say.past(furthest - present) : undefined;

  return (
    <section className="timeline" aria-label={say.label}>
      <div
        className="timeline-track"
        ref={track}
        style={{ '--at': `${100 * share(present)}%` } as CSSProperties}
      >
        <ol className="timeline-marks" aria-label={say.marks}>
          {grouped(marks, width, share).map((group) => (
            <li key={group[0].step} style={{ '--share': middle(group, share) } as CSSProperties}>
              <MarkButton group={group} onGo={() => time.goTo(group[group.length - 1].step)} />
            </li>
          ))}
        </ol>
        <input
          type="range"
          className="slider timeline-handle"
          min={0}
          max={Math.max(1, furthest)}
          step={1}
          value={present}
          disabled={furthest === 0}
          aria-label={say.slider}
          aria-valuetext={[words, ...here].join('. ')}
          title={say.rest}
          onChange={(event) => time.goTo(Number(event.target.value))}
          onKeyDown={(event) => {
            if (event.key !== ' ') return;
            event.preventDefault();
            page.toggle();
          }}
        />
      </div>
      <div className="timeline-foot">
        <p className="timeline-words" data-testid="timeline">
          <span>{words}</span>
          {note && <span className="timeline-note">{note}</span>}
          {begin > 0 && (
            <span className="timeline-note">
              {resumedAt === begin ? timeStrings.resumed(begin) : timeStrings.begins(begin)}
            </span>
          )}
          <span className="timeline-note" aria-live="polite">
            {isMute ? timeStrings.allMuted : note === undefined ? stopped : ''}
          </span>
        </p>
        <StopMenu />
        <button
          type="button"
          className="quiet"
          disabled={lanes.length >= MOST_LANES}
          title={lanes.length >= MOST_LANES ? laterStrings.lanes.full : say.branchHelp}
          onClick={() => time.branch()}
        >
          {say.branch}
        </button>
      </div>
    </section>
  );
}

const shapes: Record<Mark['kind'], ReactNode> = {
  change: <path d="M6 1 L11 6 L6 11 L1 6 Z" />,
  generator: <circle cx="6" cy="6" r="4.4" />,
  discriminator: <rect x="2" y="2" width="8" height="8" />,
  divergence: <path d="M2 2 L10 10 M10 2 L2 10" />,
};

function MarkButton({ group, onGo }: { group: readonly Mark[]; onGo: () => void }) {
  const last = group[group.length - 1];
  const words = group.length === 1 ? last.words : say.several(group.length, last.words);
  const isEnd = group.some((mark) => mark.kind === 'divergence');
  // The player's own shape and colour, where nothing else was done.
  const player = players.find((each) => group.every(({ kind }) => kind === each));
  const kind = isEnd ? 'divergence' : (player ?? 'change');
  return (
    <button type="button" className="timeline-mark" aria-label={words} title={words} onClick={onGo}>
      <svg viewBox="0 0 12 12" aria-hidden="true" data-kind={kind}>
        {shapes[kind]}
        {group.length > 1 && !isEnd && <circle className="timeline-more" cx="6" cy="6" r="1.8" />}
      </svg>
    </button>
  );
}

const middle = (group: readonly Mark[], share: (step: number) => number) =>
  (share(group[0].step) + share(group[group.length - 1].step)) / 2;

/** Marks in groups whose middles are as far apart as a finger needs. */
function grouped(marks: readonly Mark[], width: number, share: (step: number) => number): Mark[][] {
  const groups: Mark[][] = [];
  for (const mark of marks) {
    groups.push([mark]);
    // A group that grew may come too near to the one before it.
    for (;;) {
      const [before, last] = groups.slice(-2);
      if (!last || (middle(last, share) - middle(before, share)) * width >= MARK_PIXELS) break;
      groups.pop();
      before.push(...last);
    }
  }
  return groups;
}
