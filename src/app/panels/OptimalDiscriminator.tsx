/** The best discriminator there could be for the present samples, and what the one at play misses of it. */
import { useState } from 'react';
import { usePage, usePageState } from '../context.ts';
import { openHeat } from '../draw/heat.ts';
import { centred } from '../draw/plane.ts';
import { factsOf } from '../facts.ts';
import { laterStrings } from '../laterStrings.ts';
import { strings } from '../strings.ts';
import { Figure } from './Figure.tsx';
import { panelStrings } from './strings.ts';
import { useReading } from './useNews.ts';

const say = panelStrings.dynamics;

export function OptimalDiscriminator() {
  const page = usePage();
  const picture = usePageState((state) => factsOf(state.experiment.game).picture);
  const [heat] = useState(openHeat);
  const reading = useReading('optimalDiscriminator');
  const words = reading && say.optimalWords(reading.divergence, reading.gap, reading.count);
  return (
    <Figure
      title={strings.panels.optimal}
      note={reading && say.ofStep(reading.step)}
      words={words}
      alt={words ? say.optimalAlt(words) : `${strings.panels.optimal}: ${laterStrings.charts.waiting}.`}
      step={page.record.latest.optimalDiscriminator?.step}
      paint={({ context, width, height, palette }) => {
        const now = page.record.latest.optimalDiscriminator?.reading;
        if (!now || picture.kind !== 'samples') return undefined;
        heat.aim(now.logits, now.resolution, now.extent);
        heat.advance(Number.POSITIVE_INFINITY);
        heat.draw(context, centred(width, height, picture.extent), palette);
        return undefined;
      }}
    />
  );
}
