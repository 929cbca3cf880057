/** The picture of a GAN on small pictures: what it draws, beside real ones, each with the discriminator's score. */
import { type KeyboardEvent, type PointerEvent, useId, useRef, useState } from 'react';
import { usePage, usePageState, useSpoken } from '../context.ts';
import { drawScores, frameTile, type Grid, gridFor, openTiles, tileAt } from '../draw/tiles.ts';
import { laterStrings } from '../laterStrings.ts';
import { changeProbe } from '../store.ts';
import type { LanePicture } from './Pictures.tsx';
import { panelStrings } from './strings.ts';
import { THIRTY_A_SECOND_MS, useCanvas } from './useCanvas.ts';

/** The share of the picture's longer side that real pictures take. */
const REAL_SHARE = 0.22;
const MARGIN = 8;
/** The legend lies over the picture's upper edge: so much of it is left free, in ems. */
const LEGEND_EM = 2.6;
const say = panelStrings.pictures;

export function ImagesPicture({ lane }: LanePicture) {
  const page = usePage();
  const record = page.recordOf(lane);
  const hidden = usePageState((state) => state.hidden);
  const walk = usePageState((state) => state.probes.latentWalk) as { from?: number; to?: number } | undefined;
  const { from = 0, to = 1 } = walk ?? {};
  const sentence = useSpoken(lane);
  const step = usePageState((state) => (state.playing ? -1 : lane.readout.step));
  const [{ generated, real }] = useState(() => ({ generated: openTiles(), real: openTiles() }));
  const grid = useRef<Grid>(undefined);
  const { pictures } = record.latest;

  const canvas = useCanvas(({ context, width, height, palette }) => {
    const { pictures } = record.latest;
    if (!pictures) return undefined;
    const { side, channels, generated: values, scores, real: own, realScores } = pictures.reading;
    const top = LEGEND_EM * palette.textSize;
    const isWide = width >= height;
    const [showsReal, showsGenerated] = [!hidden.has('real'), !hidden.has('generated')];
    const share = showsReal ? (showsGenerated ? REAL_SHARE : 1) : 0;
    const [across, down] = isWide ? [width * (1 - share), height] : [width, height * (1 - share)];
    if (showsGenerated) {
      context.save();
      context.translate(MARGIN, top);
      const own = gridFor(scores.length, across - 2 * MARGIN, down - top - MARGIN);
      generated.draw(context, { values, side, channels }, scores.length, own);
      if (!hidden.has('scores')) drawScores(context, scores, own, palette);
      const laned = { ...palette, lane: palette.lanes[lane.colour] };
      frameTile(context, from, 'A', own, laned);
      frameTile(context, to, 'B', own, laned);
      grid.current = { ...own, left: own.left + MARGIN, top: own.top + top };
      context.restore();
    } else grid.current = undefined;
    if (showsReal) {
      context.save();
      const [left, above] = isWide ? [across, 0] : [0, down];
      if (showsGenerated) {
        context.fillStyle = palette.line;
        context.fillRect(left, above, isWide ? 1 : width, isWide ? height : 1);
      }
      const begin = isWide || !showsGenerated ? top : above + MARGIN;
      context.translate(left + MARGIN, begin);
      const places = gridFor(realScores.length, width - left - 2 * MARGIN, height - begin - MARGIN);
      real.draw(context, { values: own, side, channels }, realScores.length, places);
      if (!hidden.has('scores')) drawScores(context, realScores, places, palette);
      context.restore();
    }
    return undefined;
  }, THIRTY_A_SECOND_MS);

  /** The end of the walk that was moved last: a click moves the other one, arrow keys move it on. */
  const [last, setLast] = useState<'from' | 'to'>('from');
  const move = (end: 'from' | 'to', at: number) =>
    changeProbe(page.store, 'latentWalk', { from, to, [end]: at });
  const choose = (at: number) => {
    const other = last === 'from' ? 'to' : 'from';
    move(other, at);
    setLast(other);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const columns = grid.current?.columns ?? 1;
    const moves: Record<string, number> = {
      ArrowLeft: -1,
      ArrowRight: 1,
      ArrowUp: -columns,
      ArrowDown: columns,
    };
    const count = record.latest.pictures?.reading.scores.length ?? 0;
    // Before a class, left and right are the next scene and the one before.
    if (page.store.getState().turnsScenes && /^Arrow(Left|Right)$/.test(event.key)) return;
    if (event.key === 'Enter') setLast(last === 'from' ? 'to' : 'from');
    else if (moves[event.key] === undefined) return;
    else {
      const moved = (last === 'from' ? from : to) + moves[event.key];
      if (moved >= 0 && moved < count) move(last, moved);
    }
    event.preventDefault();
  };
  const words = pictures
    ? laterStrings.pictureAlt.images(
        pictures.reading.scores.length,
        pictures.reading.realScores.length,
        sentence,
        step < 0 ? undefined : step,
      )
    : laterStrings.charts.waiting;
  const hint = useId();
  const handlers = {
    tabIndex: 0,
    role: 'application',
    'aria-roledescription': say.role,
    'aria-describedby': hint,
    title: say.choose,
    onKeyDown,
    onPointerDown({ currentTarget, clientX, clientY }: PointerEvent<HTMLCanvasElement>) {
      const { left, top } = currentTarget.getBoundingClientRect();
      const at = grid.current && tileAt(grid.current, clientX - left, clientY - top);
      const count = record.latest.pictures?.reading.scores.length ?? 0;
      if (at !== undefined && at < count) choose(at);
    },
  };
  return (
    <>
      <canvas
        ref={canvas}
        className="picture-canvas"
        aria-label={`${words} ${say.chosen(from, to)}`}
        {...handlers}
      />
      <p className="hidden" id={hint}>
        {say.keys}
      </p>
    </>
  );
}
