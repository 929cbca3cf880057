/** The lanes: one to six optimizers that race, and the settings of the selected one. */
import { memo, useId } from 'react';
import { type Experiment, experiment as schema } from '../catalog/experiment.ts';
import type { Scheme } from '../catalog/kinds.ts';
import { entryOf } from '../settings/index.ts';
import { usePage, usePageState } from './context.ts';
import { OneSetting } from './controls/Setting.tsx';
import { SignButton, signs } from './controls/SignButton.tsx';
import { LaneMark } from './LaneMark.tsx';
import { laterStrings } from './laterStrings.ts';
import { MethodMenu } from './MethodMenu.tsx';
import { marksOf } from './marks.ts';
import { optionalParts } from './menus.ts';
import type { RunRecord } from './record.ts';
import {
  changeLane,
  duplicateLane,
  isHeard,
  type LaneState,
  laneOf,
  MOST_LANES,
  moveLane,
  type Pace,
  removeLane,
} from './store.ts';
import { strings } from './strings.ts';
import './styles/settings.css';

const say = laterStrings.lanes;

export function Lanes() {
  const page = usePage();
  const { store } = page;
  const lanes = usePageState((state) => state.lanes);
  const selected = usePageState((state) => state.selected);
  const alone = lanes.length === 1;
  const own = laneOf({ lanes }, selected);
  return (
    <section className="column lanes" aria-labelledby="lanes-title">
      <h2 id="lanes-title">{alone ? strings.columns.optimizer : strings.columns.optimizers}</h2>
      {!alone &&
        lanes.map((lane, at) => (
          <article
            key={lane.id}
            className="lane"
            data-selected={lane.id === selected || undefined}
            aria-label={say.named(at + 1, page.nameOf(lane))}
          >
            <Head
              lane={lane}
              name={page.nameOf(lane)}
              course={changesOf(page.recordOf(lane)) || undefined}
              at={at}
              isSelected={lane.id === selected}
              count={lanes.length}
            />
          </article>
        ))}
      <div className="lane-foot">
        <button
          type="button"
          disabled={lanes.length >= MOST_LANES}
          title={lanes.length >= MOST_LANES ? say.full : say.addHelp}
          onClick={() => duplicateLane(store)}
        >
          {say.add}
        </button>
        {!alone && <PaceMenu />}
      </div>
      <div className="lane-own">
        {!alone && (
          <h3>
            <LaneMark colour={own.colour} />
            {say.settings(page.nameOf(own))}
          </h3>
        )}
        <Optimizer experiment={own.experiment} />
      </div>
    </section>
  );
}

/** More would be a list. */
const MOST_TOLD = 4;

/** The newest changes of a lane's settings up to where it stands, each a sentence. */
function changesOf({ settings, frame }: RunRecord): string {
  const passed = settings.filter(({ step }) => step <= (frame?.step ?? 0));
  const told = marksOf(passed).slice(-MOST_TOLD);
  return told.map(({ words }) => `${words}.`).join(' ');
}

interface HeadProps {
  readonly lane: LaneState;
  readonly name: string;
  /** What was changed in it on the way. */
  readonly course?: string;
  readonly at: number;
  readonly isSelected: boolean;
  readonly count: number;
}

/** A lane in two lines: what it is and how it stands, and what can be done with it. */
const Head = memo(function Head({ lane, name, course, at, isSelected, count }: HeadProps) {
  const { store, catchesUp } = usePage();
  const solo = usePageState((state) => state.solo);
  const { id, colour, isMuted, readout, failure } = lane;
  const isAlone = solo === id;
  const goal = catchesUp(lane);
  return (
    <header className="lane-head" data-silent={!isHeard({ solo }, lane) || undefined}>
      <button
        type="button"
        className="lane-name"
        aria-expanded={isSelected}
        title={course}
        onClick={() => store.setState({ selected: id })}
      >
        <LaneMark colour={colour} />
        <span>{name}</span>
      </button>
      <div className="lane-tools" role="toolbar" aria-label={say.tools(name)}>
        <SignButton
          label={say.mute}
          isOn={isMuted}
          path="M3 8 H6 L10 4 V16 L6 12 H3 Z M13 8 L17 12 M17 8 L13 12"
          onClick={() => changeLane(store, id, { isMuted: !isMuted })}
        />
        <SignButton
          label={say.solo}
          isOn={isAlone}
          path="M10 3 L12 8 L17 8.5 L13 12 L14.5 17 L10 14 L5.5 17 L7 12 L3 8.5 L8 8 Z"
          onClick={() => store.setState({ solo: isAlone ? undefined : id })}
        />
        <SignButton label={say.up} isOff={at === 0} path={signs.up} onClick={() => moveLane(store, id, -1)} />
        <SignButton
          label={say.down}
          isOff={at === count - 1}
          path={signs.down}
          onClick={() => moveLane(store, id, 1)}
        />
        <SignButton label={say.remove} path={signs.cross} onClick={() => removeLane(store, id)} />
      </div>
      <p className="lane-count">{say.count(readout.step, readout.evaluations)}</p>
      <p className="lane-state" data-outcome={readout.outcome.kind}>
        {failure ?? (goal === undefined ? readout.sentence : say.catchesUp(readout.step, goal))}
      </p>
    </header>
  );
});

function PaceMenu() {
  const { store } = usePage();
  const pace = usePageState((state) => state.pace);
  const id = useId();
  return (
    <div className="labelled">
      <label htmlFor={id} title={say.paceHelp}>
        {say.pace}
      </label>
      <select id={id} value={pace} onChange={(event) => store.setState({ pace: event.target.value as Pace })}>
        {Object.entries(strings.paces).map(([name, label]) => (
          <option key={name} value={name}>
            {label}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Numbers of the run change ten times a second, settings do not. */
const Optimizer = memo(function Optimizer({ experiment }: { experiment: Experiment }) {
  const { scheme, generator, discriminator } = schema.fields;
  return (
    <>
      <MethodMenu />
      <OneSetting setting={scheme} value={experiment.scheme} path="scheme" />
      <OneSetting setting={generator} value={experiment.generator} path="generator" />
      <OneSetting setting={discriminator} value={experiment.discriminator} path="discriminator" />
      {usesRules(experiment) || <p className="summary">{laterStrings.optional.withoutRules}</p>}
      <div className="parts">
        <h3>{laterStrings.optional.title}</h3>
        {optionalParts.map((part) => (
          <OneSetting key={part} setting={schema.fields[part]} value={experiment[part]} path={part} asPart />
        ))}
      </div>
    </>
  );
});

const usesRules = ({ scheme }: Experiment) =>
  (entryOf(schema.fields.scheme, scheme.kind) as Scheme | undefined)?.usesRules !== false;
