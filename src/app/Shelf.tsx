/** The shelf of the strip: device, preset, seed, undo and sharing, and how the page looks. */
import { type ReactNode, useId } from 'react';
import { experiment as schema } from '../catalog/experiment.ts';
import { presets } from '../catalog/presets/index.ts';
import { races } from '../catalog/races/index.ts';
import { usePage, usePageState } from './context.ts';
import { Options } from './controls/Menu.tsx';
import { NumberField } from './controls/NumberControl.tsx';
import { SignButton } from './controls/SignButton.tsx';
import { DeviceMenu } from './DeviceMenu.tsx';
import { laterStrings } from './laterStrings.ts';
import { presetPlayed } from './menus.ts';
import { lazily } from './panels/lazily.tsx';
import { Tools } from './share/Tools.tsx';
import { change, type Theme } from './store.ts';

const StageTools = lazily(async () => (await import('./present/StageTools.tsx')).StageTools, null);
const TakeAway = lazily(async () => (await import('./take/TakeAway.tsx')).TakeAway, null);

export function Shelf() {
  return (
    <div className="shelf">
      <DeviceMenu />
      <PresetMenu />
      <Seed />
      <span className="spring" />
      <Tools />
      <TakeAway />
      <Explain />
      <ThemeSwitch />
      <StageTools />
    </div>
  );
}

const playable = [...presets, ...races];

function PresetMenu() {
  const page = usePage();
  const played = usePageState(({ lanes }) => presetPlayed(lanes));
  const name = played?.name ?? '';
  const id = useId();
  return (
    <div className="labelled preset">
      <label htmlFor={id}>{laterStrings.preset.label}</label>
      <select
        id={id}
        title={played?.label}
        value={name}
        onChange={(event) => page.loadPreset(event.target.value)}
      >
        {name === '' && (
          <option value="" disabled>
            {laterStrings.preset.edited}
          </option>
        )}
        <Options menu="preset" entries={playable} />
      </select>
    </div>
  );
}

function Seed() {
  const { store } = usePage();
  const seed = usePageState((state) => state.experiment.seed);
  const id = useId();
  return (
    <div className="labelled seed">
      <label htmlFor={id} title={schema.fields.seed.summary}>
        {laterStrings.seed.label}
      </label>
      <NumberField
        id={id}
        label={undefined}
        value={seed}
        onChange={(next) => change(store, 'seed', next)}
        onNudge={(direction) => change(store, 'seed', seed + direction)}
      />
      <SignButton
        label={laterStrings.seed.next}
        path="M5 3.5 H15 A1.5 1.5 0 0 1 16.5 5 V15 A1.5 1.5 0 0 1 15 16.5 H5 A1.5 1.5 0 0 1 3.5 15 V5 A1.5 1.5 0 0 1 5 3.5 Z M7 7 h.1 M13 7 h.1 M10 10 h.1 M7 13 h.1 M13 13 h.1"
        onClick={() => change(store, 'seed', seed + 1)}
      />
    </div>
  );
}

function Explain() {
  const { store } = usePage();
  const explains = usePageState((state) => state.explains);
  return (
    <button
      type="button"
      className="quiet explain"
      aria-pressed={explains}
      title={laterStrings.explainHelp}
      onClick={() => store.setState({ explains: !explains })}
    >
      {laterStrings.explain}
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
  const words = `${laterStrings.theme.label}: ${laterStrings.theme[theme]}`;
  return (
    <button
      type="button"
      className="quiet sign theme"
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
