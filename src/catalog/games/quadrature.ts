/** Expectations under a normal distribution, exactly: Gauss-Hermite quadrature. */

/** Points and weights of Gauss-Hermite quadrature for a standard normal, found by Newton's method. */
export function quadrature(count: number): { points: number[]; weights: number[] } {
  const points: number[] = [];
  const weights: number[] = [];
  // Hermite functions h_n (orthonormal under the normal density): h_n+1 = (x h_n - sqrt(n) h_n-1) / sqrt(n+1).
  const evaluate = (x: number) => {
    let before = 0;
    let now = 1;
    for (let n = 0; n < count; n++) {
      const next = (x * now - Math.sqrt(n) * before) / Math.sqrt(n + 1);
      before = now;
      now = next;
    }
    return { value: now, slope: Math.sqrt(count) * before, before };
  };
  // Roots lie between those found by scanning for changes of sign.
  const reach = 2 * Math.sqrt(count) + 1;
  const steps = 400 * count;
  let last = evaluate(-reach).value;
  for (let i = 1; i <= steps; i++) {
    const x = -reach + (2 * reach * i) / steps;
    const { value } = evaluate(x);
    if (last !== 0 && Math.sign(value) !== Math.sign(last)) {
      let root = x - reach / steps;
      for (let k = 0; k < 50; k++) {
        const at = evaluate(root);
        root -= at.value / at.slope;
      }
      const { before } = evaluate(root);
      points.push(root);
      weights.push(1 / (count * before * before));
    }
    last = value;
  }
  return { points, weights };
}
