/**
 * `npm run soak`: three instances whose clocks are ten minutes apart, 200 FMs, 20 times `kill -9` at random moments, storage
 * stopped for a minute in the middle, one instance frozen past its lease. Nothing may be lost, and what is said twice must be
 * explained, one by one, by a message whose sender left no record of it.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { ACCOUNT, spawnAzurite } from '../src/adapters/storage/azurite-process';
import { runSwarm } from './reminder-swarm';

const MINUTE = 60_000;

async function soak(): Promise<void> {
  const key = randomBytes(32).toString('base64');
  const azurite = await spawnAzurite(key, undefined);
  const endpoint = (port: number): string => `http://127.0.0.1:${port}/${ACCOUNT}`;
  const connectionString = [
    `DefaultEndpointsProtocol=http;AccountName=${ACCOUNT};AccountKey=${key}`,
    `TableEndpoint=${endpoint(azurite.tablePort)};QueueEndpoint=${endpoint(azurite.queuePort)}`,
  ].join(';');
  try {
    const result = await runSwarm({
      connectionString,
      root: join(__dirname, '..', '..'),
      instances: 3,
      skewMs: [-5 * MINUTE, 0, 5 * MINUTE],
      fms: 200,
      customersPerFm: 5,
      kills: 20,
      between: 6000,
      outage: {
        milliseconds: MINUTE,
        stop: () => process.kill(azurite.pid, 'SIGSTOP'),
        goOn: () => process.kill(azurite.pid, 'SIGCONT'),
      },
      frozenMs: 75_000,
      patience: 5 * MINUTE,
      onKill: (count) => process.stderr.write(`kill ${count}\n`),
    });
    process.stdout.write(`${JSON.stringify(result)}\n`);
    process.exitCode = result.lost === 0 && result.unexplained.length === 0 ? 0 : 1;
  } finally {
    process.kill(azurite.pid, 'SIGCONT');
    await azurite.stop();
  }
}

void soak();
