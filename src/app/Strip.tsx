/** The strip on top: playing, counters, seed, presets, the link, and how the page looks. */
import { type ReactNode, useId, useState } from 'react';
import { experiment as schema } from '../catalog/experiment.ts';
import { presets } from '../catalog/presets/index.ts';
import { players } from '../math/field.ts';
import { presetOf } from './address.ts';
import { usePage, usePageState } from './context.ts';
import { Options } from './controls/Menu.tsx';
import { NumberField } from './controls/NumberControl.tsx';
import { DeviceMenu } from './DeviceMenu.tsx';
import { count, rate } from './format.ts';
import { speeds } from './speeds.ts';
import { change, speedKind, speedOf, type Theme } from './store.ts';
import { strings } from './strings.ts';

export function Strip() {
  return (
    <>
      <div className="strip">
        <Wordmark />
        <Transport />
        <Counters />
      </div>
      <div className="shelf">
        <DeviceMenu />
        <PresetMenu />
        <Seed />
        <span className="spring" />
        <CopyLink />
        <Explain />
        <ThemeSwitch />
      </div>
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
          onChange={(event) => {
            const next = Number(event.target.value);
            page.store.setState((state) => ({ speed: { ...state.speed, [speedKind(state)]: next } }));
          }}
        />
        <span aria-hidden="true">{name}</span>
      </div>
    </fieldset>
  );
}

function Counters() {
  const readout = usePageState((state) => state.readout);
  const say = strings.counters;
  return (
    <dl className="counters">
      <div>
        <dt>{say.step}</dt>
        <dd data-testid="step">{count(readout.step)}</dd>
      </div>
      <div>
        <dt>{say.rate}</dt>
        <dd>{readout.stepsPerSecond === undefined ? say.resting : rate(readout.stepsPerSecond)}</dd>
      </div>
      <div title={say.evaluationsHelp} className="counter-evaluations">
        <dt>{say.evaluations}</dt>
        <dd>{count(readout.evaluations)}</dd>
      </div>
    </dl>
  );
}

function PresetMenu() {
  const page = usePage();
  const experiment = usePageState((state) => state.experiment);
  const id = useId();
  const name = presetOf(experiment)?.name ?? '';
  return (
    <div className="labelled preset">
      <label htmlFor={id}>{strings.preset.label}</label>
      <select id={id} value={name} onChange={(event) => page.loadPreset(event.target.value)}>
        {name === '' && (
          <option value="" disabled>
            {strings.preset.edited}
          </option>
        )}
        <Options menu="preset" entries={presets} />
      </select>
    </div>
  );
}

function Seed() {
  const { store } = usePage();
  const seed = usePageState((state) => state.experiment.seed);
  const id = useId();
  return (
    <div className="labelled">
      <label htmlFor={id} title={schema.fields.seed.summary}>
        {strings.seed.label}
      </label>
      <NumberField
        id={id}
        label={undefined}
        value={seed}
        onChange={(next) => change(store, 'seed', next)}
        onNudge={(direction) => change(store, 'seed', seed + direction)}
      />
      <button type="button" className="quiet" onClick={() => change(store, 'seed', seed + 1)}>
        {strings.seed.next}
      </button>
    </div>
  );
}

function CopyLink() {
  const page = usePage();
  const [said, setSaid] = useState<string>();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(page.link());
      setSaid(strings.link.copied);
    } catch {
      setSaid(strings.link.failed); // no permission, or a page without a secure address
    }
    setTimeout(() => setSaid(undefined), 2500);
  };
  return (
    <button type="button" className="quiet" onClick={copy}>
      <span aria-live="polite">{said ?? strings.link.copy}</span>
    </button>
  );
}

function Explain() {
  const { store } = usePage();
  const explains = usePageState((state) => state.explains);
  return (
    <button
      type="button"
      className="quiet"
      aria-pressed={explains}
      title={strings.explainHelp}
      onClick={() => store.setState({ explains: !explains })}
    >
      {strings.explain}
    </button>
  );
}

const themes: readonly Theme[] = ['auto', 'light', 'dark'];
const themeSigns: Record<Theme, ReactNode> = {
  auto: <path d="M10 3 A7 7 0 0 0 10 17 Z M10 3 A7 7 0 0 1 10 17" />,
  light: (
    <path d="M10 6.5 A3.5 3.5 0 1 1 9.99 6.5 M10 1.5 V3 M10 17 V18.5 M1.5 10 H3 M17 10 H18.5 M4 4 L5 5 M15 15 L16 16 M16 4 L15 5 M5 15 L4 16" />
  ),
  dark: <path d="M16.5 12.5 A7 7 0 1 1 8 3.5 A5.6 5.6 0 0 0 16.5 12.5 Z" />,
};

/** Goes round: as the system, light, dark. */
function ThemeSwitch() {
  const page = usePage();
  const theme = usePageState((state) => state.theme);
  const words = `${strings.theme.label}: ${strings.theme[theme]}`;
  return (
    <button
      type="button"
      className="quiet sign"
      aria-label={words}
      title={words}
      onClick={() => page.setTheme(themes[(themes.indexOf(theme) + 1) % themes.length])}
    >
      <svg viewBox="0 0 20 20" aria-hidden="true">
        {themeSigns[theme]}
      </svg>
    </button>
  );
}
