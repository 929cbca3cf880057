/** Any setting of the tree as a control: the one place that knows which control a type of setting gets. */
import { type ReactNode, useId } from 'react';
import { drawn } from '../../catalog/datasets/drawn.ts';
import { points } from '../../catalog/datasets/points.ts';
import { typed } from '../../catalog/games/typed.ts';
import { imageSets } from '../../catalog/images/index.ts';
import { own } from '../../catalog/images/own.ts';
import type { Sourced } from '../../catalog/kinds.ts';
import {
  below,
  type ChoiceSetting,
  changes,
  defaults,
  type Entry,
  type EntryValues,
  entryOf,
  fieldsOf,
  type NumbersSetting,
  type PickSetting,
  type Setting,
  sameValue,
} from '../../settings/index.ts';
import { usePage, usePageState } from '../context.ts';
import { DatasetCards } from '../data/DatasetCards.tsx';
import { DensityControl } from '../data/DensityControl.tsx';
import { coordinateNames } from '../facts.ts';
import { exact } from '../format.ts';
import { FormulaControl } from '../formula/FormulaControl.tsx';
import { OwnGame } from '../formula/OwnGame.tsx';
import { laterStrings } from '../laterStrings.ts';
import { type Section, sections } from '../menus.ts';
import { lazily } from '../panels/lazily.tsx';
import { change } from '../store.ts';
import { EntryWords, Options } from './Menu.tsx';
import { NumberControl, NumberField } from './NumberControl.tsx';
import { Objection } from './Objection.tsx';
import { PointsControl } from './PointsControl.tsx';
import { TextControl } from './TextControl.tsx';

// Asked for where pictures are played with, or have been dropped.
export const OwnPictures = lazily(
  async () => (await import('../ownPictures/OwnPictures.tsx')).OwnPictures,
  null,
);
const KeptSets = lazily(async () => (await import('../ownPictures/KeptSets.tsx')).KeptSets, null);

/** Choices further down than this are told of when explanations are wanted, not when they are made. */
const TOLD_DEPTH = 2;
const say = laterStrings.setting;
/** Settings that have a control of their own. */
const { first, second } = typed.settings.fields;
const { values: pointsSetting } = points.settings.fields;
const { weights: densitySetting } = drawn.settings.fields;

export interface ControlProps<S, V> {
  readonly setting: S;
  readonly value: V;
  readonly id: string;
  readonly describedBy: string;
  readonly onChange: (value: V) => void;
}

type Chosen = { readonly kind: string };

interface SettingsProps {
  readonly setting: Setting;
  readonly value: unknown;
  readonly path: string;
}

/** All fields below a group or a chosen entry: in sections where there are many, else as they are declared. */
function Settings({ setting, value, path }: SettingsProps) {
  const fields = fieldsOf(setting, value);
  const grouped = path === 'game' ? (sections[(value as Chosen).kind] ?? []) : [];
  const inSections = new Set(grouped.flatMap((section) => section.fields));
  const one = (name: string) => (
    <OneSetting
      key={name}
      setting={fields[name]}
      value={(value as Record<string, unknown>)[name]}
      path={below(path, name)}
    />
  );
  if (path === 'game' && (value as Chosen).kind === typed.name) {
    return <OwnGame value={value as EntryValues<typeof typed>} one={one} />;
  }
  return (
    <>
      {Object.keys(fields)
        .filter((name) => !inSections.has(name))
        .map(one)}
      {grouped.map((section) => (
        <Fold key={section.title} section={section} fields={fields} value={value as Record<string, unknown>}>
          {section.fields.filter((name) => name in fields).map(one)}
        </Fold>
      ))}
    </>
  );
}

/** A section that folds away, and then says how much in it is not as usual. */
function Fold({
  section,
  fields,
  value,
  children,
}: {
  section: Section;
  fields: Readonly<Record<string, Setting>>;
  value: Readonly<Record<string, unknown>>;
  children: ReactNode;
}) {
  const changed = section.fields
    .filter((name) => name in fields)
    .flatMap((name) => changes(fields[name], defaults(fields[name]), value[name] as never)).length;
  return (
    <details className="fold" open={!section.isClosed}>
      <summary>
        <span>{section.title}</span>
        {changed > 0 && <span className="fold-count">{say.changedCount(changed)}</span>}
      </summary>
      {children}
    </details>
  );
}

interface OneSettingProps {
  readonly setting: Setting;
  readonly value: unknown;
  readonly path: string;
  /** One quiet row among others as long as nothing but the default is chosen. */
  readonly asPart?: boolean;
}

export function OneSetting({ setting, value, path, asPart }: OneSettingProps) {
  if (setting.type === 'group') return <Settings setting={setting} value={value} path={path} />;
  if (setting.type === 'choice') {
    return <Choice setting={setting} value={value as Chosen} path={path} asPart={asPart} />;
  }
  return <Row setting={setting} value={value} path={path} />;
}

type SingleSetting = Exclude<Setting, { type: 'group' | 'choice' }>;

/** How a setting lies in its row: its control beside its name, below it as far as there is room, or something else. */
function layoutOf(setting: SingleSetting): 'setting-short' | 'setting-text' | '' {
  if (setting.type === 'text' || setting === pointsSetting || setting === densitySetting)
    return 'setting-text';
  const isWide = setting.type === 'pick' && Object.keys(setting.options).length > 0;
  const isShort = setting.type === 'toggle' || setting.type === 'pick' || setting.type === 'numbers';
  return isShort && !isWide ? 'setting-short' : '';
}

/** A single value: what it is called, what it is, and whether it is as it was. */
function Row({ setting, value, path }: { setting: SingleSetting; value: unknown; path: string }) {
  const { store } = usePage();
  const id = useId();
  const hintId = `${id}-hint`;
  const set = (next: unknown) => change(store, path, next);
  const standard = defaults<Setting>(setting);
  const label = useNamed(setting.label);
  return (
    <div className={`setting ${layoutOf(setting)}`} data-path={path}>
      <div className="setting-head">
        <label htmlFor={id} title={setting.summary}>
          {label}
        </label>
        {'unit' in setting && setting.unit && <span className="unit">{setting.unit}</span>}
        {!setting.live && <Anew />}
        {!sameValue(value, standard) && (
          <Reset standard={standard} label={label} onReset={() => set(standard)} />
        )}
      </div>
      <Control setting={setting} value={value} id={id} describedBy={hintId} onChange={set} />
      <Objection path={path} />
      <p className="hint" id={hintId}>
        {setting.summary}
        {setting.type === 'pick' && ` ${setting.options[value as string]}`}
      </p>
    </div>
  );
}

/** A label of a game of one's own, with its coordinates as the formulas call them. */
function useNamed(label: string): string {
  const names = usePageState(({ experiment }) => coordinateNames(experiment.game).join(', '));
  return label.replace('(x, y)', `(${names})`);
}

/** The control of a setting: that of its type, unless it has one of its own. */
function Control({ setting, value, ...props }: ControlProps<SingleSetting, unknown>) {
  switch (setting.type) {
    case 'number':
    case 'integer':
      return <NumberControl {...props} setting={setting} value={value as number} />;
    case 'toggle':
      return (
        <input
          type="checkbox"
          className="toggle"
          id={props.id}
          aria-describedby={props.describedBy}
          checked={value as boolean}
          onChange={(event) => props.onChange(event.target.checked)}
        />
      );
    case 'pick':
      return <Pick {...props} setting={setting} value={value as string} />;
    case 'numbers': {
      const OfNumbers =
        setting === pointsSetting ? PointsControl : setting === densitySetting ? DensityControl : Numbers;
      return <OfNumbers {...props} setting={setting} value={value as readonly number[]} />;
    }
    case 'text': {
      const text = { ...props, setting, value: value as string };
      if (setting === first) return <FormulaControl {...text} symbol="f" mayBeEmpty={false} />;
      if (setting === second) return <FormulaControl {...text} symbol="g" mayBeEmpty />;
      if (setting === own.settings.fields.set) return <KeptSets {...text} />;
      return <TextControl {...text} />;
    }
  }
}

function Pick({ setting, value, id, describedBy, onChange }: ControlProps<PickSetting, string>) {
  return (
    <select
      id={id}
      value={value}
      aria-describedby={describedBy}
      onChange={(event) => onChange(event.target.value)}
    >
      {Object.entries(setting.options).map(([name, summary]) => (
        <option key={name} value={name} title={summary}>
          {name}
        </option>
      ))}
    </select>
  );
}

function Numbers({
  setting,
  value,
  id,
  describedBy,
  onChange,
}: ControlProps<NumbersSetting, readonly number[]>) {
  const [least, most] = setting.length;
  const name = useNamed(setting.label);
  return (
    <span className="numbers">
      {value.map((item, at) => (
        <NumberField
          // biome-ignore lint/suspicious/noArrayIndexKey: a list of numbers has nothing but its order
          key={at}
          id={at === 0 ? id : undefined}
          label={at === 0 ? undefined : say.item(name, at + 1)}
          describedBy={describedBy}
          value={item}
          onChange={(next) => onChange(value.map((old, i) => (i === at ? next : old)))}
          onNudge={
            setting.integer
              ? (direction) => onChange(value.map((old, i) => (i === at ? old + direction : old)))
              : undefined
          }
        />
      ))}
      {value.length === 0 && (
        <span className="muted" id={id}>
          {say.none}
        </span>
      )}
      {most > least && (
        <>
          <button
            type="button"
            className="quiet small"
            disabled={value.length <= least}
            aria-label={say.remove(setting.label)}
            title={say.remove(setting.label)}
            onClick={() => onChange(value.slice(0, -1))}
          >
            −
          </button>
          <button
            type="button"
            className="quiet small"
            disabled={value.length >= most}
            aria-label={say.add(setting.label)}
            title={say.add(setting.label)}
            onClick={() => onChange([...value, value.at(-1) ?? setting.default[0] ?? plainest(setting)])}
          >
            +
          </button>
        </>
      )}
    </span>
  );
}

/** One, or the number that is nearest to it: the first of a list that has none by default. */
const plainest = ({ min, max }: NumbersSetting) => Math.max(min, Math.min(max, 1));

/** One entry of a list, with what it says of itself and the settings that come with it. */
function Choice({
  setting,
  value,
  path,
  asPart: isPart,
}: {
  setting: ChoiceSetting;
  value: Chosen;
  path: string;
  asPart?: boolean;
}) {
  const { store } = usePage();
  const id = useId();
  const hintId = `${id}-hint`;
  const chosen = entryOf(setting, value.kind) as Entry & Partial<Sourced & { formula: string }>;
  const isStandard = value.kind === setting.default;
  const pick = (name: string) => change(store, path, name);
  const way = wayOf(setting, path);
  const isTop = !path.includes('.');
  const labelId = `${id}-label`;
  const isTold = isTop || (!isStandard && way !== 'alone' && path.split('.').length <= TOLD_DEPTH);
  const words = isTold ? (
    <EntryWords id={hintId} entry={chosen} />
  ) : (
    <p className="hint" id={hintId}>
      {chosen.summary}
    </p>
  );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend cannot stand on a line with its menu
    <div
      role="group"
      aria-labelledby={labelId}
      className={`choice ${isPart ? 'choice-part' : isTop ? 'choice-top' : ''}`}
      data-chosen={!isStandard || undefined}
      data-player={playerIn(path)}
      data-path={path}
    >
      <div className="choice-head">
        <div className="setting-head">
          {way === 'menu' ? (
            <label id={labelId} htmlFor={id} title={setting.summary}>
              {setting.label}
            </label>
          ) : (
            <span id={labelId} title={setting.summary}>
              {setting.label}
            </span>
          )}
          {!setting.live && way !== 'alone' && <Anew />}
          {!isStandard && (
            <Reset
              standard={entryOf(setting, setting.default)?.label}
              label={setting.label}
              onReset={() => pick(setting.default)}
            />
          )}
        </div>
        {way === 'alone' && <span className="alone">{chosen.label}</span>}
        {way === 'menu' && (
          <select
            id={id}
            value={value.kind}
            aria-describedby={isPart && isStandard ? undefined : hintId}
            onChange={(event) => pick(event.target.value)}
          >
            <Options menu={path} entries={setting.entries} />
          </select>
        )}
      </div>
      {way === 'pictures' && (
        <DatasetCards setting={setting} value={value} path={path} labelledBy={labelId} describedBy={hintId} />
      )}
      <Objection path={path} />
      {isPart ? !isStandard && words : words}
      {Object.keys(chosen.settings.fields).length > 0 && (
        <div className="choice-fields">
          <Settings setting={setting} value={value} path={path} />
        </div>
      )}
      {setting.entries === ofPictures && <OwnPictures />}
    </div>
  );
}

/** Sets of pictures are chosen by their names, unlike points in the plane. */
const ofPictures: readonly Entry[] = imageSets;

/** How an entry is chosen: there is nothing to choose, or by pictures or a menu. */
function wayOf({ entries }: ChoiceSetting, path: string) {
  if (entries.length === 1) return 'alone';
  if (path === 'game.dataset' && entries !== ofPictures) return 'pictures';
  return 'menu';
}

/** A part of the tree that belongs to one player wears its colour. */
function playerIn(path: string): 'generator' | 'discriminator' | undefined {
  const name = path.split('.').at(-1) ?? '';
  if (name.startsWith('generator')) return 'generator';
  return name.startsWith('discriminator') ? 'discriminator' : undefined;
}

function Anew() {
  return (
    <span className="anew" title={say.anew}>
      <svg viewBox="0 0 12 12" aria-hidden="true">
        <path d="M2.2 4.2 A4.2 4.2 0 1 1 1.9 7.2 M2 1.6 V4.4 H4.8" />
      </svg>
      <span className="hidden">{say.anew}</span>
    </span>
  );
}

function Reset({ standard, label, onReset }: { standard: unknown; label: string; onReset: () => void }) {
  const text = Array.isArray(standard)
    ? standard.join(', ') || say.none
    : typeof standard === 'number'
      ? exact(standard)
      : typeof standard === 'boolean'
        ? standard
          ? say.on
          : say.off
        : String(standard);
  const words = say.changed(text);
  return (
    <button type="button" className="reset" title={words} aria-label={`${label}: ${words}`} onClick={onReset}>
      <i aria-hidden="true" />
    </button>
  );
}
