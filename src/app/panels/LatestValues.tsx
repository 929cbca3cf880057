/** The newest values of all lanes of a race as a table, which follows the run and can be taken away. */
import { useState } from 'react';
import { useHeard, usePage, usePageState } from '../context.ts';
import { LaneMark } from '../LaneMark.tsx';
import { laneName } from '../method.ts';
import { copyText } from '../share/copy.ts';
import { strings } from '../strings.ts';
import { Enlarge, usePanelFrame } from './Enlarge.tsx';
import { latestFigures } from './latest.ts';
import { panelStrings } from './strings.ts';
import '../styles/latest.css';

const say = panelStrings.latest;

export function LatestValues() {
  const page = usePage();
  const { store } = page;
  // Brought up to date with the sentences of the lanes, not with every frame.
  const heard = useHeard();
  usePageState((state) => state.panels);
  usePageState((state) => state.picked);
  const selected = usePageState((state) => state.selected);
  const frame = usePanelFrame();
  const figures = latestFigures(store.getState());
  const [copied, setCopied] = useState('');

  /** For a spreadsheet: with all digits. */
  async function copy(): Promise<void> {
    const rows = heard.map((lane) => {
      const record = page.recordOf(lane);
      return [laneName(lane.experiment), ...figures.map(({ of }) => of(record) ?? '')];
    });
    const all = [[say.lane, ...figures.map(({ label }) => label)], ...rows];
    setCopied((await copyText(all.map((row) => row.join('\t')).join('\n'))) ? say.copied : say.notCopied);
  }

  return (
    <figure className="chart figure latest" {...frame}>
      <figcaption>
        <h3>{strings.panels.latest}</h3>
        <span className="figure-controls">
          <span role="status" className="chart-note">
            {copied}
          </span>
          <button type="button" className="quiet tiny" title={say.copyHelp} onClick={() => void copy()}>
            {say.copy}
          </button>
        </span>
        <Enlarge title={strings.panels.latest} isList />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what is wider than the screen is scrolled by keys too */}
      <section className="latest-scroll" tabIndex={0} aria-label={strings.panels.latest}>
        <table>
          <thead>
            <tr>
              <th scope="col">{say.lane}</th>
              {figures.map(({ label }) => (
                <th key={label} scope="col">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {heard.map((lane) => {
              const record = page.recordOf(lane);
              return (
                <tr key={lane.id} data-selected={lane.id === selected || undefined}>
                  <th scope="row">
                    <LaneMark colour={lane.colour} />
                    {laneName(lane.experiment)}
                  </th>
                  {figures.map(({ label, of, format }) => {
                    const value = of(record);
                    return (
                      <td key={label} data-label={label}>
                        {value === undefined ? '–' : format(value, record)}
                      </td>
                    );
                  })}
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
    </figure>
  );
}
