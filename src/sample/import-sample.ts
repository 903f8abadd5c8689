import type { ImportReport } from '../usecases/import-customers';
import type { PutDependencies } from '../usecases/put-customer';
import { importCustomers } from '../usecases/import-customers';
import { sampleGatewayCsv } from './sample-gateway-csv';

/** Who is signed in to the Playground (docs/playground.md). */
const PLAYGROUND_USER = 'alexw@example.com';

/**
 * Brings in the sample Gateway file where there is no customer yet, by the way of every other Gateway file.
 * @param fm address of the FM of most of its customers.
 * @returns the report, or undefined when there are customers already.
 */
export async function importSample(
  dependencies: PutDependencies,
  fm = PLAYGROUND_USER,
): Promise<ImportReport | undefined> {
  const { customers, clock } = dependencies;
  for await (const _customer of customers.allIds()) {
    return undefined;
  }
  const today = clock.now().toZonedDateTimeISO('UTC').toPlainDate();
  return importCustomers(dependencies, oneChunk(sampleGatewayCsv(today, fm)));
}

async function* oneChunk(text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(text));
}
