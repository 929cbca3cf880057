/** Runs before the page itself is there: its worker starts to load at the same time. Only the built page has it. */
import { startEarly } from './worker/start.ts';

startEarly();
