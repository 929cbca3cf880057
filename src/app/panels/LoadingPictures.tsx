/** Over a picture, while its run waits for a file: what is loaded, and how much of it is there. */
import { useId } from 'react';
import { experiment as schema } from '../../catalog/experiment.ts';
import { type ChoiceSetting, entryOf, fieldsOf } from '../../settings/index.ts';
import type { LaneState } from '../store.ts';
import './loadingPictures.css';
import { loadingStrings as say } from './loadingStrings.ts';

export function LoadingPictures({ lane: { experiment, loading } }: { lane: LaneState }) {
  const id = useId();
  if (!loading?.file) return null;
  const { share = 0 } = loading;
  return (
    <div className="loading-pictures">
      <p id={id}>{say.loading(labelOf(experiment.game), share)}</p>
      <progress value={share} aria-labelledby={id} />
    </div>
  );
}

/** What the set of pictures is called. */
function labelOf(game: LaneState['experiment']['game']): string {
  const { dataset } = fieldsOf(schema.fields.game, game) as { dataset?: ChoiceSetting };
  return dataset && 'dataset' in game ? (entryOf(dataset, game.dataset.kind)?.label ?? '') : '';
}
