/** Every list of the catalog, by the name of its kind and in the order in which an experiment asks for them. */
import { probes } from '../analysis/index.ts';
import { adjustments } from '../catalog/adjustments/index.ts';
import { averages } from '../catalog/averages/index.ts';
import { clippings } from '../catalog/clippings/index.ts';
import { constraints } from '../catalog/constraints/index.ts';
import { datasets } from '../catalog/datasets/index.ts';
import { foresights } from '../catalog/foresights/index.ts';
import { games } from '../catalog/games/index.ts';
import { initialisers } from '../catalog/initialisers/index.ts';
import { lookaheads } from '../catalog/lookaheads/index.ts';
import { losses } from '../catalog/losses/index.ts';
import { methods } from '../catalog/methods/index.ts';
import { pictureNetworks } from '../catalog/networks/pictures.ts';
import { penalties } from '../catalog/penalties/index.ts';
import { presets } from '../catalog/presets/index.ts';
import { races } from '../catalog/races/index.ts';
import { rules } from '../catalog/rules/index.ts';
import { schedules } from '../catalog/schedules/index.ts';
import { schemes } from '../catalog/schemes/index.ts';
import { deviceNames } from '../engine/devices.ts';
import type { Group } from '../settings/index.ts';

/** What may be known of something to choose. */
export interface Listed {
  readonly name: string;
  readonly label?: string;
  readonly summary?: string;
  readonly source?: string;
  readonly formula?: string;
  readonly cost?: string;
  readonly settings?: Group;
  /** Of a preset: what differs from the defaults. */
  readonly experiment?: Readonly<Record<string, unknown>>;
  /** Of a race: what each further lane has that the first has not, by path. */
  readonly lanes?: readonly Readonly<Record<string, string | number>>[];
  /** Of a method: the parts of the optimizer that are not plain. */
  readonly optimizer?: Readonly<Record<string, unknown>>;
}

export const catalog: Readonly<Record<string, readonly Listed[]>> = {
  presets,
  races,
  methods,
  games,
  datasets,
  losses,
  penalties,
  networks: pictureNetworks,
  initialisers,
  schemes,
  rules,
  foresights,
  adjustments,
  clippings,
  schedules,
  constraints,
  lookaheads,
  averages,
  probes,
  devices: deviceNames.map((name) => ({ name })),
};
