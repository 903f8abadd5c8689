/** What a parcel holds at most: items, and of what they weigh together. */
interface Parcel<T> {
  readonly items: number;
  readonly weight: number;
  readonly weightOf: (item: T) => number;
}

/** Items in order, in as few parcels as they fit in; one that is too heavy has a parcel of its own. */
export function packed<T>(items: readonly T[], most: Parcel<T>): T[][] {
  const parcels: T[][] = [];
  let room = 0;
  for (const item of items) {
    const weight = most.weightOf(item);
    const open = parcels.at(-1);
    if (open === undefined || open.length === most.items || weight > room) {
      parcels.push([item]);
      room = most.weight - weight;
    } else {
      open.push(item);
      room -= weight;
    }
  }
  return parcels;
}
