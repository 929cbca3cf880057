/** The legend of a picture: each entry says what a layer looks like, and switches it. */
import type { ReactNode } from 'react';
import { usePage, usePageState } from '../context.ts';
import { type Layer, toggleLayer } from '../store.ts';
import { strings } from '../strings.ts';

const swatches: Record<Layer, ReactNode> = {
  real: <rect x="5" y="5" width="6" height="6" fill="var(--discriminator)" />,
  generated: <circle cx="8" cy="8" r="4" fill="var(--generator)" />,
  scores: (
    <>
      <rect x="1" y="11" width="7" height="4" fill="var(--generator)" />
      <rect x="8" y="11" width="7" height="4" fill="var(--discriminator)" />
      <rect x="2" y="1" width="12" height="9" fill="var(--muted)" />
    </>
  ),
  discriminator: (
    <>
      <rect x="0" y="3" width="8" height="10" fill="var(--heat-fake)" />
      <rect x="8" y="3" width="8" height="10" fill="var(--heat-real)" />
      <path d="M8 1 V15" stroke="var(--ink)" strokeWidth="1.2" strokeDasharray="2.5 2" />
    </>
  ),
  modes: <circle cx="8" cy="8" r="5.5" fill="none" stroke="var(--ink)" strokeWidth="1.5" />,
  pushes: (
    <path d="M3 13 L12 4 M12 4 L7.5 5 M12 4 L11 8.5" fill="none" stroke="var(--ink)" strokeWidth="1.5" />
  ),
  manifold: (
    <path
      d="M1 5 Q8 2 15 6 M1 11 Q8 8 15 12 M4 2 Q3 8 5 14 M11 2 Q10 8 12 14"
      fill="none"
      stroke="var(--generator)"
    />
  ),
  field: <path d="M1 11 Q6 4 12 6 M12 6 l-3 -2.6 M12 6 l-3.4 1.8" fill="none" stroke="var(--muted)" />,
  average: <path d="M8 2 L13 8 L8 14 L3 8 Z" fill="none" stroke="var(--lane-1)" strokeWidth="2" />,
  first: <circle cx="8" cy="8" r="4" fill="var(--generator)" />,
  second: <rect x="4.5" y="4.5" width="7" height="7" fill="var(--discriminator)" />,
  generatorParameters: <path d="M1 8 H11 M11 8 h.1" stroke="var(--generator)" strokeWidth="5" />,
  discriminatorParameters: <path d="M1 8 H15" stroke="var(--discriminator)" strokeWidth="5" />,
  source: <path d="M1 8 H7 M4 5 V11 M9.5 8 H15" stroke="var(--discriminator)" strokeWidth="2" />,
  target: <circle cx="8" cy="8" r="3" fill="var(--generator)" />,
  labels: <path d="M1 12 Q6 2 9 8 T15 4" fill="none" stroke="var(--lane-1)" strokeWidth="2" />,
  domain: (
    <>
      <rect x="0" y="3" width="8" height="10" fill="var(--heat-fake)" />
      <rect x="8" y="3" width="8" height="10" fill="var(--heat-real)" />
    </>
  ),
  equilibria: (
    <>
      <circle cx="5" cy="8" r="3" fill="var(--ink)" />
      <circle cx="12" cy="8" r="2.6" fill="none" stroke="var(--warning)" strokeWidth="1.6" />
    </>
  ),
  path: <path d="M1 12 Q5 1 9 7 T15 5" fill="none" stroke="var(--lane-1)" strokeWidth="2" />,
};

/** `names` are those of layers that do not always show the same. */
export function Legend({
  layers,
  names,
}: {
  layers: readonly Layer[];
  names?: Partial<Record<Layer, string>>;
}) {
  const { store } = usePage();
  const hidden = usePageState((state) => state.hidden);
  return (
    <fieldset className="legend">
      <legend className="hidden">{strings.layers.label}</legend>
      {layers.map((layer) => (
        <button
          key={layer}
          type="button"
          className="legend-entry"
          aria-pressed={!hidden.has(layer)}
          onClick={() => toggleLayer(store, layer)}
        >
          <svg viewBox="0 0 16 16" aria-hidden="true">
            {swatches[layer]}
          </svg>
          {names?.[layer] ?? strings.layers[layer]}
        </button>
      ))}
    </fieldset>
  );
}
