/** The command line as a function: finds the command and answers with its exit code. */

import { loadLate } from '../catalog/late.ts';
import { unknownName } from './flags.ts';
import { help } from './help.ts';
import { type Io, oneLine, refuse } from './output.ts';

type Command = (argv: readonly string[], io: Io) => Promise<number>;

/** Each is loaded when it is called, so that none waits for what only another one needs. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  list: async () => (await import('./list.ts')).list,
  run: async () => (await import('./run.ts')).run,
  inspect: async () => (await import('./inspect.ts')).inspect,
  export: async () => (await import('./export.ts')).exportScript,
  reference: async () => (await import('./reference.ts')).reference,
  schema: async () => (await import('./schema.ts')).schema,
};

/** Exit code of what nobody should ever see: a fault of Saddle, or a machine that ran out of something. */
const FAULT = 1;

export async function saddle(argv: readonly string[], io: Io): Promise<number> {
  const [name = 'help', ...rest] = argv;
  if (name === 'help' || argv.includes('--help') || argv.includes('-h')) {
    await io.out(help);
    return 0;
  }
  if (!Object.hasOwn(commands, name)) {
    return refuse([unknownName('The command', name, [...Object.keys(commands), 'help'])], io);
  }
  try {
    await loadLate();
    const command = await commands[name]();
    return await command(rest, io);
  } catch (error) {
    io.err(`saddle ${name} could not go on: ${oneLine(String((error as Error).message ?? error))}\n`);
    return FAULT;
  }
}
