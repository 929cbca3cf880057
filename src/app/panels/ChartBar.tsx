/** What all charts share: what they run along, and the way back from a part of the run to all of it. */

import { axes } from '../clock.ts';
import { usePage, usePageState } from '../context.ts';
import { laterStrings } from '../laterStrings.ts';
import { changeAxis } from '../layout.ts';
import { chartStrings } from './chartStrings.ts';

export function ChartBar() {
  const page = usePage();
  const { store } = page;
  const axis = usePageState((state) => state.axis);
  const isNewest = usePageState((state) => state.isZoomNewest);
  const isZoomed = usePageState((state) => state.zoom !== undefined);
  const say = laterStrings.axis;
  return (
    <div className="chart-bar">
      {isZoomed && (
        <>
          <button
            type="button"
            className="quiet tiny"
            aria-pressed={isNewest}
            title={chartStrings.newestHelp}
            onClick={() => store.setState({ isZoomNewest: !isNewest })}
          >
            {chartStrings.newest}
          </button>
          <button
            type="button"
            className="quiet tiny"
            title={say.wholeHelp}
            onClick={() => store.setState({ zoom: undefined, isZoomNewest: false })}
          >
            {say.whole}
          </button>
        </>
      )}
      <fieldset className="segments" aria-label={say.label} title={say.help}>
        {axes.map((name) => (
          <button
            key={name}
            type="button"
            className="quiet tiny"
            aria-pressed={axis === name}
            aria-label={say.names[name]}
            onClick={() => changeAxis(page, name)}
          >
            {say.short[name]}
          </button>
        ))}
      </fieldset>
    </div>
  );
}
