/** The side of the pictures that are made, not read. */
import { pick, type Values } from '../../settings/index.ts';

export const sideSetting = pick({
  label: 'size',
  summary: 'Pixels along a side.',
  default: '8',
  options: { '8': '8 × 8', '14': '14 × 14', '16': '16 × 16', '28': '28 × 28' },
  live: false,
});

export const sizeOf = ({ side }: { side: Values<typeof sideSetting> }) =>
  ({ side: Number(side), channels: 1 }) as const;
