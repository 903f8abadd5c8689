import { openFaultyProxy } from '../../test/adapters/storage/faulty-proxy';
import { truthOf } from '../../test/reliability/customer-at-work';
import { Fleet } from './fleet';
import type { Stage } from './round';

interface StageOptions {
  /** The project's folder, in which `dist/main.js` is built. */
  readonly root: string;
  readonly instances: number;
  readonly leads: number;
}

/** Does the work with so many instances on the storage, and so many leads. */
export async function onStage<T>(
  connectionString: string,
  { root, instances, leads }: StageOptions,
  work: (stage: Stage) => Promise<T>,
): Promise<T> {
  const names = Array.from({ length: leads }, (_unused, index) => `Lead${index}`);
  const addressOf = (name: string): string => `${name.toLowerCase()}@contoso.com`;
  const proxy = await openFaultyProxy(connectionString);
  const truth = truthOf(connectionString);
  const fleet = new Fleet(root, proxy.connectionString, names.map(addressOf));
  try {
    await fleet.start(instances);
    return await work({ fleet, leads: names.map((name) => fleet.person(name, addressOf(name))), proxy, truth });
  } finally {
    await fleet.close();
    await truth.close();
    await proxy.close();
  }
}
