/** The page as a presentation: the root of the page says so to the style sheets, and the lanes have their names below. */
import { useEffect, useLayoutEffect } from 'react';
import { useHeard, usePage, usePageState } from '../context.ts';
import { LaneMark } from '../LaneMark.tsx';
import { say } from './strings.ts';
import { useStage, useStageState } from './useStage.ts';
import '../styles/present.css';

export function Presentation() {
  const stage = useStage();
  const size = useStageState((state) => state.size);
  const asks = useStageState((state) => state.asks);
  const question = useStageState((state) => state.question || say.question);
  useLayoutEffect(() => {
    const { dataset, style } = document.documentElement;
    style.setProperty('--presented', String(size));
    dataset.presents = String(size); // canvases are painted anew when it changes
  }, [size]);
  useLayoutEffect(() => {
    const { dataset, style } = document.documentElement;
    if (!asks) return;
    style.setProperty('--question', JSON.stringify(question));
    dataset.asks = '';
    return () => {
      delete dataset.asks;
    };
  }, [asks, question]);
  useLayoutEffect(
    () => () => {
      delete document.documentElement.dataset.presents;
    },
    [],
  );
  useEffect(() => fillScreen(() => stage.present(false)), [stage]);
  return (
    <>
      <p className="hidden" role="status" data-testid="question">
        {asks ? question : ''}
      </p>
      <LaneKey />
    </>
  );
}

/** The whole screen, where the browser gives it; left by its own key, the presentation is over. */
function fillScreen(onLeave: () => void): () => void {
  let isFilled = false;
  const note = () => {
    if (document.fullscreenElement) isFilled = true;
    else if (isFilled) onLeave();
  };
  document.addEventListener('fullscreenchange', note);
  document.documentElement.requestFullscreen?.().catch(() => {
    // Not by a press of a key, or within another page: the window is filled all the same.
  });
  return () => {
    document.removeEventListener('fullscreenchange', note);
    if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
  };
}

/** In a race: which mark is whose. */
function LaneKey() {
  const page = usePage();
  const heard = useHeard();
  const selected = usePageState((state) => state.selected);
  if (heard.length < 2) return null;
  return (
    <ul className="lane-key">
      {heard.map((lane) => (
        <li key={lane.id}>
          <button
            type="button"
            className="quiet"
            aria-current={lane.id === selected || undefined}
            onClick={() => page.store.setState({ selected: lane.id })}
          >
            <LaneMark colour={lane.colour} />
            {page.nameOf(lane)}
          </button>
        </li>
      ))}
    </ul>
  );
}
