/** What runs in a worker: a host for each line that the page opens to it. */
import { prepare } from '../engine/choose.ts';
import { readData } from './data.ts';
import { serve } from './host.ts';
import { LINE, type Wire } from './protocol.ts';

addEventListener('message', ({ data, ports }) => {
  if (data === LINE) serve(ports[0] as unknown as Wire, readData);
});
prepare();
