/** The strip on top: playing and counters; beside or below it, the shelf. */
import { useId } from 'react';
import { players } from '../math/field.ts';
import { usePage, usePageState } from './context.ts';
import { count, rate } from './format.ts';
import { loadNamed } from './named.ts';
import { lazily } from './panels/lazily.tsx';
import { speeds } from './speeds.ts';
import { changeSpeed, speedOf } from './store.ts';
import { strings } from './strings.ts';

// Loaded when the picture moves; until then its place is kept.
const shelfPlace = <div className="shelf" aria-busy="true" />;
const Shelf = lazily(async () => {
  await loadNamed();
  return (await import('./Shelf.tsx')).Shelf;
}, shelfPlace);

export function Strip({ isPictured }: { isPictured: boolean }) {
  return (
    <>
      <div className="strip">
        <Wordmark />
        <Transport />
        <Counters />
      </div>
      {isPictured ? <Shelf /> : shelfPlace}
    </>
  );
}

function Wordmark() {
  return (
    <h1 className="wordmark">
      <svg viewBox="0 0 32 32" aria-hidden="true">
        <path d="M4 4 Q15 16 4 28M28 4 Q17 16 28 28M7 3 Q16 10.5 25 3M7 29 Q16 21.5 25 29" />
        <circle cx="16" cy="16" r="3.2" />
      </svg>
      <span>{strings.name}</span>
      <span className="hidden">: {strings.tagline}</span>
    </h1>
  );
}

function Transport() {
  const page = usePage();
  const playing = usePageState((state) => state.playing);
  const isOver = usePageState((state) => state.readout.outcome.kind === 'diverged');
  const speed = usePageState(speedOf);
  const id = useId();
  const say = strings.transport;
  const name = say.speeds[speeds[speed].name];
  return (
    <fieldset className="transport" aria-label={say.label}>
      <button
        type="button"
        onClick={page.restart}
        aria-label={say.restart}
        title={`${say.restart} (${say.restartKey})`}
      >
        <svg viewBox="0 0 20 20" aria-hidden="true">
          <path d="M5 4 V16 M16 4.5 L7.5 10 L16 15.5 Z" />
        </svg>
      </button>
      <button
        type="button"
        className="play"
        onClick={page.toggle}
        aria-label={playing ? say.pause : say.play}
        title={`${playing ? say.pause : say.play} (${say.playKey})`}
      >
        <svg viewBox="0 0 20 20" aria-hidden="true">
          {playing ? (
            <path d="M7 4.5 V15.5 M13 4.5 V15.5" strokeWidth="3" />
          ) : (
            <path d="M6.5 4 L16 10 L6.5 16 Z" />
          )}
        </svg>
      </button>
      <button
        type="button"
        onClick={() => page.step()}
        disabled={isOver}
        aria-label={say.step}
        title={`${say.step} (${say.stepKey})`}
      >
        <svg viewBox="0 0 20 20" aria-hidden="true">
          <path d="M15 4 V16 M4 4.5 L12.5 10 L4 15.5 Z" />
        </svg>
      </button>
      {players.map((player) => (
        <button
          key={player}
          type="button"
          className="alone"
          onClick={() => page.step(player)}
          disabled={isOver}
          aria-label={say.alone[player]}
          title={`${say.alone[player]}. ${say.aloneHelp}`}
        >
          <svg viewBox="0 0 20 20" aria-hidden="true" data-player={player}>
            <path d="M16 4.5 V15.5 M10.5 6 L14 10 L10.5 14 Z" />
            {player === 'generator' ? (
              <circle cx="5" cy="10" r="3.4" />
            ) : (
              <rect x="1.8" y="6.8" width="6.4" height="6.4" />
            )}
          </svg>
        </button>
      ))}
      <div className="speed">
        <label htmlFor={id} className="hidden">
          {say.speed}
        </label>
        <input
          id={id}
          type="range"
          className="slider"
          min={0}
          max={speeds.length - 1}
          step={1}
          value={speed}
          aria-valuetext={name}
          title={`${say.speed}: ${name}`}
          style={{ '--at': `${(100 * speed) / (speeds.length - 1)}%` } as React.CSSProperties}
          onChange={(event) => changeSpeed(page.store, Number(event.target.value))}
        />
        <span aria-hidden="true">{name}</span>
      </div>
      <button
        type="button"
        className="faster"
        onClick={() => changeSpeed(page.store, speed + 1)}
        disabled={speed === speeds.length - 1}
        aria-label={say.faster}
        title={`${say.faster} (])`}
      >
        <svg viewBox="0 0 20 20" aria-hidden="true">
          <path d="M3.5 5 L9.5 10 L3.5 15 Z M10.5 5 L16.5 10 L10.5 15 Z" />
        </svg>
      </button>
    </fieldset>
  );
}

function Counters() {
  const { step, stepsPerSecond, evaluations, evaluationsPerSecond } = usePageState((state) => state.readout);
  const say = strings.counters;
  const perSecond = (value: number | undefined) => (value === undefined ? say.resting : rate(value));
  const figures = [
    ['step', say.step, count(step)],
    ['rate', say.rate, perSecond(stepsPerSecond)],
    ['evaluations', say.evaluations, count(evaluations)],
    ['evaluation-rate', say.evaluationRate, perSecond(evaluationsPerSecond)],
  ] as const;
  return (
    <dl className="counters" title={say.help(figures.map(([, name, value]) => [name, value]))}>
      {figures.map(([figure, name, value]) => (
        <div key={figure} className={`counter-${figure}`}>
          <dt>{name}</dt>
          <dd data-testid={figure}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
