import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { onStage } from '../../bench/model/stage';
import { playRound } from '../../bench/model/round';
import { useAzurite } from '../azurite';

const azurite = useAzurite();
const root = join(__dirname, '..', '..');
const SEED = Date.now() % 1_000_000;

test('two instances, one killed now and then, storage failing: after every wave the export is what was acknowledged', async () => {
  execFileSync(process.execPath, [join(root, 'scripts', 'build.mjs')], { stdio: 'ignore' });
  console.info(`model: seed ${SEED}`);
  const counts = await onStage(azurite(), { root, instances: 2, leads: 1 }, async (stage) =>
    playRound(stage, { seed: SEED, steps: 600, fms: 5, killEvery: 8 }),
  );
  console.info(`model: ${JSON.stringify(counts)}`);
  const { saved = 0, refused = 0, noted = 0, drafted = 0, gateway = 0, submit = 0, reopen = 0, newDate = 0 } = counts;
  expect(Math.min(saved, refused, noted, drafted, gateway, submit, reopen, newDate)).toBeGreaterThan(0);
});
