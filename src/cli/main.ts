/** The process around the command line: its arguments, streams and signals. */
import { constants } from 'node:os';
import { saddle } from './saddle.ts';

/** A terminal and npm may both pass on one press of Ctrl-C: signals this close together count as one. */
const SAME_SIGNAL_MS = 1000;

let stopped: { exitCode: number; at: number } | undefined;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    const now = performance.now();
    stopped ??= { exitCode: 128 + constants.signals[signal], at: now };
    // Whoever asks again does not want to wait for the end of a long step.
    if (now - stopped.at > SAME_SIGNAL_MS) process.exit(stopped.exitCode);
  });
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0); // the reader has seen enough, as `head` does
  process.stderr.write(`Standard output cannot be written: ${error.message}\n`);
  process.exit(1);
});
process.stderr.on('error', () => {}); // there is nobody left to tell

process.exitCode = await saddle(process.argv.slice(2), {
  out: (text) => new Promise((done) => process.stdout.write(text, () => done())),
  err: (text) => process.stderr.write(text),
  showsProgress: process.stderr.isTTY === true,
  stopped: () => stopped?.exitCode,
});
