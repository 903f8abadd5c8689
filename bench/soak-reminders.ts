import { randomBytes } from 'node:crypto';
import { ACCOUNT, spawnAzurite } from '../src/adapters/storage/azurite-process';
import { runSwarm } from './reminder-swarm';
import type { PartReport, SoakOptions } from './soak-part';

const MINUTE = 60_000;

/**
 * Three instances whose clocks are ten minutes apart, 200 FMs, 20 times `kill -9` at random moments, storage stopped for a
 * minute in the middle, one instance frozen past its lease. Nothing may be lost, and what is said twice must be explained,
 * one by one, by a message whose sender left no record of it.
 */
export async function soakReminders({ root }: SoakOptions): Promise<PartReport> {
  const key = randomBytes(32).toString('base64');
  const azurite = await spawnAzurite(key, undefined);
  const endpoint = (port: number): string => `http://127.0.0.1:${port}/${ACCOUNT}`;
  const connectionString = [
    `DefaultEndpointsProtocol=http;AccountName=${ACCOUNT};AccountKey=${key}`,
    `TableEndpoint=${endpoint(azurite.tablePort)};QueueEndpoint=${endpoint(azurite.queuePort)}`,
  ].join(';');
  try {
    const { unexplained, ...figures } = await runSwarm({
      connectionString,
      root,
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
      patience: 2 * MINUTE,
    });
    unexplained.forEach((each) => console.log(`said twice: ${each}`));
    return {
      figures,
      checks: [
        ['every reminder sent', figures.lost === 0],
        ['what was said twice is explained', unexplained.length === 0],
      ],
    };
  } finally {
    process.kill(azurite.pid, 'SIGCONT');
    await azurite.stop();
  }
}
