/** `export`: a run as a Python script that plays it again, on standard output. */
import { objections } from '../catalog/sense.ts';
import { type Flavour, filesWithin, pythonScript } from '../script/index.ts';
import type { Problem } from '../settings/index.ts';
import { readData } from './data.ts';
import { readExperiment } from './experiment.ts';
import { readFlags, unknownName, wholeNumber } from './flags.ts';
import { type Io, oneLine, refuse } from './output.ts';
import { MOST_LANES, MOST_STEPS, playWants } from './play.ts';

const STEPS = 1000;
const FLAVOURS: readonly Flavour[] = ['numpy', 'torch'];

export async function exportScript(argv: readonly string[], io: Io): Promise<number> {
  const problems: Problem[] = [];
  const options = {
    set: { type: 'string', multiple: true },
    method: { type: 'string' },
    points: { type: 'string' },
    lane: { type: 'string' },
    steps: { type: 'string' },
    flavour: { type: 'string' },
  } as const;
  const flags = readFlags(argv, options, playWants, problems);
  const steps = wholeNumber(flags, 'steps', STEPS, [0, MOST_STEPS], problems);
  const [wanted] = flags.texts('flavour');
  const flavour = FLAVOURS.find((each) => each === wanted);
  if (wanted !== undefined && !flavour) problems.push(unknownName('--flavour', wanted, FLAVOURS));
  const [name] = flags.positionals;
  const [method] = flags.texts('method');
  const [points] = flags.texts('points');
  const lane = wholeNumber(flags, 'lane', 1, [1, MOST_LANES], problems);
  const changes = { sets: flags.texts('set'), method, points, lane };
  const { experiment, course } = name === undefined ? {} : readExperiment(name, changes, problems);
  if (!experiment || problems.length > 0) return refuse(problems, io);

  const held = filesWithin(experiment).map(async (file) => [file, await readData(file)] as const);
  const files = Object.fromEntries(await Promise.all(held));
  const script = pythonScript(experiment, {
    steps,
    flavour,
    files,
    changes: course?.settings.slice(1).filter(({ step }) => step < steps),
    alone: course?.alone.filter(({ step }) => step < steps),
  });
  if (script.problems.length > 0) {
    const found = script.problems.map((message) => ({
      path: 'export',
      expected: 'a script',
      found: '',
      message,
    }));
    return refuse(found, io);
  }
  for (const { path, message } of objections(experiment)) io.err(`note: ${path}: ${oneLine(message)}\n`);
  await io.out(script.text);
  return 0;
}
