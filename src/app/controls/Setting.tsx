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
  type TextSetting,
} from '../../settings/index.ts';
import { usePage } from '../context.ts';
import { DatasetCards } from '../data/DatasetCards.tsx';
import { DensityControl } from '../data/DensityControl.tsx';
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

/** A choice with more entries than this is a menu even where there is room for cards. */
const MOST_CARDS = 6;
/** Choices further down than this are told of when explanations are wanted, not when they are made. */
const TOLD_DEPTH = 2;
const say = laterStrings.setting;
const { first, second } = typed.settings.fields;

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
export function Settings({ setting, value, path }: SettingsProps) {
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
  /** Room for the entries of a choice to stand side by side. */
  readonly asCards?: boolean;
  /** One quiet row among others as long as nothing but the default is chosen. */
  readonly asPart?: boolean;
}

export function OneSetting({ setting, value, path, asCards, asPart }: OneSettingProps) {
  if (setting.type === 'group') return <Settings setting={setting} value={value} path={path} />;
  if (setting.type === 'choice') {
    return <Choice setting={setting} value={value as Chosen} path={path} {...{ asCards, asPart }} />;
  }
  return <Row setting={setting} value={value} path={path} />;
}

/** A single value: what it is called, what it is, and whether it is as it was. */
function Row({
  setting,
  value,
  path,
}: {
  setting: Exclude<Setting, { type: 'group' | 'choice' }>;
  value: unknown;
  path: string;
}) {
  const { store } = usePage();
  const id = useId();
  const hintId = `${id}-hint`;
  const set = (next: unknown) => change(store, path, next);
  const standard = defaults<Setting>(setting);
  const props = { id, describedBy: hintId, onChange: set };
  const isPoints = setting === points.settings.fields.values;
  const isDensity = setting === drawn.settings.fields.weights;
  const isText = setting.type === 'text' || isPoints || isDensity;
  const isShort =
    setting.type === 'toggle' ||
    setting.type === 'pick' ||
    (setting.type === 'numbers' && !isPoints && !isDensity);
  const isWide = setting.type === 'pick' && Object.keys(setting.options).length > 0;
  return (
    <div
      className={`setting ${isShort && !isWide ? 'setting-short' : ''} ${isText ? 'setting-text' : ''}`}
      data-path={path}
    >
      <div className="setting-head">
        <label htmlFor={id} title={setting.summary}>
          {setting.label}
        </label>
        {'unit' in setting && setting.unit && <span className="unit">{setting.unit}</span>}
        {!setting.live && <Anew />}
        {!sameValue(value, standard) && (
          <Reset standard={standard} label={setting.label} onReset={() => set(standard)} />
        )}
      </div>
      {control()}
      <Objection path={path} />
      <p className="hint" id={hintId}>
        {setting.summary}
        {setting.type === 'pick' && ` ${setting.options[value as string]}`}
      </p>
    </div>
  );

  function control(): ReactNode {
    switch (setting.type) {
      case 'number':
      case 'integer':
        return <NumberControl {...props} setting={setting} value={value as number} />;
      case 'toggle':
        return (
          <input
            type="checkbox"
            className="toggle"
            id={id}
            aria-describedby={hintId}
            checked={value as boolean}
            onChange={(event) => set(event.target.checked)}
          />
        );
      case 'pick':
        return <Pick {...props} setting={setting} value={value as string} />;
      case 'numbers':
        if (isPoints)
          return <PointsControl {...props} setting={setting} value={value as readonly number[]} />;
        if (isDensity)
          return <DensityControl {...props} setting={setting} value={value as readonly number[]} />;
        return <Numbers {...props} setting={setting} value={value as readonly number[]} />;
      case 'text':
        if (setting === first || setting === second) {
          const own =
            setting === first ? { symbol: 'f', mayBeEmpty: false } : { symbol: 'g', mayBeEmpty: true };
          return (
            <FormulaControl {...props} {...own} setting={setting as TextSetting} value={value as string} />
          );
        }
        if (setting === own.settings.fields.set)
          return <KeptSets {...props} setting={setting as TextSetting} value={value as string} />;
        return <TextControl {...props} setting={setting as TextSetting} value={value as string} />;
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
  return (
    <span className="numbers">
      {value.map((item, at) => (
        <NumberField
          // biome-ignore lint/suspicious/noArrayIndexKey: a list of numbers has nothing but its order
          key={at}
          id={at === 0 ? id : undefined}
          label={at === 0 ? undefined : say.item(setting.label, at + 1)}
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
  asCards,
  asPart: isPart,
}: {
  setting: ChoiceSetting;
  value: Chosen;
  path: string;
  asCards?: boolean;
  asPart?: boolean;
}) {
  const { store } = usePage();
  const id = useId();
  const hintId = `${id}-hint`;
  const chosen = entryOf(setting, value.kind) as Entry & Partial<Sourced & { formula: string }>;
  const isStandard = value.kind === setting.default;
  const pick = (name: string) => change(store, path, name);
  const usesCards = asCards && setting.entries.length <= MOST_CARDS;
  // Points in the plane are chosen by their pictures, sets of pictures by their names.
  const isOfPictures = setting.entries === (imageSets as readonly Entry[]);
  const hasPictures = path === 'game.dataset' && !isOfPictures;
  const player = playerIn(path);
  const isTop = !path.includes('.');
  const labelId = `${id}-label`;
  const isAlone = setting.entries.length === 1;
  const isTold = isTop || (!isStandard && !isAlone && path.split('.').length <= TOLD_DEPTH);
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
      data-player={player}
      data-path={path}
    >
      <div className="choice-head">
        <div className="setting-head">
          {usesCards || isAlone || hasPictures ? (
            <span id={labelId} title={setting.summary}>
              {setting.label}
            </span>
          ) : (
            <label id={labelId} htmlFor={id} title={setting.summary}>
              {setting.label}
            </label>
          )}
          {!setting.live && !isAlone && <Anew />}
          {!isStandard && (
            <Reset
              standard={entryOf(setting, setting.default)?.label}
              label={setting.label}
              onReset={() => pick(setting.default)}
            />
          )}
        </div>
        {isAlone && <span className="alone">{chosen.label}</span>}
        {!usesCards && !isAlone && !hasPictures && (
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
      {hasPictures && (
        <DatasetCards setting={setting} value={value} path={path} labelledBy={labelId} describedBy={hintId} />
      )}
      {usesCards && (
        <div className="cards">
          {setting.entries.map(({ name, label, summary }) => (
            <label key={name} className="card" title={summary}>
              <input
                type="radio"
                name={id}
                checked={name === value.kind}
                aria-describedby={name === value.kind ? hintId : undefined}
                onChange={() => pick(name)}
              />
              <span>{label}</span>
            </label>
          ))}
        </div>
      )}
      <Objection path={path} />
      {isPart ? !isStandard && words : words}
      {Object.keys(chosen.settings.fields).length > 0 && (
        <div className="choice-fields">
          <Settings setting={setting} value={value} path={path} />
        </div>
      )}
      {isOfPictures && <OwnPictures />}
    </div>
  );
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
