/** Words of the charts that came later than those in `../strings.ts`. */

export const chartStrings = {
  newest: 'Newest',
  newestHelp: 'Keep showing as long a part of the run as now, always its newest',
};
