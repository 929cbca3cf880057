/** The words of the picture on a line, as it is heard. */
import { percent } from '../format.ts';

export const lineStrings = {
  title: 'Samples on a line',
  titleOf: (lane: string) => `Samples on a line, ${lane}`,
  real: (most: number) => `real samples, in the fullest bin ${percent(most, 1)} of them`,
  generated: (most: number) => `generated samples, in the fullest bin ${percent(most, 1)} of them`,
  chance: 'the discriminator’s probability of being real',
};
