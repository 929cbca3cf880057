/** The picture of domain adaptation: labelled source points, target points, and what both judges make of the plane. */
import { useState } from 'react';
import { usePage, usePageState, useSpoken } from '../context.ts';
import { drawBoundary } from '../draw/boundary.ts';
import { openHeat } from '../draw/heat.ts';
import { drawSigns } from '../draw/labelled.ts';
import { strokeOf } from '../draw/palette.ts';
import { centred } from '../draw/plane.ts';
import { openDots } from '../draw/points.ts';
import { factsOf } from '../facts.ts';
import { laterStrings } from '../laterStrings.ts';
import { strings } from '../strings.ts';
import type { LanePicture } from './Pictures.tsx';
import { THIRTY_A_SECOND_MS, useCanvas } from './useCanvas.ts';

export function DomainsPicture({ lane }: LanePicture) {
  const page = usePage();
  const record = page.recordOf(lane);
  const hidden = usePageState((state) => state.hidden);
  const game = usePageState((state) => state.experiment.game);
  const sentence = useSpoken(lane);
  const step = usePageState((state) => (state.playing ? -1 : lane.readout.step));
  const { picture } = factsOf(game);
  const [{ heat, dots }] = useState(() => ({ heat: openHeat(), dots: openDots() }));

  const canvas = useCanvas(({ context, width, height, palette, elapsedMs }) => {
    if (picture.kind !== 'domains') return;
    page.setAspect(width / height, lane.id);
    const frame = centred(width, height, picture.extent);
    const reading = record.latest.domains?.reading;
    if (!record.frame) heat.clear();
    if (reading) heat.aim(reading.domains, reading.resolution, reading.extent);
    const isWarming = !hidden.has('domain') && heat.advance(elapsedMs);
    if (!hidden.has('domain')) heat.draw(context, frame, palette);
    if (!hidden.has('target')) {
      dots.draw(context, frame, picture.target.positions, palette, 0.16 * palette.textSize);
    }
    if (!hidden.has('source')) drawSigns(context, frame, picture.source, palette);
    if (reading && !hidden.has('labels')) {
      const { labels, resolution, extent } = reading;
      drawBoundary(context, frame, { values: labels, resolution, extent });
      context.strokeStyle = palette.lane;
      context.lineWidth = 2.4 * strokeOf(palette);
      context.lineJoin = 'round';
      context.stroke();
    }
    return isWarming;
  }, THIRTY_A_SECOND_MS);

  return (
    <>
      <canvas
        ref={canvas}
        className="picture-canvas"
        role="img"
        aria-label={laterStrings.pictureAlt.domains(sentence, step < 0 ? undefined : step)}
      />
      <div className="colour-bar" aria-hidden="true" data-off={hidden.has('domain') || undefined}>
        <span>{strings.layers.saysTarget}</span>
        <i />
        <span>{strings.layers.saysSource}</span>
      </div>
    </>
  );
}
