/** The drawn density among the settings: a small picture of it, and the way to the pad. */
import { useEffect, useRef } from 'react';
import { sideOf } from '../../catalog/datasets/drawn.ts';
import type { NumbersSetting } from '../../settings/index.ts';
import { usePage, usePageState } from '../context.ts';
import type { ControlProps } from '../controls/Setting.tsx';
import './data.css';
import { paintCells } from './paintCells.ts';
import { dataStrings as say } from './strings.ts';

export function DensityControl({ value, id, describedBy }: ControlProps<NumbersSetting, readonly number[]>) {
  const { store } = usePage();
  const isDrawing = usePageState((state) => state.isDrawing);
  const theme = usePageState((state) => state.theme);
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const side = sideOf(value);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme has other colours
  useEffect(() => {
    const largest = value.reduce((most, weight) => Math.max(most, weight), 0);
    paintCells(canvasRef.current, side, (cell) => (largest > 0 ? (value[cell] ?? 0) / largest : 0));
  }, [value, side, theme]);
  return (
    <div className="density">
      <canvas
        ref={canvasRef}
        width={side}
        height={side}
        role="img"
        aria-label={say.density(side, value.filter((weight) => weight > 0).length)}
      />
      <button
        type="button"
        className="quiet"
        id={id}
        // Or the name of the setting would be the button's.
        aria-label={say.inPicture}
        aria-describedby={describedBy}
        aria-pressed={isDrawing}
        onClick={() => store.setState({ isDrawing: !isDrawing })}
      >
        {say.inPicture}
      </button>
    </div>
  );
}
