/** The page: a strip on top, the game, the picture, the optimizer, and the measurements below. */
import { type CSSProperties, useLayoutEffect, useState } from 'react';
import { experiment as schema } from '../catalog/experiment.ts';
import { entryOf } from '../settings/index.ts';
import { PageContext, usePageState } from './context.ts';
import { hidingStyle } from './hiding.ts';
import { LaneMark } from './LaneMark.tsx';
import type { Layout } from './layout.ts';
import { loadNamed } from './named.ts';
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
const Game = lazily(async () => {
  await loadNamed();
  return (await import('./Game.tsx')).Game;
}, places.game);
const Lanes = lazily(async () => {
  await loadNamed();
  return (await import('./Lanes.tsx')).Lanes;
}, places.lanes);
const Timeline = lazily(async () => (await import('./Timeline.tsx')).Timeline, places.timeline);
const Measurements = lazily(
  async () => (await import('./panels/Measurements.tsx')).Measurements,
  places.measurements,
);
const ColumnSplitter = lazily(async () => (await import('./panels/ColumnSplitter.tsx')).ColumnSplitter, null);
const Notices = lazily(async () => (await import('./Notices.tsx')).Notices, null);
const Access = lazily(async () => (await import('./access/Access.tsx')).Access, null);

const Embedded = lazily(async () => (await import('./share/Embedded.tsx')).Embedded, null);

function Body() {
  const theme = usePageState((state) => state.theme);
  const isEmbedded = usePageState((state) => state.isEmbedded);
  useLayoutEffect(() => {
    if (theme === 'auto') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }, [theme]);
  return isEmbedded ? <Embedded /> : <Whole />;
}

function Whole() {
  const hide = usePageState((state) => state.hide);
  const explains = usePageState((state) => state.explains);
  const widths = usePageState((state) => state.widths);
  const isPictured = useIsPictured();
  const hasNotice = usePageState(
    ({ problems, unloaded, lanes }) =>
      problems.length > 0 ||
      unloaded !== undefined ||
      lanes.some(({ failure, refusal, lost, isSilent }) => failure || refusal || lost || isSilent),
  );
  const earlyKeys = useEarlyKeys();
  return (
    <div className="page" data-explains={explains || undefined}>
      {hide.length > 0 && <style>{hidingStyle(hide)}</style>}
      <header className="top">
        <Strip isPictured={isPictured} />
      </header>
      <main style={widthsStyle(widths)}>
        <div className="notices">{(isPictured || hasNotice) && <Notices />}</div>
        {isPictured ? <Game /> : places.game}
        {isPictured && <ColumnSplitter column="game" />}
        <Picture isPictured={isPictured} />
        {isPictured && <ColumnSplitter column="lanes" />}
        {isPictured ? <Lanes /> : places.lanes}
        {isPictured ? <Measurements /> : places.measurements}
      </main>
      {isPictured && <Access earlyKeys={earlyKeys} />}
    </div>
  );
}

/** Columns that somebody has made wider or narrower; beside each other, without a picture between, they share. */
function widthsStyle(widths: Layout['widths']): CSSProperties {
  const wide = Object.entries(widths).flatMap(([column, percent]) => [
    [`--${column}-width`, percent / 100],
    [`--${column}-share`, `${percent / 100}fr`],
  ]);
  return Object.fromEntries(wide);
}

const AdviceWords = lazily(async () => (await import('./Advice.tsx')).AdviceWords, '\u00a0');

/** What to try. */
function Advice() {
  const advice = usePageState(({ isAsked, readout }) => (isAsked ? '' : readout.advice));
  return (
    <p className="advice" data-testid="advice">
      {advice && <AdviceWords advice={advice} />}
    </p>
  );
}

function Picture({ isPictured }: { isPictured: boolean }) {
  const sentence = usePageState(({ isAsked, readout }) => (isAsked ? '' : readout.sentence));
  const spoken = usePageState(({ isAsked, readout }) => (isAsked ? '' : readout.spoken));
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
      <div className="words">
        <p className="verdict" data-outcome={outcome} data-testid="verdict" aria-hidden="true">
          {mark !== undefined && <LaneMark colour={mark} />}
          {sentence || '\u00a0'}
        </p>
        <Advice />
      </div>
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

/** Keys that are pressed before there is somebody who acts by them: nothing is lost. Taken, they are noted no more. */
function useEarlyKeys(): () => readonly KeyboardEvent[] {
  const [early] = useState(() => {
    const pressed: KeyboardEvent[] = [];
    const note = (event: KeyboardEvent) => void pressed.push(event);
    const forget = () => removeEventListener('keydown', note);
    return {
      note,
      forget,
      take() {
        forget();
        return pressed.splice(0);
      },
    };
  });
  // From the first picture on: what is seen is pressed.
  useLayoutEffect(() => {
    addEventListener('keydown', early.note);
    return early.forget;
  }, [early]);
  return early.take;
}
