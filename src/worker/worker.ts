/** What runs in the worker: a host on the worker's own scope. */
import { serve } from './host.ts';
import type { Wire } from './protocol.ts';

serve(globalThis as unknown as Wire);
