/** Settings by the labels that their controls have. */
import { type Experiment, experiment as schema } from '../catalog/experiment.ts';
import { below, fieldsOf, get, type Setting } from '../settings/index.ts';

/** A setting with the labels of what it belongs to, its own last: the learning rate of the generator's rule. */
export function labelled(
  path: string,
  experiment: Experiment,
): { readonly labels: readonly string[]; readonly setting?: Setting } {
  const labels: string[] = [];
  let setting: Setting = schema;
  let at = '';
  for (const name of path.split('.')) {
    const field: Setting | undefined = fieldsOf(setting, get(experiment, at))[name];
    if (!field) return { labels: [] };
    setting = field;
    at = below(at, name);
    if ('label' in field && field.label) labels.push(field.label);
  }
  return { labels, setting };
}
