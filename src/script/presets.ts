/** Which named experiment an experiment is, to the last setting. */
import { type Experiment, experiment as schema } from '../catalog/experiment.ts';
import type { Preset } from '../catalog/kinds.ts';
import { presets } from '../catalog/presets/index.ts';
import { isSame, parse } from '../settings/index.ts';

/** Read when first asked for. */
let known: readonly { readonly preset: Preset; readonly experiment: Experiment }[] | undefined;

export function presetOf(experiment: Experiment): Preset | undefined {
  known ??= presets.map((preset) => ({ preset, experiment: parse(schema, preset.experiment).values }));
  return known.find((each) => isSame(schema, each.experiment, experiment))?.preset;
}
