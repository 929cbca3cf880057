/** The devices on which a run can be played, for those who may not reach into `compute`. */
export { deviceNames, hasGraphicsCard, openDevice } from '../compute/device.ts';
export type { Device } from '../compute/program.ts';
