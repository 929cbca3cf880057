/** The experiment that the page opens with. */
import type { Preset } from '../kinds.ts';

export const ring: Preset = {
  name: 'ring',
  label: 'Ring of eight',
  summary: 'A small GAN learns eight Gaussians on a circle. Does it find them all?',
  source: 'after Metz et al. 2017 (arXiv:1611.02163), at browser size',
  experiment: {},
};
