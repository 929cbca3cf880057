/** The picture of a GAN on a line: real and generated samples as densities, the discriminator as a curve; seen and heard. */
import { usePage, usePageState, useSpoken } from '../context.ts';
import { binned, drawChance, drawDensity, drawLineAxes, drawLineModes, lineFrame } from '../draw/line.ts';
import { FOUND_SHARE, factsOf } from '../facts.ts';
import { laterStrings } from '../laterStrings.ts';
import type { RunRecord } from '../record.ts';
import type { Layer } from '../store.ts';
import { hearableLine, type LineCurves } from './hearableLine.ts';
import { lazily } from './lazily.tsx';
import { lineStrings as say } from './lineStrings.ts';
import type { LanePicture } from './Pictures.tsx';
import { THIRTY_A_SECOND_MS, useCanvas } from './useCanvas.ts';
import { useVoice } from './useVoice.ts';

const Listen = lazily(async () => (await import('../access/Listen.tsx')).Listen, null);

/** The highest bin of the real samples reaches up to here; a generator on one mode goes beyond. */
const REAL_HEIGHT = 0.6;

/** The curves of what is shown now. */
function curvesOf({ latest }: RunRecord, extent: number, hidden: ReadonlySet<Layer>): LineCurves {
  const { samples, discriminator } = latest;
  const isOnLine = samples?.reading.dimension === 1;
  const real = isOnLine ? binned(samples.reading.real, extent) : undefined;
  const isCurve = discriminator && discriminator.reading.logits.length === discriminator.reading.resolution;
  return {
    full: real ? Math.max(...real) / REAL_HEIGHT : 1,
    real: hidden.has('real') ? undefined : real,
    generated: isOnLine && !hidden.has('generated') ? binned(samples.reading.generated, extent) : undefined,
    chance: isCurve && !hidden.has('discriminator') ? discriminator.reading : undefined,
  };
}

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
    page.setAspect(1, lane.id);
    const { modes } = record.latest;
    const frame = lineFrame(width, height, picture.extent, palette.textSize);
    drawLineAxes(context, frame, palette, !hidden.has('discriminator'));
    const { full, real, generated, chance } = curvesOf(record, picture.extent, hidden);
    if (real) drawDensity(context, frame, real, full, palette.discriminator, palette);
    if (generated) drawDensity(context, frame, generated, full, palette.generator, palette);
    if (chance) drawChance(context, frame, chance.logits, chance.extent, palette);
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

  const isRace = usePageState((state) => state.lanes.length > 1);
  const { voice, speak } = useVoice();
  const extent = picture.kind === 'samples' ? picture.extent : 1;
  return (
    <>
      <canvas
        ref={canvas}
        className="picture-canvas"
        role="img"
        aria-label={laterStrings.pictureAlt.line(sentence, step < 0 ? undefined : step)}
      />
      <div className="picture-listen">
        <Listen
          title={isRace ? say.titleOf(page.nameOf(lane)) : say.title}
          speak={speak}
          curves={() => hearableLine(curvesOf(record, extent, hidden), extent)}
        />
        <p className="hidden" aria-live="polite" ref={voice} />
      </div>
    </>
  );
}
