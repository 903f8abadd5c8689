/**
 * `npm run soak`: three instances, 200 FMs, 20 times `kill -9` at random moments and one instance frozen past its lease.
 * Prints what was lost (nothing may be) and what was said twice (only a crash between POST and record can).
 */
import { join } from 'node:path';
import { openMemoryStorage } from '../src/adapters/storage/embedded-azurite';
import { runSwarm } from './reminder-swarm';

async function soak(): Promise<void> {
  const storage = await openMemoryStorage();
  try {
    const result = await runSwarm({
      connectionString: storage.connectionString,
      root: join(__dirname, '..', '..'),
      instances: 3,
      fms: 200,
      customersPerFm: 5,
      kills: 20,
      between: 6000,
      frozenMs: 75_000,
      patience: 300_000,
      onKill: (count) => process.stderr.write(`kill ${count}\n`),
    });
    process.stdout.write(`${JSON.stringify(result)}\n`);
    process.exitCode = result.lost === 0 && result.doubledDigests <= result.kills ? 0 : 1;
  } finally {
    await storage.stop();
  }
}

void soak();
