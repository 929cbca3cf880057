/** The page: a strip on top, the game, the picture, the optimizer, and the measurements below. */
import { useEffect, useLayoutEffect } from 'react';
import { experiment as schema } from '../catalog/experiment.ts';
import { entryOf } from '../settings/index.ts';
import { PageContext, usePage, usePageState } from './context.ts';
import { LaneMark } from './LaneMark.tsx';
import type { Page } from './page.ts';
import { lazily } from './panels/lazily.tsx';
import { Pictures } from './panels/Pictures.tsx';
import { useIsPictured } from './pictured.ts';
import { Strip } from './Strip.tsx';
import { laneOf, pictureKind } from './store.ts';
import { strings } from './strings.ts';
import './styles/theme.css';
import './styles/page.css';
import './styles/controls.css';
import './styles/panels.css';

export function App({ page }: { page: Page }) {
  return (
    <PageContext value={page}>
      <Body />
    </PageContext>
  );
}

// What stands around the picture is loaded when the picture moves; until then its place is kept.
const places = {
  game: <section className="column game" aria-busy="true" />,
  lanes: <section className="column lanes" aria-busy="true" />,
  timeline: <div className="timeline" aria-busy="true" />,
  measurements: <section className="measurements" aria-busy="true" />,
};
const Game = lazily(async () => (await import('./Game.tsx')).Game, places.game);
const Lanes = lazily(async () => (await import('./Lanes.tsx')).Lanes, places.lanes);
const Timeline = lazily(async () => (await import('./Timeline.tsx')).Timeline, places.timeline);
const Measurements = lazily(
  async () => (await import('./panels/Measurements.tsx')).Measurements,
  places.measurements,
);

function Body() {
  const page = usePage();
  const theme = usePageState((state) => state.theme);
  const explains = usePageState((state) => state.explains);
  useLayoutEffect(() => {
    if (theme === 'auto') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }, [theme]);
  const isPictured = useIsPictured();
  useEffect(() => listenToKeys(page), [page]);
  return (
    <div className="page" data-explains={explains || undefined}>
      <header className="top">
        <Strip />
      </header>
      <main>
        <Problems />
        <Failure />
        <Refusal />
        {isPictured ? <Game /> : places.game}
        <Picture isPictured={isPictured} />
        {isPictured ? <Lanes /> : places.lanes}
        {isPictured ? <Measurements /> : places.measurements}
      </main>
    </div>
  );
}

function Picture({ isPictured }: { isPictured: boolean }) {
  const sentence = usePageState((state) => state.readout.sentence);
  const advice = usePageState((state) => state.readout.advice);
  const spoken = usePageState((state) => state.readout.spoken);
  const outcome = usePageState((state) => state.readout.outcome.kind);
  // In a race, whose sentence it is.
  const mark = usePageState((state) =>
    state.lanes.length > 1 ? laneOf(state, state.selected).colour : undefined,
  );
  return (
    <section className="picture" aria-labelledby="picture-title">
      <h2 id="picture-title" className="hidden">
        {strings.columns.picture}
      </h2>
      <p className="verdict" data-outcome={outcome} data-testid="verdict" aria-hidden="true">
        {mark !== undefined && <LaneMark colour={mark} />}
        {sentence || '\u00a0'}
      </p>
      <p className="advice" data-testid="advice" aria-hidden="true">
        {advice || '\u00a0'}
      </p>
      <p className="hidden" role="status">
        {spoken}
      </p>
      <AveragingNote />
      <Pictures />
      {isPictured ? <Timeline /> : places.timeline}
    </section>
  );
}

/** With averaging on, which point the pictures show. */
function AveragingNote() {
  const averaging = usePageState((state) => state.experiment.averaging);
  const isPlane = usePageState((state) => pictureKind(state) === 'plane');
  if (averaging.kind === 'none') return null;
  const label = entryOf(schema.fields.averaging, averaging.kind)?.label.toLowerCase() ?? averaging.kind;
  const say = strings.averaging;
  return <p className="picture-note">{isPlane ? say.beside(label) : say.shown(label)}</p>;
}

/** The longest list of problems that is shown; a hostile link can have thousands. */
const MOST_PROBLEMS = 8;

function Problems() {
  const page = usePage();
  const problems = usePageState((state) => state.problems);
  if (problems.length === 0) return null;
  const say = strings.problems;
  return (
    <section className="notice" role="alert" aria-label={say.title(problems.length)}>
      <div>
        <strong>{say.title(problems.length)}</strong>
        <ul>
          {problems.slice(0, MOST_PROBLEMS).map(({ message }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two problems may read the same
            <li key={at}>{message}</li>
          ))}
          {problems.length > MOST_PROBLEMS && <li>{say.more(problems.length - MOST_PROBLEMS)}</li>}
        </ul>
      </div>
      <button type="button" className="quiet" onClick={page.dismissProblems}>
        {say.dismiss}
      </button>
    </section>
  );
}

function Failure() {
  const page = usePage();
  const failure = usePageState((state) => state.failure);
  if (failure === undefined) return null;
  return (
    <section className="notice notice-failure" role="alert">
      <p>
        <strong>{strings.failure.title}</strong> {failure[0]?.toUpperCase() + failure.slice(1)}
      </p>
      <button type="button" onClick={page.revive}>
        {strings.failure.revive}
      </button>
    </section>
  );
}

/** What could not be done, while the run before it goes on. */
function Refusal() {
  const page = usePage();
  const refusal = usePageState((state) => state.refusal);
  if (refusal === undefined) return null;
  return (
    <section className="notice" role="alert">
      <p>
        <strong>{strings.device.refused}</strong> {refusal[0]?.toUpperCase() + refusal.slice(1)}
      </p>
      <button type="button" className="quiet" onClick={page.dismissRefusal}>
        {strings.device.dismiss}
      </button>
    </section>
  );
}

/** Space, right arrow and Home drive the run from anywhere but a control that needs them itself. */
function listenToKeys(page: Page): () => void {
  const listen = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const target = event.target as Element | null;
    if (target?.closest('input, select, textarea, [contenteditable]')) return;
    if (event.key === ' ') {
      if (target?.closest('button, a, summary')) return;
      page.toggle();
    } else if (event.key === 'ArrowRight') page.step();
    else if (event.key === 'Home') page.restart();
    else return;
    event.preventDefault();
  };
  addEventListener('keydown', listen);
  return () => removeEventListener('keydown', listen);
}
