import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { runSwarm } from '../../bench/reminder-swarm';
import { useAzurite } from '../azurite';

const azurite = useAzurite();
const root = join(__dirname, '..', '..');

test('three instances ten minutes apart, killed again and again: nothing is lost, and what is said twice is explained', async () => {
  execFileSync(process.execPath, [join(root, 'scripts', 'build.mjs')], { stdio: 'ignore' });
  const result = await runSwarm({
    connectionString: azurite(),
    root,
    instances: 3,
    skewMs: [-300_000, 0, 300_000],
    fms: 40,
    customersPerFm: 2,
    kills: 4,
    between: 1500,
    // Longer than a lease: what a dead instance had begun is finished by another one.
    patience: 110_000,
  });
  expect(result).toMatchObject({ lost: 0, customers: 80, unexplained: [] });
});
