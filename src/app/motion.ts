/** Whether things may move by themselves: as the system says, unless somebody asked this page for less. */
import { keep, kept } from './kept.ts';

export type Motion = 'auto' | 'reduce';
const KEPT = 'motion';

/** What was asked of this page, on this visit or an earlier one. */
export const wantedMotion = (): Motion => (kept(KEPT) === 'reduce' ? 'reduce' : 'auto');

/** Style sheets and canvases read it from the root of the page. */
export function setMotion(motion: Motion): void {
  document.documentElement.dataset.motion = motion;
  keep(KEPT, motion);
}

let system: MediaQueryList | undefined;

export function isStill(): boolean {
  system ??= matchMedia('(prefers-reduced-motion: reduce)');
  return system.matches || document.documentElement.dataset.motion === 'reduce';
}
