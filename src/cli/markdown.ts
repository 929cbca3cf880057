/** The whole catalog as one Markdown document: of each entry its meaning, formula, source and settings. */
import { experiment as schema } from '../catalog/experiment.ts';
import { type Group, parse, pick, reference, type Setting, toPairs } from '../settings/index.ts';
import { catalog, type Listed } from './catalog.ts';

/** How the committed copy is made. */
export const RENEW = 'npm run -s saddle -- list --markdown > docs/catalog.md';

/** What each list is, and where an experiment chooses from it. */
const kinds: Readonly<Record<string, readonly [title: string, about: string]>> = {
  presets: ['Presets', 'Whole experiments: `run NAME`. Listed is what differs from the defaults.'],
  races: [
    'Races',
    'One game under several optimizers, in the page’s list of presets. A further lane differs from the first in what is listed.',
  ],
  methods: [
    'Methods',
    'Named optimizers of the literature: `--method NAME` replaces the whole optimizer and keeps the game. What a method does not list is plain.',
  ],
  games: ['Games', 'What is played: `game`.'],
  datasets: ['Datasets', 'What a GAN is to imitate: `game.dataset`.'],
  losses: ['Losses', 'What the players of a GAN minimise: `game.loss`.'],
  penalties: ['Penalties', 'What keeps the discriminator’s slope in bounds: `game.penalty`.'],
  networks: [
    'Networks',
    'What the players of a GAN are: `game.generatorNetwork`, `game.discriminatorNetwork`.',
  ],
  initialisers: ['First weights', 'How a network’s weights are drawn: `initialiser` of a network.'],
  schemes: ['Schemes', 'Where, and in which order, the players read the field: `scheme`.'],
  rules: ['Rules', 'How a player turns its gradient into a step: `generator`, `discriminator`.'],
  foresights: ['Foresights', 'How far the generator looks ahead of the discriminator: `foresight`.'],
  adjustments: ['Adjustments', 'What the field is bent by before the players follow it: `adjustment`.'],
  clippings: ['Gradient clipping', 'What becomes of gradients that are too long: `clipping`.'],
  schedules: ['Rate schedules', 'How both learning rates change over time: `schedule`.'],
  constraints: ['Constraints', 'Where the parameters are kept: `constraint`.'],
  lookaheads: ['Lookaheads', 'Going part of the way back every few steps: `lookahead`.'],
  averages: ['Averages', 'A mean of the points passed, beside the run: `averaging`.'],
  probes: ['Probes', 'What can be observed of a run: `--watch NAME`.'],
  devices: ['Devices', 'What computes: `--device NAME`.'],
};

const preface = `# The catalog

Everything that can be chosen. An entry is chosen by its name, and its settings lie below that choice:
\`--set scheme=alternating --set scheme.discriminatorSteps=5\`, or \`{"scheme": {"kind": "alternating",
"discriminatorSteps": 5}}\` in a file. Live settings may change while a run goes on.

Notation: θ is what the generator moves, φ what the discriminator moves, w both; g_θ and g_φ are the gradients of
their own losses, F is both, J its Jacobian, λ an eigenvalue of J; η is a rate. Logits s are high for real.
sp(x) = ln(1 + eˣ).

Made by \`${RENEW}\`; a test holds that it is up to date.`;

export function markdown(): string {
  const contents = Object.keys(catalog).map((kind) => `- [${titleOf(kind)}](#${anchorOf(titleOf(kind))})`);
  const sections = Object.entries(catalog).flatMap(([kind, entries]) => [
    `## ${titleOf(kind)}`,
    kinds[kind][1],
    ...entries.map(section),
  ]);
  return `${[preface, contents.join('\n'), ...sections].join('\n\n')}\n`;
}

const titleOf = (kind: string) => kinds[kind][0];
const anchorOf = (title: string) => title.toLowerCase().replaceAll(' ', '-');

function section({
  name,
  label,
  summary,
  formula,
  source,
  cost,
  settings,
  experiment,
  optimizer,
  lanes = [],
}: Listed): string {
  const chosen = experiment ?? optimizer;
  const facts = [
    formula && `- Formula: \`${formula}\``,
    source && `- Source: ${source}`,
    cost && `- Cost: ${cost}`,
    chosen && `- Sets: ${pairsOf(chosen)}`,
    ...lanes.map((lane, i) => `- Lane ${i + 2}: ${written(Object.entries(lane))}`),
  ].filter(Boolean);
  const parts = [
    `### \`${name}\`${label ? `: ${label}` : ''}`,
    summary,
    facts.join('\n'),
    settings && Object.keys(settings.fields).length > 0 ? tablesOf(settings) : undefined,
  ];
  return parts.filter(Boolean).join('\n\n');
}

function pairsOf(differences: Readonly<Record<string, unknown>>): string {
  return written(toPairs(schema, parse(schema, differences).values));
}

const written = (pairs: readonly (readonly [path: string, value: string | number])[]) =>
  pairs.length === 0 ? 'nothing' : pairs.map(([path, value]) => `\`${path}=${value}\``).join(', ');

/** The tables of an entry's settings; what has a section of its own in this document is only named. */
function tablesOf(settings: Group): string {
  return reference(named(settings) as Group)
    .replace(/^## .*\n\n/, '')
    .replace(/^###/gm, '####')
    .trimEnd();
}

const listed = new Set<object>(Object.values(catalog).flat());

/** A choice among entries that have their own section, as a choice among their names. */
function named(setting: Setting): Setting {
  if (setting.type === 'group') {
    const fields = Object.entries(setting.fields).map(([name, field]) => [name, named(field)]);
    return { ...setting, label: undefined, fields: Object.fromEntries(fields) } as Group;
  }
  if (setting.type !== 'choice' || !setting.entries.every((entry) => listed.has(entry))) return setting;
  const { label, summary, live, entries } = setting;
  const options = Object.fromEntries(entries.map((entry) => [entry.name, entry.label]));
  return pick({ label, summary, live, options, default: setting.default });
}
