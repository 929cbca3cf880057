/** What stands around a script: what it says of itself, its loop, its picture, its arguments. */
import { adjustments as adjustmentEntries } from '../catalog/adjustments/index.ts';
import { averages as averageEntries } from '../catalog/averages/index.ts';
import { clippings as clippingEntries } from '../catalog/clippings/index.ts';
import { constraints as constraintEntries } from '../catalog/constraints/index.ts';
import { type Experiment, experiment as schema } from '../catalog/experiment.ts';
import { foresights as foresightEntries } from '../catalog/foresights/index.ts';
import type { ImageSize, Model, Sourced } from '../catalog/kinds.ts';
import { lookaheads as lookaheadEntries } from '../catalog/lookaheads/index.ts';
import { rules as ruleEntries } from '../catalog/rules/index.ts';
import { schedules as scheduleEntries } from '../catalog/schedules/index.ts';
import { schemes as schemeEntries } from '../catalog/schemes/index.ts';
import { toQuery } from '../settings/index.ts';
import { presetOf } from './presets.ts';
import { type Flavour, quotable, wrapped } from './words.ts';

/** The chosen entry of a list. */
export const entryOf = (list: readonly unknown[], { kind }: { kind: string }) =>
  (list as readonly Sourced[]).find(({ name }) => name === kind) as Sourced & { formula?: string };

/** The source without what stands behind the first semicolon. */
export const sourceOf = ({ source }: Sourced) => source.split(';')[0];

export function imports(isTorch: boolean, body: string): string {
  return [
    'import argparse',
    ...(body.includes('base64.') ? ['import base64'] : []),
    ...(body.includes('gzip.') ? ['import gzip'] : []),
    ...(body.includes('hashlib.') ? ['import hashlib'] : []),
    'import math',
    ...(body.includes('zlib.') ? ['import zlib'] : []),
    ...(body.includes('Path(') ? ['from pathlib import Path'] : []),
    'from types import SimpleNamespace as Settings',
    '',
    'import numpy as np',
    ...(isTorch ? ['import torch'] : []),
  ].join('\n');
}

const lists: Readonly<Record<string, readonly unknown[]>> = {
  scheme: schemeEntries,
  generator: ruleEntries,
  discriminator: ruleEntries,
  foresight: foresightEntries,
  adjustment: adjustmentEntries,
  clipping: clippingEntries,
  schedule: scheduleEntries,
  constraint: constraintEntries,
  lookahead: lookaheadEntries,
  averaging: averageEntries,
};

export function docstring(
  experiment: Experiment,
  game: Sourced & { formula?: string },
  flavour: Flavour,
  notes: readonly string[],
  files: readonly string[],
): string {
  const preset = presetOf(experiment);
  const link = preset ? `#preset=${preset.name}` : `#${toQuery(schema, experiment)}`;
  const parts = experiment as unknown as Readonly<Record<string, { kind: string }>>;
  const said = Object.entries(lists).flatMap(([part, entries]) => {
    if (parts[part].kind === 'none') return [];
    const entry = entryOf(entries, parts[part]);
    const isShared = JSON.stringify(parts.generator) === JSON.stringify(parts.discriminator);
    if (part === 'discriminator' && isShared) return [];
    const who = part === 'generator' && isShared ? 'both players' : part;
    return [`${who}: ${entry.label} (${sourceOf(entry)})`];
  });
  const text = [
    `${preset && preset.label !== game.label ? `${preset.label}. ` : ''}${game.label}: ${game.formula ?? ''}`,
    '',
    `A run of Saddle as a script of ${flavour === 'torch' ? 'PyTorch' : 'NumPy'}: the same first point, the same draws, the same steps.`,
    `The link of the run ends in ${link}`,
    ...(notes.length > 0 ? ['', ...notes.map((note) => `NOTE. ${note}`)] : []),
    '',
    `game: ${game.label} (${sourceOf(game)})`,
    ...said,
    '',
    `Needs Python 3.9 and ${flavour === 'torch' ? 'PyTorch 2 (with NumPy)' : 'NumPy'}${files.map((file) => `, and beside it ${file} from public/data of Saddle`).join('')}; draws a picture where there is matplotlib.`,
  ];
  return `"""${quotable(text.map((line) => wrapped(line, line.includes(': ') ? 2 : 0)).join('\n'))}\n"""`;
}

interface RunParts {
  readonly hasBatches: boolean;
  readonly remembers: boolean;
  readonly looksBack: boolean;
  readonly averages: boolean;
  /** In some steps one player stands still. */
  readonly holds: boolean;
  readonly changes: string;
  readonly isTorch: boolean;
  /** Its points are long: all of them are too many to keep unasked. */
  readonly isLong: boolean;
}

export function runText({
  hasBatches,
  remembers,
  looksBack,
  averages: means,
  holds,
  changes,
  isTorch,
  isLong,
}: RunParts): string {
  const copy = isTorch ? 'w.clone()' : 'w.copy()';
  const after = holds ? '        w = held(w, before)\n' : '';
  const mover = `        now.mover = next((who for at, many, who in ALONE if at <= now.step < at + many), None)
        before = kept(w)
`;
  return `def run(steps=STEPS, tell=None${isLong ? ', keep=True' : ''}):
    """Takes steps from the first point; every point passed, one a row${isLong ? ' (or the first and the last)' : ''}."""
    w = START${isTorch ? '.clone()' : '.copy()'}
    points = [${copy}]
    for now.step in range(steps):
${changes}${holds ? mover : ''}        now.drawn = 0
        if tell and now.step % max(1, steps // 10) == 0:
${hasBatches ? '            tell(now.step, w, losses(w, next_batch()))\n            now.drawn = 0\n' : '            tell(now.step, w, losses(w))\n'}        w = step(w)
${after}        if not ${isTorch ? 'bool(torch.isfinite(w).all())' : 'np.isfinite(w).all()'}:
            print(f"The run diverged in step {now.step + 1}.")
            break
${remembers ? '        remember(w)\n' : ''}${looksBack ? `        w = look_back(w)\n${after}` : ''}${means ? `        w = average_in(w)\n${after}` : ''}        points.append(${copy})
${isLong ? '        if not keep:\n            del points[1:-1]\n' : ''}    return ${isTorch ? 'torch.stack(points).cpu().numpy()' : 'np.array(points)'}`;
}

/** Data and generated pictures, as two sheets. */
const sheets = ({ side, channels }: ImageSize, numpy: string) => `    across = math.isqrt(len(batch.real))
    for place, pictures in enumerate((batch.real, generate(batch.latent, g))):
        pictures = pictures[: across * across]${numpy}.reshape(across, across, ${side}, ${side}, ${channels})
        sheet = pictures.transpose(0, 2, 1, 3, 4).reshape(across * ${side}, across * ${side}, ${channels})
        plt.subplot(1, 2, place + 1, title=("data", "generated")[place])
        plt.imshow(((sheet + 1) / 2).clip(0, 1)${channels === 1 ? ', cmap="gray", vmin=0, vmax=1' : ''})
        plt.axis("off")`;

export function mainText(
  size: number,
  hasGenerator: boolean,
  reads: boolean,
  means: boolean,
  isTorch: boolean,
  picture: Model['picture'],
): string {
  const isLong = picture.kind === 'images';
  const end = means ? 'average' : isTorch ? 'tensor(points[-1])' : 'points[-1]';
  const numpy = isTorch ? '.detach().cpu().numpy()' : '';
  const plot =
    hasGenerator && reads
      ? `    now.step, now.drawn = ${isLong ? 'now.step + 1' : 'len(points) - 1'}, 0
    batch = next_batch()
    w = ${end}
    g, _ = unpack(${isTorch ? 'w[:SPLIT], w[SPLIT:]' : 'w'})
${
  picture.kind === 'images'
    ? sheets(picture, numpy)
    : `    for name, samples in (("data", batch.real), ("generated", generate(batch.latent, g))):
        samples = samples${numpy}
        x, y = samples[:, 0], samples[:, 1] if samples.shape[1] > 1 else 0 * samples[:, 0]
        plt.scatter(x, y, s=8, label=name)
    plt.legend()`
}`
      : picture.kind === 'plane' && size === 2
        ? `    plt.plot(points[:, 0], points[:, 1], marker=".", linewidth=0.5)
    plt.plot(*points[0], "o", label="start")
    plt.xlabel("the generator's parameter")
    plt.ylabel("the discriminator's parameter")
    plt.legend()`
        : `    plt.plot(points[:, :SPLIT], "-", points[:, SPLIT:], "--")
    plt.xlabel("steps")
    plt.ylabel("parameters: the generator's solid, the discriminator's dashed")`;
  return `def show(points):
    """A picture, where there is matplotlib."""
    try:
        import matplotlib.pyplot as plt
    except ImportError:
        return
${plot}
    plt.show()


def main():
    """Runs, tells a few numbers, and shows the run; writes nothing unless asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--save", metavar="FILE", help="write all points to a file of NumPy (.npy)")
    parser.add_argument("--no-plot", action="store_true", help="show no picture")
    arguments = parser.parse_args()

    def tell(step, w, loss):
        place = f", point {w.tolist()}" if SIZE <= 4 else ""
        print(f"step {step}: L_G {loss['generator']:.6g}, L_D {loss['discriminator']:.6g}{place}")

    points = run(arguments.steps, tell${isLong ? ', keep=arguments.save is not None' : ''})
    print(f"${isLong ? 'at the end' : 'after {len(points) - 1} steps'}: ${size <= 12 ? 'point {points[-1].tolist()}' : 'length of the point {np.linalg.norm(points[-1]):.17g}'}")
    if arguments.save:
        np.save(arguments.save, points)
    if not arguments.no_plot:
        show(points)`;
}

/** The end of a script. */
export const lastLines = `if __name__ == "__main__":
    main()`;
