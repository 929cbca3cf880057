/** The words while a run waits for a file. */
export const loadingStrings = {
  loading: (set: string, share: number) => `Loading the pictures of ${set}: ${Math.round(100 * share)} %`,
};
