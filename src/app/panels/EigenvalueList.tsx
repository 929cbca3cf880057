/** Eigenvalues in numbers, a row for each: what its dots in the complex plane are, for everybody. */
import '../styles/eigenvalues.css';
import { count } from '../format.ts';
import { panelStrings } from './strings.ts';
import type { Told } from './toldEigenvalues.ts';

const say = panelStrings.eigenvalues.list;
/** More rows are a table to be taken away, not to be read in passing. */
const MOST_ROWS = 6;

interface ListProps {
  readonly told: readonly Told[];
  /** What the numbers are called: eigenvalues of the Jacobian, or of a step. */
  readonly symbol: 'λ' | 'μ';
  /** What stands above the table. */
  readonly note: string;
  /** Moduli were read between the points of a grid. */
  readonly isRough?: boolean;
}

export function EigenvalueList({ told, symbol, note, isRough }: ListProps) {
  if (told.length === 0) return null;
  const hasModuli = told.some(({ modulus }) => modulus !== undefined);
  return (
    <table className="eigenvalue-list">
      <caption>{note}</caption>
      <thead>
        <tr>
          <th scope="col">{symbol}</th>
          {symbol === 'λ' && <th scope="col">|λ|</th>}
          {hasModuli && <th scope="col">|μ|</th>}
          {hasModuli && <th scope="col">{say.where}</th>}
        </tr>
      </thead>
      <tbody>
        {told.slice(0, MOST_ROWS).map(({ re, im, times, modulus }) => (
          <tr key={`${re} ${im}`}>
            <th scope="row">
              {say.number(re, im)}
              {times > 1 && <span className="eigenvalue-times"> {say.times(times)}</span>}
            </th>
            {symbol === 'λ' && <td>{say.size(Math.hypot(re, im))}</td>}
            {hasModuli && <td>{modulus === undefined ? '–' : say.modulus(modulus, isRough)}</td>}
            {hasModuli && <td>{modulus === undefined ? '' : say.place(modulus, symbol === 'μ')}</td>}
          </tr>
        ))}
      </tbody>
      {told.length > MOST_ROWS && (
        <tfoot>
          <tr>
            <td colSpan={4}>{say.more(count(told.length - MOST_ROWS))}</td>
          </tr>
        </tfoot>
      )}
    </table>
  );
}
