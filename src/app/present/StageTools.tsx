/** What the strip has of presenting: two buttons; in a presentation, its whole bar. */
import type { ReactNode } from 'react';
import { say as access } from '../access/strings.ts';
import { count } from '../format.ts';
import type { Scene } from './scenes.ts';
import { say } from './strings.ts';
import { useStage, useStageState } from './useStage.ts';

export function StageTools() {
  const stage = useStage();
  const presents = useStageState((state) => state.presents);
  if (presents) return <Bar />;
  return (
    <div className="stage-tools">
      <Sign
        label={say.present}
        title={`${say.present}: ${say.presentHelp}`}
        onClick={() => stage.present(true)}
      >
        <svg viewBox="0 0 20 20" aria-hidden="true">
          <path d="M2 3.5 H18 M3.5 3.5 V12.5 H16.5 V3.5 M6 17.5 L10 12.5 L14 17.5" />
        </svg>
      </Sign>
      <Sign label={access.open} title={access.openHelp} onClick={() => stage.open('help')}>
        ?
      </Sign>
    </div>
  );
}

function Bar() {
  const stage = useStage();
  const asks = useStageState((state) => state.asks);
  return (
    <div className="stage-tools" role="toolbar" aria-label={say.bar}>
      <Scenes />
      <button
        type="button"
        className="quiet"
        aria-pressed={asks}
        title={asks ? say.revealHelp : say.askHelp}
        onClick={() => stage.ask(!asks)}
      >
        {asks ? say.reveal : say.ask}
      </button>
      <Sign label={say.smaller} title={`${say.smaller} (−)`} onClick={() => stage.resize(-1)}>
        <small>A</small>
      </Sign>
      <Sign label={say.larger} title={`${say.larger} (+)`} onClick={() => stage.resize(1)}>
        A
      </Sign>
      <Sign label={access.open} title={access.openHelp} onClick={() => stage.open('help')}>
        ?
      </Sign>
      <button type="button" className="quiet" title={say.leaveHelp} onClick={() => stage.present(false)}>
        {say.leave}
      </button>
    </div>
  );
}

/** Where one is among the scenes, and how to go on. */
function Scenes() {
  const stage = useStage();
  const scenes = useStageState((state) => state.scenes);
  const at = useStageState((state) => state.at);
  const isUnderway = useStageState((state) => state.isUnderway);
  const asks = useStageState((state) => state.asks);
  const shown = scenes[at];
  const wordsOf = ({ name, step }: Scene) => {
    // The name of a scene may well say what comes of it.
    if (asks) return isUnderway ? say.askedOnTheWay(at + 1, count(step)) : say.asked(at + 1, scenes.length);
    return isUnderway ? say.onTheWay(name, count(step)) : say.scene(at + 1, scenes.length, name);
  };
  const words = shown ? wordsOf(shown) : say.noScene(scenes.length);
  return (
    <>
      {scenes.length > 0 && (
        <>
          <Sign label={say.previous} title={say.previous} isOff={at === 0} onClick={() => stage.go(-1)}>
            ‹
          </Sign>
          <span className="scene-name" aria-live="polite">
            {words}
          </span>
          <Sign
            label={say.next}
            title={say.next}
            isOff={at === scenes.length - 1}
            onClick={() => stage.go(1)}
          >
            ›
          </Sign>
        </>
      )}
      <button type="button" className="quiet" title={say.scenesHelp} onClick={() => stage.open('scenes')}>
        {say.scenes}
      </button>
    </>
  );
}

interface SignProps {
  readonly label: string;
  readonly title: string;
  readonly isOff?: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

function Sign({ label, title, isOff = false, onClick, children }: SignProps) {
  return (
    <button
      type="button"
      className="quiet sign"
      aria-label={label}
      title={title}
      aria-disabled={isOff || undefined}
      onClick={() => isOff || onClick()}
    >
      <span aria-hidden="true">{children}</span>
    </button>
  );
}
