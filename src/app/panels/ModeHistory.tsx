/** Which modes the generator hit, and how often, from the start of the run until now. */
import { usePage } from '../context.ts';
import { rowAt } from '../draw/chart.ts';
import { drawModeHistory } from '../draw/modeHistory.ts';
import { count } from '../format.ts';
import { laterStrings } from '../laterStrings.ts';
import { strings } from '../strings.ts';
import { Enlarge, usePanelFrame } from './Enlarge.tsx';
import { panelStrings } from './strings.ts';
import { useAcross } from './useAcross.ts';
import { useCanvas } from './useCanvas.ts';
import { useCalm, useNews } from './useNews.ts';

const say = panelStrings.dynamics;
const REDRAWN_EVERY_MS = 90;

export function ModeHistory() {
  const page = usePage();
  useNews();
  const frame = usePanelFrame();
  const { modes } = page.record.latest;
  const title = strings.panels.modeHistory;
  const canvas = useCanvas(({ context, width, height, palette }) => {
    const { histograms, latest, clock } = page.record;
    if (!histograms || !latest.modes) return undefined;
    const { samples } = latest.modes.reading;
    drawModeHistory(context, width, height, { histograms, samples, clock, across: across() }, palette);
    return undefined;
  }, REDRAWN_EVERY_MS);
  const { across, axis, handlers } = useAcross(canvas, (value) => {
    const { histograms, clock } = page.record;
    const row = histograms ? rowAt(histograms, clock.stepAt(axis, value)) : -1;
    if (!histograms || row < 0) return [laterStrings.charts.waiting];
    const counts = histograms.columns.slice(1).map((column) => count(column[row]));
    return [say.modesAlt(counts.join(', '), count(histograms.columns[0][row]))];
  });
  const label = useCalm(
    modes
      ? say.modesAlt([...modes.reading.histogram].map(count).join(', '), count(modes.step))
      : `${title}: ${laterStrings.charts.waiting}.`,
  );
  return (
    <figure className="chart figure" {...frame}>
      <figcaption>
        <h3>{title}</h3>
        <span className="chart-note">{say.everyMode}</span>
        <span className="figure-controls" />
        <Enlarge title={title} />
      </figcaption>
      <canvas ref={canvas} className="chart-canvas figure-canvas" aria-label={label} {...handlers} />
    </figure>
  );
}
