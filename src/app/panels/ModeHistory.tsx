/** Which modes the generator hit, and how often, from the start of the run until now. */
import { usePage, usePageState } from '../context.ts';
import { drawModeHistory } from '../draw/modeHistory.ts';
import { count } from '../format.ts';
import { strings } from '../strings.ts';
import { Figure } from './Figure.tsx';

const say = strings.dynamics;

export function ModeHistory() {
  const page = usePage();
  usePageState((state) => state.readout.step);
  const { modes } = page.record.latest;
  const title = strings.panels.modeHistory;
  return (
    <Figure
      title={title}
      note={say.everyMode}
      alt={
        modes
          ? say.modesAlt([...modes.reading.histogram].map(count).join(', '), count(modes.step))
          : `${title}: ${strings.charts.waiting}.`
      }
      paint={({ context, width, height, palette }) => {
        const { histograms, latest, frame } = page.record;
        if (!histograms || !latest.modes || !frame) return undefined;
        drawModeHistory(
          context,
          width,
          height,
          histograms,
          latest.modes.reading.samples,
          frame.step,
          palette,
        );
        return undefined;
      }}
    />
  );
}
