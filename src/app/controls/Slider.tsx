/** A slider that is filled up to where it stands. */
import type { ComponentProps, CSSProperties } from 'react';

interface SliderProps extends Omit<ComponentProps<'input'>, 'type' | 'className' | 'style' | 'onChange'> {
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly value: number;
  readonly onChange: (value: number) => void;
}

export function Slider({ onChange, ...input }: SliderProps) {
  const { min, max, value } = input;
  return (
    <input
      {...input}
      type="range"
      className="slider"
      style={{ '--at': `${(100 * (value - min)) / (max - min)}%` } as CSSProperties}
      onChange={({ target }) => onChange(Number(target.value))}
    />
  );
}
