/** The points of rest of a game in the plane as a list: where, what each is, and a way to start beside it. */
import type { Readings } from '../../analysis/index.ts';
import { usePage, usePageState } from '../context.ts';
import { markOf, restMarks } from '../draw/rest.ts';
import { coordinateNames } from '../facts.ts';
import { formulaStrings } from '../formula/strings.ts';
import { change } from '../store.ts';
import { strings } from '../strings.ts';
import { Enlarge, usePanelFrame } from './Enlarge.tsx';
import { useReading } from './useNews.ts';
import '../styles/formula.css';

const say = formulaStrings.rest;
type Reading = NonNullable<Readings['equilibria']>;
type Point = Reading['points'][number];

/** A start so far beside a point of rest, in widths of the picture, is seen to move away or back. */
const BESIDE = 0.05;

export function Equilibria() {
  const page = usePage();
  usePageState((state) => state.readout.step);
  const names = coordinateNames(usePageState((state) => state.experiment.game));
  const frame = usePanelFrame();
  const reading = useReading('equilibria');
  return (
    <figure className="chart figure rest" {...frame}>
      <figcaption>
        <h3>{strings.panels.equilibria}</h3>
        {reading && <span className="chart-note">{headOf(reading, names)}</span>}
        <span className="figure-controls" />
        <Enlarge title={strings.panels.equilibria} isList />
      </figcaption>
      {reading ? (
        <Found reading={reading} isOld={!page.isRestKnown} names={names} />
      ) : (
        <p className="figure-words">{say.searching}</p>
      )}
    </figure>
  );
}

type Names = readonly string[];

function headOf({ points, curves, everywhere, extent, reach }: Reading, names: Names): string {
  if (everywhere || points.length + curves.length === 0) return '';
  return `${say.some(points.length, curves.length)}, ${say.searched(extent, reach, names)}`;
}

function Found({ reading, isOld, names }: { reading: Reading; isOld: boolean; names: Names }) {
  const { points, curves, everywhere, more, sampled, reach } = reading;
  const words = [
    isOld ? say.again : '',
    everywhere ? say.everywhere : points.length + curves.length === 0 ? say.none(reach, names) : '',
    more ? say.more : '',
    sampled ? say.sampled : '',
  ].filter(Boolean);
  return (
    <>
      {words.length > 0 && <p className="figure-words">{words.join(' ')}</p>}
      <ul className="rest-list" data-old={isOld || undefined}>
        {points.map((point) => (
          <One key={point.at.join()} point={point} extent={reading.extent} />
        ))}
        {curves.map((curve) => {
          const middle = 2 * Math.floor(curve.length / 4);
          return <li key={curve.join()}>{say.curve(curve[middle], curve[middle + 1])}</li>;
        })}
      </ul>
    </>
  );
}

function One({ point, extent }: { point: Point; extent: number }) {
  const { store } = usePage();
  const { at, kind, nash, minimax, radius, attracts } = point;
  const { fill, line, colour } = restMarks[markOf[kind]];
  const [theta, phi] = at;
  // No more digits than the picture shows: others would only make the link long.
  const digits = Math.max(0, Math.min(12, 3 - Math.floor(Math.log10(extent))));
  const beside = [theta + BESIDE * extent, phi + BESIDE * extent].map((value) =>
    Number(value.toFixed(digits)),
  );
  return (
    <li>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        {fill && <path d={fill} fill={`var(--${colour})`} />}
        {line && <path d={line} fill="none" stroke={`var(--${colour})`} strokeWidth="2" />}
      </svg>
      <span>
        <strong>{say.at(theta, phi)}</strong> {say.kinds[kind]}; {say.nash[nash]}
        {minimax && `; ${say.minimax}`}
        {radius !== null && attracts !== null && `; ${attracts ? say.attracts(radius) : say.repels(radius)}`}.
      </span>
      <button
        type="button"
        className="quiet tiny"
        aria-label={say.startBeside(theta, phi)}
        onClick={() => change(store, 'game.start', beside)}
      >
        {say.start}
      </button>
    </li>
  );
}
