/** What goes to the clipboard. */

/** Whether the clipboard took it: pages without a secure address, and frames, may not write to it. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
