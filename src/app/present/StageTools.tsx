/** What the strip has of presenting: two buttons; in a presentation, its whole bar. */
import { say as access } from '../access/strings.ts';
import { SignButton } from '../controls/SignButton.tsx';
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
      <SignButton
        label={say.present}
        title={`${say.present}: ${say.presentHelp}`}
        path="M2 3.5 H18 M3.5 3.5 V12.5 H16.5 V3.5 M6 17.5 L10 12.5 L14 17.5"
        onClick={() => stage.present(true)}
      />
      <SignButton
        label={say.scenes}
        title={`${say.scenes}: ${say.scenesHelp}`}
        path="M6 5.5 V3 H18 V11 H15.5 M2.5 7 H14 V16 H2.5 Z"
        onClick={() => stage.open('scenes')}
      />
      <SignButton label={access.open} title={access.openHelp} onClick={() => stage.open('help')}>
        ?
      </SignButton>
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
      <SignButton label={say.smaller} title={`${say.smaller} (−)`} onClick={() => stage.resize(-1)}>
        <small>A</small>
      </SignButton>
      <SignButton label={say.larger} title={`${say.larger} (+)`} onClick={() => stage.resize(1)}>
        A
      </SignButton>
      <SignButton label={access.open} title={access.openHelp} onClick={() => stage.open('help')}>
        ?
      </SignButton>
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
          <SignButton label={say.previous} isOff={at === 0} onClick={() => stage.go(-1)}>
            ‹
          </SignButton>
          <span className="scene-name" aria-live="polite">
            {words}
          </span>
          <SignButton label={say.next} isOff={at === scenes.length - 1} onClick={() => stage.go(1)}>
            ›
          </SignButton>
        </>
      )}
      <button type="button" className="quiet" title={say.scenesHelp} onClick={() => stage.open('scenes')}>
        {say.scenes}
      </button>
    </>
  );
}
