/** What makes the page usable by keys, on a projector and without a network: loaded when the picture moves. */
import { type ReactNode, useEffect, useLayoutEffect, useState } from 'react';
import { usePage } from '../context.ts';
import { listenToKeys } from '../keys.ts';
import { lazily } from '../panels/lazily.tsx';
import { MissingDialog } from '../present/MissingDialog.tsx';
import type { Stage } from '../present/stage.ts';
import { useStage, useStageState } from '../present/useStage.ts';
import { keepOffline } from './offline.ts';
import { say } from './strings.ts';
import '../styles/access.css';

/** What does not come stands over the page, and is closed as it would be itself. */
const inDialog = (close: (stage: Stage) => void) =>
  function InDialog({ children }: { children: ReactNode }) {
    const stage = useStage();
    return <MissingDialog onClose={() => close(stage)}>{children}</MissingDialog>;
  };
const OfStage = inDialog((stage) => stage.open(undefined));
const OfPresentation = inDialog((stage) => stage.present(false));

const Help = lazily(async () => (await import('./Help.tsx')).Help, null, OfStage);
const SceneList = lazily(async () => (await import('../present/SceneList.tsx')).SceneList, null, OfStage);
const Presentation = lazily(
  async () => (await import('../present/Presentation.tsx')).Presentation,
  null,
  OfPresentation,
);

export function Access({ earlyKeys }: { earlyKeys: () => readonly KeyboardEvent[] }) {
  const page = usePage();
  const stage = useStage();
  const dialog = useStageState((state) => state.dialog);
  const presents = useStageState((state) => state.presents);
  const [spoken, speak] = useState('');
  // As soon as it is there.
  useLayoutEffect(() => listenToKeys({ page, stage, speak }, earlyKeys()), [page, stage, earlyKeys]);
  useEffect(() => stage.close, [stage]);
  useEffect(keepOffline, []);
  // Said when it becomes so, not when the page opens.
  const [before, setBefore] = useState(presents);
  useLayoutEffect(() => {
    if (before === presents) return;
    setBefore(presents);
    speak(presents ? say.spoken.presents : say.spoken.left);
  }, [before, presents]);
  return (
    <>
      <p className="hidden" aria-live="polite" data-testid="voice of keys">
        {spoken}
      </p>
      {presents && <Presentation />}
      {dialog === 'help' && <Help />}
      {dialog === 'scenes' && <SceneList />}
    </>
  );
}
