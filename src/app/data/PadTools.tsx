/** What one draws with: brush or eraser, its size and strength, the grid, and strokes undone and done again. */
import { SignButton, signs } from '../controls/SignButton.tsx';
import { Slider } from '../controls/Slider.tsx';
import { SIDES } from './density.ts';
import { dataStrings as say } from './strings.ts';
import type { Strokes } from './useStrokes.ts';

/** A brush as it is chosen; width and strength are shares, of the grid's side and of the highest level. */
export interface Tool {
  readonly width: number;
  readonly strength: number;
  readonly erases: boolean;
}

const WIDTHS = { min: 0.02, max: 0.5, step: 0.01 };
const STRENGTHS = { min: 0.2, max: 1, step: 0.1 };

export const usualTool: Tool = { width: 0.1, strength: STRENGTHS.max, erases: false };

interface PadToolsProps {
  readonly tool: Tool;
  readonly onTool: (change: Partial<Tool>) => void;
  /** Cells along a side of the grid. */
  readonly side: number;
  readonly onSide: (side: number) => void;
  readonly strokes: Strokes;
  readonly onClear: () => void;
  readonly onDone: () => void;
}

export function PadTools({ tool, onTool, side, onSide, strokes, onClear, onDone }: PadToolsProps) {
  const { width, strength, erases } = tool;
  const choice = (words: string, isEraser: boolean) => (
    <button
      type="button"
      className="quiet tiny"
      aria-pressed={erases === isEraser}
      onClick={() => onTool({ erases: isEraser })}
    >
      {words}
    </button>
  );
  return (
    <>
      <fieldset className="segments" aria-label={say.tool}>
        {choice(say.brush, false)}
        {choice(say.eraser, true)}
      </fieldset>
      <label className="pad-number">
        {say.size}
        <Slider
          {...WIDTHS}
          value={width}
          aria-valuetext={say.sizeText(width * side)}
          onChange={(next) => onTool({ width: next })}
        />
      </label>
      <label className="pad-number">
        {say.strength}
        <Slider
          {...STRENGTHS}
          value={strength}
          aria-valuetext={say.percent(strength)}
          onChange={(next) => onTool({ strength: next })}
        />
      </label>
      <label className="pad-number">
        {say.cells}
        <select value={side} onChange={(event) => onSide(Number(event.target.value))}>
          {[...new Set([...SIDES, side])]
            .sort((a, b) => a - b)
            .map((each) => (
              <option key={each} value={each}>
                {say.cellsText(each)}
              </option>
            ))}
        </select>
      </label>
      <span className="pad-buttons">
        <SignButton
          label={say.undo}
          path={signs.undo}
          isOff={!strokes.undo}
          onClick={() => strokes.undo?.()}
        />
        <SignButton
          label={say.redo}
          path={signs.redo}
          isOff={!strokes.redo}
          onClick={() => strokes.redo?.()}
        />
        <button type="button" className="quiet" onClick={onClear}>
          {say.clear}
        </button>
        <button type="button" className="quiet" title={say.doneHelp} onClick={onDone}>
          {say.done}
        </button>
      </span>
    </>
  );
}
