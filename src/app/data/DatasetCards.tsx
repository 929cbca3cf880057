/** The choice of a dataset: each as a little picture of its own samples. */
import { useEffect, useState } from 'react';
import type { Dataset } from '../../catalog/kinds.ts';
import { type ChoiceSetting, defaults } from '../../settings/index.ts';
import { usePage, usePageState } from '../context.ts';
import { change, type Store } from '../store.ts';
import './data.css';
import { dataStrings as say } from './strings.ts';
import { SIDE, thumbnailOf } from './thumbnails.ts';

type Chosen = { readonly kind: string };

interface DatasetCardsProps {
  readonly setting: ChoiceSetting;
  readonly value: Chosen;
  readonly path: string;
  readonly labelledBy: string;
  readonly describedBy: string;
}

/** What was last chosen of each kind: who goes to look at another dataset and comes back finds the drawing again. */
const lastOf = new WeakMap<Store, Map<string, Chosen>>();
/** The settings that a kind begins with; one object for each, as pictures are kept by it. */
const standards = new Map<string, Chosen>();

function settingsOf(store: Store, dataset: Dataset, value: Chosen): Chosen {
  if (value.kind === dataset.name) return value;
  const last = lastOf.get(store)?.get(dataset.name);
  if (last) return last;
  const standard = standards.get(dataset.name) ?? { kind: dataset.name, ...defaults(dataset.settings) };
  standards.set(dataset.name, standard);
  return standard;
}

export function DatasetCards({ setting, value, path, labelledBy, describedBy }: DatasetCardsProps) {
  const { store } = usePage();
  const seed = usePageState((state) => state.experiment.seed);
  const entries = setting.entries as unknown as readonly Dataset[];
  const ready = useIdleCount(entries.length);
  const dimension = entries.find(({ name }) => name === value.kind)?.dimension ?? 2;
  useEffect(() => {
    const last = lastOf.get(store) ?? new Map<string, Chosen>();
    lastOf.set(store, last);
    last.set(value.kind, value);
  }, [store, value]);
  return (
    <div className="datasets" role="radiogroup" aria-labelledby={labelledBy}>
      {entries.map((dataset, at) => {
        const { name, label, summary } = dataset;
        const settings = settingsOf(store, dataset, value);
        const isAnew = (dataset.dimension ?? 2) !== dimension;
        const isChosen = name === value.kind;
        return (
          <label key={name} className="dataset" title={isAnew ? `${summary} (${say.anew})` : summary}>
            <input
              type="radio"
              name={path}
              value={name}
              checked={isChosen}
              aria-label={isAnew ? `${label}, ${say.anew}` : label}
              aria-describedby={isChosen ? describedBy : undefined}
              onChange={() => change(store, path, settings)}
            />
            <svg viewBox={`0 0 ${SIDE} ${SIDE}`} aria-hidden="true">
              {(at < ready || isChosen) && (
                <path
                  d={thumbnailOf(dataset, settings, seed)}
                  data-bars={dataset.dimension === 1 || undefined}
                />
              )}
            </svg>
            <span aria-hidden="true">{say.short[name] ?? label}</span>
          </label>
        );
      })}
    </div>
  );
}

/** Counts up to `most`, one at a time, when the browser has nothing else to do. */
function useIdleCount(most: number): number {
  const [done, setDone] = useState(0);
  useEffect(() => {
    if (done >= most) return;
    const next = () => setDone(done + 1);
    if (typeof requestIdleCallback === 'function') {
      const request = requestIdleCallback(next, { timeout: 200 });
      return () => cancelIdleCallback(request);
    }
    const timer = setTimeout(next, 30);
    return () => clearTimeout(timer);
  }, [done, most]);
  return done;
}
