/** Components whose code is loaded when they are first shown. */
import { type ComponentType, lazy, type ReactNode, Suspense } from 'react';
import { strings } from '../strings.ts';

const chart = <figure className="chart figure" aria-busy="true" />;

/** `place` stands where the component will, while its code is on its way; a sentence, where it does not come. */
export function lazily<P extends object>(
  load: () => Promise<ComponentType<P>>,
  place: ReactNode = chart,
): ComponentType<P> {
  const Loaded = lazy(async () => ({ default: await load().catch(() => Missing) }));
  return (props) => (
    <Suspense fallback={place}>
      <Loaded {...props} />
    </Suspense>
  );
}

function Missing() {
  return (
    <figure className="chart figure" role="alert">
      <p>{strings.panelShelf.missing}</p>
    </figure>
  );
}
