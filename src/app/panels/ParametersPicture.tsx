/** The picture of a game without one of its own: all parameters of both players as bars. */
import { useRef } from 'react';
import { usePage, usePageState, useSpoken } from '../context.ts';
import { barExtent, drawBars } from '../draw/bars.ts';
import { factsOf } from '../facts.ts';
import { laterStrings } from '../laterStrings.ts';
import type { LanePicture } from './Pictures.tsx';
import { useCanvas } from './useCanvas.ts';

export function ParametersPicture({ lane }: LanePicture) {
  const page = usePage();
  const record = page.recordOf(lane);
  const hidden = usePageState((state) => state.hidden);
  const game = usePageState((state) => state.experiment.game);
  const sentence = useSpoken(lane);
  const step = usePageState((state) => (state.playing ? -1 : lane.readout.step));
  const { equilibria, names, sizes } = factsOf(game);
  const extent = useRef(0);

  const canvas = useCanvas(({ context, width, height, palette }) => {
    const values = record.latest.point?.reading;
    if (!record.frame) extent.current = 0;
    if (values?.length !== names.length) return undefined; // of the game before
    const equilibrium = equilibria[0]?.point;
    extent.current = barExtent(extent.current, values, equilibrium);
    drawBars(
      context,
      width,
      height,
      {
        values,
        split: sizes.generator,
        names,
        equilibrium,
        hidden: {
          generator: hidden.has('generatorParameters'),
          discriminator: hidden.has('discriminatorParameters'),
        },
        extent: extent.current,
      },
      palette,
    );
    return undefined;
  });

  return (
    <canvas
      ref={canvas}
      className="picture-canvas"
      role="img"
      aria-label={laterStrings.pictureAlt.parameters(
        sizes.generator,
        sizes.discriminator,
        sentence,
        step < 0 ? undefined : step,
      )}
    />
  );
}
