/** `inspect`: everything about one moment of a run in one JSON object, for another program to recompute. */

import { equilibria } from '../analysis/equilibria.ts';
import { leadingSpectrum } from '../analysis/leadingSpectrum.ts';
import { spectrum } from '../analysis/spectrum.ts';
import { type Experiment, experiment as schema } from '../catalog/experiment.ts';
import { momentOf } from '../engine/frame.ts';
import type { Session } from '../engine/session.ts';
import { half, players } from '../math/field.ts';
import type { Wanted } from '../math/krylovSchur.ts';
import { stream } from '../math/random.ts';
import type { Vector } from '../math/vector.ts';
import { entryOf, type Problem, walk } from '../settings/index.ts';
import { mistake, readFlags, wholeNumber } from './flags.ts';
import { type Io, printObject, refuse } from './output.ts';
import { advanceTo, MOST_STEPS, openPlay, openProgress, playOptions, playWants } from './play.ts';
import { finishUnlessStopped, type ProbeSettings, readProbeSettings } from './probing.ts';

/** How the numbers are to be read: enough to recompute every one of them from the rest of the output. */
const conventions = {
  point:
    "The joint point lists the generator's parameters first, [0, split), then the discriminator's, [split, size).",
  parameters:
    'A parameter lies at joint[offset .. offset + size) in row-major order; shape [] is a single number.',
  layers:
    'layerN.weight has shape [inputs, outputs]: a layer computes x W + b for rows x; hidden layers then apply the activation, the last layer does not.',
  batch:
    'What the next step reads first. Each draw is a flat list in row-major order of its shape; `real` and `latent` have one sample a row.',
  game: 'In a gan, generated = G(latent); s_real = D(real) and s_fake = D(generated) are logits, high for real.',
  losses:
    'What each player minimises at this point on this batch; E is the mean over the batch, sp(x) = ln(1 + e^x).',
  field:
    "field.generator is the gradient of losses.generator by the generator's parameters, field.discriminator that of losses.discriminator by the discriminator's; joint is both, in the order of the joint point.",
  motion: 'Descent: the plainest step is point - learningRate * field.',
  direction:
    'd holds standard normals of the stream (seed, "direction"), in the order of the joint point; Jd = J d and JTd = transpose(J) d, where J[i][j] is the derivative of field.joint[i] by point.joint[j].',
  spectrum:
    'Eigenvalue i is re[i] + sqrt(-1) im[i], of J as in direction or of the matrix that is named; at the point, on the batch. Those with |lambda| <= zeroBelow are `zeros`; shares are of all. Of the leading ones, residuals are ||J v - lambda v||, ||v|| = 1.',
  equilibria:
    'Points where field.joint is zero, of games with one parameter for each player (null for others): eigenvalues and jacobian as in spectrum; `radius` is of one step of the optimizer there.',
  formulas: 'What the chosen entries say of themselves, by the path of the setting.',
  memory: "What the scheme and the players' rules remember at this point, before the next step.",
  numbers: 'NaN and infinities are null. All others read back as the same 64-bit numbers.',
};

export async function inspect(argv: readonly string[], io: Io): Promise<number> {
  const problems: Problem[] = [];
  const options = {
    ...playOptions,
    direction: { type: 'string' },
    spectrum: { type: 'boolean' },
    equilibria: { type: 'boolean' },
    leading: { type: 'string' },
  } as const;
  const flags = readFlags(argv, options, playWants, problems);
  const steps = wholeNumber(flags, 'steps', 0, [0, MOST_STEPS], problems);
  const seed = wholeNumber(flags, 'direction', 0, [0, Number.MAX_SAFE_INTEGER], problems);
  const leading = flags.has('leading')
    ? wholeNumber(flags, 'leading', 0, [1, leadingSpectrum.settings.fields.count.max], problems)
    : undefined;
  if (leading !== undefined && !flags.has('spectrum')) {
    problems.push(mistake('--leading', 'given together with --spectrum', String(leading)));
  }
  const probing = readProbeSettings(flags, problems);
  const session = await openPlay(flags, problems, io);
  if (!session || problems.length > 0) return refuse(problems, io);

  const progress = openProgress(steps, io);
  await advanceTo(session, steps, io, progress);
  progress?.clear();
  const found = flags.has('spectrum') ? await readSpectrum(session, leading, probing, io) : undefined;
  const wantsRest = flags.has('equilibria') && equilibria.fits(session.scene);
  const rest = wantsRest
    ? await finishUnlessStopped(equilibria.work(momentOf(session), probing.equilibria), 'points of rest', io)
    : undefined;
  const stopped = io.stopped();
  if (stopped !== undefined) return stopped;

  const { scene, state, outcome, experiment } = session;
  const { size, split, script, device } = scene;
  const { point, step } = state;
  const byPlayer = (joint: Vector) => ({
    generator: half(joint, split, 'generator'),
    discriminator: half(joint, split, 'discriminator'),
    joint,
  });
  const field = scene.field(experiment.seed, step, 0);
  const losses = field.losses(point);
  const direction = flags.has('direction')
    ? stream(seed, 'direction').normals(new Float64Array(size))
    : undefined;
  await printObject(
    {
      experiment,
      device: device.name,
      precision: device.precision,
      step,
      outcome: outcome.kind === 'diverged' ? 'diverged' : 'finished',
      divergedAt: outcome.kind === 'diverged' ? { step: outcome.step, player: outcome.player } : undefined,
      size,
      split,
      parameters: scene.parameters.map(({ player, name, shape, offset }) => {
        return { player, name, shape, offset, size: shape.reduce((product, side) => product * side, 1) };
      }),
      point: byPlayer(point),
      memory: state.memory,
      batch: Object.fromEntries(
        script.draws.map(({ name, shape }) => [name, { shape, values: field.batch[name] }]),
      ),
      losses: Object.fromEntries(players.map((player, i) => [player, losses[i]])),
      field: byPlayer(field.at(point)),
      direction: direction && {
        seed,
        d: direction,
        Jd: field.jvp(point, direction),
        JTd: field.vjp(point, direction),
      },
      spectrum: found,
      equilibria: flags.has('equilibria') ? (rest ?? null) : undefined,
      formulas: formulasOf(experiment),
      conventions,
    },
    io,
  );
  session.dispose();
  return 0;
}

/** All eigenvalues and what they say, or the leading ones in every order; undefined after a signal. */
async function readSpectrum(
  session: Session,
  leading: number | undefined,
  probing: ProbeSettings,
  io: Io,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  // At the run's own point, which is printed, not at its average.
  const moment = { ...momentOf(session), point: session.state.point };
  if (leading === undefined) {
    return finishUnlessStopped(spectrum.work(moment, probing.spectrum), 'spectrum', io);
  }
  const orders = Object.keys(leadingSpectrum.settings.fields.wanted.options) as Wanted[];
  const readings: Record<string, unknown> = {};
  for (const wanted of orders) {
    const settings = { ...probing.leadingSpectrum, wanted, count: leading };
    const work = leadingSpectrum.work(moment, settings);
    readings[wanted] = await finishUnlessStopped(work, `leading eigenvalues, ${wanted}`, io);
    if (readings[wanted] === undefined) return undefined;
  }
  return { leading: readings };
}

/** The formula of every entry chosen, and what every word picked means. */
function formulasOf(experiment: Experiment): Record<string, string> {
  const formulas: Record<string, string> = {};
  for (const { path, setting, value } of walk(schema, experiment)) {
    if (setting.type === 'choice') {
      const entry = entryOf(setting, (value as { kind: string }).kind);
      const formula = (entry as { formula?: string } | undefined)?.formula;
      if (formula) formulas[path] = formula;
    } else if (setting.type === 'pick') formulas[path] = setting.options[value as string];
  }
  return formulas;
}
