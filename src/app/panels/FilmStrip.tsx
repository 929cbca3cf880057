/** What the generator made at moments spread over the run, from the same latent points each time. */
import { type CSSProperties, useState } from 'react';
import { useHeard, usePage, usePageState } from '../context.ts';
import { drawFilm, type FilmColumn, openFilmTiles } from '../draw/film.ts';
import { laneShapes } from '../draw/shapes.ts';
import { factsOf } from '../facts.ts';
import { count } from '../format.ts';
import { laterStrings } from '../laterStrings.ts';
import { strings } from '../strings.ts';
import { timeStrings } from '../timeStrings.ts';
import { Enlarge, usePanelFrame } from './Enlarge.tsx';
import { useCanvas } from './useCanvas.ts';
import { useNews } from './useNews.ts';

/** Its newest picture moves, the others stay: it is looked at, not watched. */
const REDRAWN_EVERY_MS = 400;

export function FilmStrip() {
  const page = usePage();
  const heard = useHeard();
  const now = useNews(); // which the text alternative follows, not every frame
  const frame = usePanelFrame();
  const picture = usePageState((state) => factsOf(state.experiment.game).picture);
  const say = laterStrings.film;
  const title = strings.panels.film;
  const several = heard.length > 1;
  const [tiles] = useState(openFilmTiles);
  const [columns, setColumns] = useState<readonly FilmColumn[]>([]);
  const canvas = useCanvas(({ context, width, height, palette }) => {
    if (picture.kind !== 'samples' && picture.kind !== 'images') return undefined;
    const rows = heard.map((lane) => {
      const { film, latest } = page.recordOf(lane);
      const newest = latest.pictures ?? latest.samples;
      return {
        film,
        newest: newest && { step: newest.step, positions: newest.reading.generated },
        colour: several ? palette.lanes[lane.colour] : palette.generator,
        shape: several ? laneShapes[lane.colour] : undefined,
      };
    });
    const drawn = drawFilm(context, width, height, rows, picture, tiles, palette);
    if (String(drawn.map(Object.values)) !== String(columns.map(Object.values))) setColumns(drawn);
    return undefined;
  }, REDRAWN_EVERY_MS);
  const steps = page.record.film.stills.map(({ step }) => count(step));
  return (
    <figure
      className="chart film"
      {...frame}
      style={{ ...frame.style, '--rows': Math.max(1, heard.length) } as CSSProperties}
    >
      <figcaption>
        <h3>{title}</h3>
        <span className="chart-note">{say.note}</span>
        <Enlarge title={title} />
      </figcaption>
      <div className="film-strip">
        <canvas
          ref={canvas}
          className="chart-canvas"
          role="img"
          aria-label={
            steps.length > 0 ? say.alt(steps.join(', '), now) : `${title}: ${laterStrings.charts.waiting}.`
          }
        />
        {columns.map(({ step, left, width }) => (
          <button
            key={left}
            type="button"
            className="film-step"
            style={{ left, width }}
            aria-label={timeStrings.goTo(step)}
            title={timeStrings.goTo(step)}
            onClick={() => page.time.goTo(step)}
          />
        ))}
      </div>
    </figure>
  );
}
