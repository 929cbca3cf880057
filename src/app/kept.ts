/** Small wishes that this browser remembers between visits; where it has no storage, they last as long as the page. */

export function kept(name: string): string | null {
  try {
    return localStorage.getItem(`saddle.${name}`);
  } catch {
    return null;
  }
}

export function keep(name: string, value: string): void {
  try {
    localStorage.setItem(`saddle.${name}`, value);
  } catch {
    // No storage, or none left.
  }
}
