/** The watchers, the one with the worst news first. */
import { collapse } from './collapse.ts';
import { cycling } from './cycling.ts';
import { discriminator } from './discriminator.ts';
import { divergence } from './divergence.ts';
import { stall } from './stall.ts';

export const watchers = [divergence, discriminator, collapse, stall, cycling] as const;
