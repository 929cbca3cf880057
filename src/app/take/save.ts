/** Hands a file to the browser, which puts it where downloads go. */

/** The address of a file lives as long as a browser may take to begin with it. */
const KEPT_MS = 60_000;

export function save(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.hidden = true;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MS);
}
