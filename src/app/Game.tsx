/** The left column: what is played, with all its settings. */
import { experiment as schema } from '../catalog/experiment.ts';
import { presetOf } from './address.ts';
import { usePageState } from './context.ts';
import { OneSetting } from './controls/Setting.tsx';
import { strings } from './strings.ts';

export function Game() {
  const game = usePageState((state) => state.experiment.game);
  return (
    <section className="column game" aria-labelledby="game-title">
      <h2 id="game-title">{strings.columns.game}</h2>
      <PresetWords />
      <OneSetting setting={schema.fields.game} value={game} path="game" asCards />
    </section>
  );
}

/** What the preset that is played shows, and where it is from. */
function PresetWords() {
  const experiment = usePageState((state) => state.experiment);
  const preset = presetOf(experiment);
  if (!preset) return null;
  return (
    <div className="preset-words">
      <h3>{preset.label}</h3>
      <p className="summary">{preset.summary}</p>
      <p className="source">{preset.source}</p>
    </div>
  );
}
