/** How it went, in a sentence that is spoken too. */
import type { Said } from './useTaking.ts';

export function SaidLine({ said }: { readonly said: Said | undefined }) {
  return (
    <p role="status" className="take-said" data-problem={said?.isProblem || undefined}>
      {said?.words}
    </p>
  );
}
