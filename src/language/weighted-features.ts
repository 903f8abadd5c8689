/** A text as a classifier sees it: rows of its weight table and how much each counts. */
export interface Features {
  readonly rows: readonly number[];
  readonly values: readonly number[];
}

const BIAS_VALUE = 0.3;

/**
 * @param groups rows of the features found, by group
 * @param weights each group counts with its weight, however many features it has
 * @param biasRow the row that every text has: how frequent a class is by itself
 */
export function weightedFeatures<Group extends string>(
  groups: Readonly<Record<Group, ReadonlySet<number>>>,
  weights: Readonly<Record<Group, number>>,
  biasRow: number,
): Features {
  const rows: number[] = [biasRow];
  const values: number[] = [BIAS_VALUE];
  for (const group of Object.keys(weights) as Group[]) {
    const value = weights[group] / Math.sqrt(groups[group].size || 1);
    for (const id of groups[group]) {
      rows.push(id);
      values.push(value);
    }
  }
  return { rows, values };
}
