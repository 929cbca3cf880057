/** The newest values of all lanes of a race as a table, which follows the run and can be taken away. */
import { useState } from 'react';
import { useHeard, usePage, usePageState } from '../context.ts';
import { LaneMark } from '../LaneMark.tsx';
import { copyText } from '../share/copy.ts';
import { strings } from '../strings.ts';
import { Enlarge, usePanelFrame } from './Enlarge.tsx';
import { isOfBefore, latestFigures, latestRows } from './latest.ts';
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
  // While a run plays, what is measured now and then says when: at rest, where that is of before.
  const playing = usePageState((state) => state.playing);
  const figures = latestFigures(store.getState());
  const [copied, setCopied] = useState('');

  async function copy(): Promise<void> {
    const lanes = heard.map((lane) => ({ name: page.nameOf(lane), record: page.recordOf(lane) }));
    const all = latestRows(figures, lanes);
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
                    {page.nameOf(lane)}
                  </th>
                  {figures.map((figure) => {
                    const { label, of, at, format } = figure;
                    const value = of(record);
                    const measured = playing || isOfBefore(figure, record) ? at?.(record) : undefined;
                    return (
                      <td key={label} data-label={label}>
                        {value === undefined ? '–' : format(value, record)}
                        {measured !== undefined && <small>{say.at(measured)}</small>}
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
