/** Components whose code is loaded when they are first shown; where it does not come, one can try again in the place. */
import {
  type ComponentType,
  cloneElement,
  isValidElement,
  type ReactElement,
  type ReactNode,
  Suspense,
  use,
  useState,
  useTransition,
} from 'react';
import { strings } from '../strings.ts';

const chart = <figure className="chart figure" aria-busy="true" />;

/**
 * `place` stands where the component will, while its code is on its way, and around what is said where it does not
 * come; unless that has a frame of its own, which has the component's properties.
 */
export function lazily<P extends object>(
  load: () => Promise<ComponentType<P>>,
  place: ReactElement<{ 'aria-busy'?: boolean | 'true' }> | string | null = chart,
  Frame?: ComponentType<NoInfer<P> & { readonly children: ReactNode }>,
): ComponentType<P> {
  /** Asked for once, however many are shown; undefined where it does not come. */
  let asked: Promise<ComponentType<P> | undefined> | undefined;
  const ask = () => {
    asked = load().catch(() => undefined);
    return asked;
  };
  function Content(props: P) {
    const [code, setCode] = useState(() => asked ?? ask());
    const [isAsking, start] = useTransition();
    const Loaded = use(code);
    if (Loaded) return <Loaded {...props} />;
    // What is said stands, and keeps the focus, until an answer comes.
    const missing = <Missing isAsking={isAsking} onAgain={() => start(() => setCode(ask()))} />;
    if (Frame) return <Frame {...props}>{missing}</Frame>;
    return isValidElement(place) ? cloneElement(place, { 'aria-busy': undefined }, missing) : missing;
  }
  return (props) => (
    <Suspense fallback={place}>
      <Content {...props} />
    </Suspense>
  );
}

function Missing({ isAsking, onAgain }: { isAsking: boolean; onAgain: () => void }) {
  const say = strings.missing;
  return (
    <span className="missing" role="alert">
      {isAsking ? say.asking : say.words}{' '}
      <button type="button" className="quiet" onClick={onAgain}>
        {say.again}
      </button>
    </span>
  );
}
