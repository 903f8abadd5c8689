import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { runSwarm } from '../../bench/reminder-swarm';
import { useAzurite } from '../azurite';

const azurite = useAzurite();
const root = join(__dirname, '..', '..');

test('three instances, killed again and again: nothing is lost, and nothing said twice but by a crash', async () => {
  execFileSync(process.execPath, [join(root, 'scripts', 'build.mjs')], { stdio: 'ignore' });
  const result = await runSwarm({
    connectionString: azurite(),
    root,
    instances: 3,
    fms: 40,
    customersPerFm: 2,
    kills: 4,
    between: 1500,
    // Longer than a lease: what a dead instance had begun is finished by another one.
    patience: 110_000,
  });
  expect(result).toMatchObject({ lost: 0, customers: 80 });
  expect(result.doubledDigests).toBeLessThanOrEqual(result.kills);
}, 180_000);
