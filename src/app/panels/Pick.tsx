/** A small menu in the head of a panel. */
import { useId } from 'react';

export function Pick({
  label,
  options,
  value,
  onChange,
}: {
  readonly label: string;
  readonly options: Readonly<Record<string, string>>;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <span className="figure-pick">
      <label htmlFor={id} className="hidden">
        {label}
      </label>
      <select id={id} title={label} value={value} onChange={(event) => onChange(event.target.value)}>
        {Object.entries(options).map(([name, meaning]) => (
          <option key={name} value={name}>
            {meaning}
          </option>
        ))}
      </select>
    </span>
  );
}
