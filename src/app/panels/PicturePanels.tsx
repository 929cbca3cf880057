/** What is measured of generated pictures: their classes, a walk between two, the nearest real ones, their moments. */
import { useState } from 'react';
import { usePage, usePageState } from '../context.ts';
import { drawHistogram } from '../draw/histogram.ts';
import { gridFor, openTiles, type Tiles } from '../draw/tiles.ts';
import { factsOf } from '../facts.ts';
import { short } from '../format.ts';
import { laterStrings } from '../laterStrings.ts';
import { changeProbe } from '../store.ts';
import { strings } from '../strings.ts';
import { Figure } from './Figure.tsx';
import { Pick } from './Pick.tsx';
import { panelStrings } from './strings.ts';
import { useReading } from './useNews.ts';

const say = panelStrings.pictures;
/** Classes that are told one by one in words. */
const MOST_TOLD = 20;

export function Classes() {
  const { record } = usePage();
  const { picture } = usePageState((state) => factsOf(state.experiment.game));
  const names = picture.kind === 'images' ? picture.classes : [];
  const reading = useReading('pictureClasses');
  const step = record.latest.pictureClasses?.step;
  const words = reading && [
    say.found(reading.covered, reading.classes, reading.floor.covered.mean),
    say.entropy(reading.entropy, reading.floor.entropy.mean),
    ...(reading.inception === null ? [] : [say.inception(reading.inception, reading.floor.inception.mean)]),
    ...(reading.frechet === null ? [] : [say.frechet(reading.frechet, reading.floor.frechet.mean)]),
  ];
  const told = (reading && names.length <= MOST_TOLD ? names : []).map((name, k) =>
    say.hits(name, reading?.histogram[k] ?? 0, reading?.realHistogram[k] ?? 0),
  );
  return (
    <Figure
      title={strings.panels.classes}
      note={
        reading &&
        `${say.rests(reading.samples, reading.accuracy, reading.tested)}; ${panelStrings.dynamics.ofStep(step ?? 0)}; ${say.bar}`
      }
      words={words ? `${words.join('; ')}.` : laterStrings.charts.waiting}
      alt={
        words
          ? say.classesAlt(`${words.join('; ')}.`, told.join('; '))
          : `${strings.panels.classes}: ${laterStrings.charts.waiting}.`
      }
      step={step}
      paint={({ context, width, height, palette }) => {
        const now = record.latest.pictureClasses?.reading;
        if (now) drawHistogram(context, width, height, now.histogram, now.realHistogram, names, palette);
        return undefined;
      }}
    />
  );
}

/** One row of tiles above another, both as wide as there is room. */
function useRows() {
  const [rows] = useState(() => [openTiles(), openTiles()] as const);
  return (
    context: CanvasRenderingContext2D,
    width: number,
    height: number,
    all: readonly (Tiles & { readonly count: number })[],
  ): undefined => {
    const high = height / all.length;
    const fitting = gridFor(all[0].count, width, high);
    const isRow = fitting.rows === 1 || all.length > 1;
    all.forEach((tiles, i) => {
      const grid = isRow ? rowOf(all[0].count, width, high) : fitting;
      context.save();
      context.translate(0, i * high);
      rows[i].draw(context, tiles, tiles.count, grid);
      context.restore();
    });
    return undefined;
  };
}

/** All in one row, as large as they can be. */
function rowOf(count: number, width: number, height: number) {
  const pitch = Math.min(width / count, height);
  const tile = pitch * 0.9;
  return {
    columns: count,
    rows: 1,
    tile,
    pitch,
    left: (width - count * pitch + pitch - tile) / 2,
    top: (height - tile) / 2,
  };
}

export function LatentWalk() {
  const page = usePage();
  useReading('latentWalk');
  const chosen = usePageState((state) => state.probes.latentWalk) as
    | { from?: number; to?: number }
    | undefined;
  const { from = 0, to = 1 } = chosen ?? {};
  const count = page.record.latest.pictures?.reading.scores.length ?? 0;
  const all = Object.fromEntries(
    Array.from({ length: Math.max(count, from + 1, to + 1) }, (_, i) => [String(i), String(i + 1)]),
  );
  const draw = useRows();
  return (
    <Figure
      title={strings.panels.walk}
      note={say.walk}
      alt={say.walkAlt(from, to)}
      step={page.record.latest.latentWalk?.step}
      paint={({ context, width, height }) => {
        const walk = page.record.latest.latentWalk?.reading;
        if (!walk) return undefined;
        const { pictures: values, side, channels } = walk;
        const steps = values.length / (side * side * channels);
        return draw(context, width, height, [{ values, side, channels, count: steps }]);
      }}
    >
      <Pick
        label={say.from}
        options={all}
        value={String(from)}
        onChange={(value) => changeProbe(page.store, 'latentWalk', { from: Number(value), to })}
      />
      <Pick
        label={say.to}
        options={all}
        value={String(to)}
        onChange={(value) => changeProbe(page.store, 'latentWalk', { from, to: Number(value) })}
      />
    </Figure>
  );
}

export function Nearest() {
  const { record } = usePage();
  const reading = useReading('nearestPictures');
  const draw = useRows();
  const distances = reading ? [...reading.distances].map((value) => short(value, 2)).join(', ') : '';
  return (
    <Figure
      title={strings.panels.nearest}
      note={reading && say.nearest(reading.among)}
      words={distances}
      alt={say.nearestAlt(distances)}
      step={record.latest.nearestPictures?.step}
      paint={({ context, width, height }) => {
        const now = record.latest.nearestPictures?.reading;
        if (!now) return undefined;
        const { side, channels } = now;
        const count = now.distances.length;
        return draw(context, width, height, [
          { values: now.generated, side, channels, count },
          { values: now.nearest, side, channels, count },
        ]);
      }}
    />
  );
}

export function PictureMoments() {
  const { record } = usePage();
  const reading = useReading('pictureMoments');
  const draw = useRows();
  return (
    <Figure
      title={strings.panels.pictureMoments}
      note={reading && say.moments(reading.count)}
      words={reading && say.varies(reading.generated.meanVariance, reading.real.meanVariance)}
      alt={
        reading
          ? say.momentsAlt(reading.generated.meanVariance, reading.real.meanVariance)
          : `${strings.panels.pictureMoments}: ${laterStrings.charts.waiting}.`
      }
      step={record.latest.pictureMoments?.step}
      paint={({ context, width, height }) => {
        const now = record.latest.pictureMoments?.reading;
        if (!now) return undefined;
        const { side, channels, generated, real } = now;
        // Values in [-1, 1] vary by at most 1.
        const shown = (variance: Float64Array) => variance.map((value) => 2 * value - 1);
        const rows = [generated, real].map(({ mean, variance }) => ({
          values: joined(mean, shown(variance)),
          side,
          channels,
          count: 2,
        }));
        return draw(context, width, height, rows);
      }}
    />
  );
}

function joined(first: Float64Array, second: Float64Array): Float64Array {
  const both = new Float64Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
