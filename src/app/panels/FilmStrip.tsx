/** What the generator made at moments spread over the run, from the same latent points each time. */
import type { CSSProperties } from 'react';
import { useHeard, usePage, usePageState } from '../context.ts';
import { drawFilm } from '../draw/film.ts';
import { laneShapes } from '../draw/shapes.ts';
import { factsOf } from '../facts.ts';
import { count } from '../format.ts';
import { strings } from '../strings.ts';
import { Enlarge, usePanelFrame } from './Enlarge.tsx';
import { useCanvas } from './useCanvas.ts';

/** Its newest picture moves, the others stay: it is looked at, not watched. */
const REDRAWN_EVERY_MS = 400;

export function FilmStrip() {
  const page = usePage();
  const heard = useHeard();
  usePageState((state) => state.readout.spoken);
  const frame = usePanelFrame();
  const picture = usePageState((state) => factsOf(state.experiment.game).picture);
  const say = strings.film;
  const title = strings.panels.film;
  const several = heard.length > 1;
  const canvas = useCanvas(({ context, width, height, palette }) => {
    if (picture.kind !== 'samples') return undefined;
    const rows = heard.map((lane) => {
      const { film, latest } = page.recordOf(lane);
      const { samples } = latest;
      return {
        film,
        newest: samples && { step: samples.step, positions: samples.reading.generated },
        colour: several ? palette.lanes[lane.colour] : palette.generator,
        shape: several ? laneShapes[lane.colour] : undefined,
      };
    });
    drawFilm(context, width, height, rows, picture, palette);
    return undefined;
  }, REDRAWN_EVERY_MS);
  const steps = page.record.film.stills.map(({ step }) => count(step));
  return (
    <figure
      className="chart film"
      {...frame}
      style={{ '--rows': Math.max(1, heard.length) } as CSSProperties}
    >
      <figcaption>
        <h3>{title}</h3>
        <span className="chart-note">{say.note}</span>
        <Enlarge title={title} />
      </figcaption>
      <canvas
        ref={canvas}
        className="chart-canvas"
        role="img"
        aria-label={steps.length > 0 ? say.alt(steps.join(', ')) : `${title}: ${strings.charts.waiting}.`}
      />
    </figure>
  );
}
