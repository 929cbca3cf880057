/** The picture of a GAN on a line: real and generated samples as densities, the discriminator as a curve. */
import { usePage, usePageState, useSpoken } from '../context.ts';
import { binned, drawChance, drawDensity, drawLineAxes, drawLineModes, lineFrame } from '../draw/line.ts';
import { FOUND_SHARE, factsOf } from '../facts.ts';
import { strings } from '../strings.ts';
import type { LanePicture } from './Pictures.tsx';
import { THIRTY_A_SECOND_MS, useCanvas } from './useCanvas.ts';

/** The highest bin of the real samples reaches up to here; a generator on one mode goes beyond. */
const REAL_HEIGHT = 0.6;

export function LinePicture({ lane }: LanePicture) {
  const page = usePage();
  const record = page.recordOf(lane);
  const hidden = usePageState((state) => state.hidden);
  const game = usePageState((state) => state.experiment.game);
  const sentence = useSpoken(lane);
  const step = usePageState((state) => (state.playing ? -1 : lane.readout.step));
  const { picture } = factsOf(game);

  const canvas = useCanvas(({ context, width, height, palette }) => {
    if (picture.kind !== 'samples') return;
    page.setAspect(1);
    const { samples, discriminator, modes } = record.latest;
    const frame = lineFrame(width, height, picture.extent, palette.textSize);
    const showsCurve = !hidden.has('discriminator');
    drawLineAxes(context, frame, palette, showsCurve);
    if (samples?.reading.dimension === 1) {
      const real = binned(samples.reading.real, picture.extent);
      const full = Math.max(...real) / REAL_HEIGHT;
      if (!hidden.has('real')) drawDensity(context, frame, real, full, palette.discriminator, palette);
      if (!hidden.has('generated')) {
        const generated = binned(samples.reading.generated, picture.extent);
        drawDensity(context, frame, generated, full, palette.generator, palette);
      }
    }
    if (discriminator && discriminator.reading.logits.length === discriminator.reading.resolution) {
      const { logits, extent } = discriminator.reading;
      if (showsCurve) drawChance(context, frame, logits, extent, palette);
    }
    if (picture.modes && modes && !hidden.has('modes')) {
      const { histogram, samples: counted } = modes.reading;
      drawLineModes(
        context,
        frame,
        picture.modes.centres,
        (k) => histogram[k] >= FOUND_SHARE * counted,
        palette,
      );
    }
    return undefined;
  }, THIRTY_A_SECOND_MS);

  return (
    <canvas
      ref={canvas}
      className="picture-canvas"
      role="img"
      aria-label={strings.pictureAlt.line(sentence, step < 0 ? undefined : step)}
    />
  );
}
