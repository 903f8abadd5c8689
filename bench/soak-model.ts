import { openMemoryStorage } from '../src/adapters/storage/embedded-azurite';
import { playRound, type Counts, type Stage } from './model/round';
import { onStage } from './model/stage';
import type { PartReport, SoakOptions } from './soak-part';

/** Each with customers of its own, so that no history gets longer than an FM would see. */
const STEPS_OF_A_ROUND = 500;
const MOST_MS = 5 * 60_000;

/** Rounds of people and Gateway at work on three instances that are killed while storage fails, as long as there is time. */
export async function soakModel({ root, seed, until = Infinity }: SoakOptions): Promise<PartReport> {
  const end = Math.min(until, performance.now() + MOST_MS);
  const storage = await openMemoryStorage();
  let sum: Counts = {};
  let rounds = 0;
  let difference: unknown;
  const play = async (stage: Stage): Promise<void> => {
    while (performance.now() < end) {
      const round = { seed: seed + rounds, steps: STEPS_OF_A_ROUND, fms: 6, killEvery: 4, until: end };
      const counts = await playRound(stage, round);
      console.log(JSON.stringify({ seed: round.seed, ...counts }));
      sum = Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, count + (sum[name] ?? 0)]));
      rounds += 1;
    }
  };
  try {
    await onStage(storage.connectionString, { root, instances: 3, leads: 2 }, play);
  } catch (error) {
    difference = error;
    console.error(error);
  } finally {
    await storage.stop();
  }
  return {
    figures: { seed, rounds, ...sum },
    checks: [['the export is what was acknowledged, after every wave', difference === undefined]],
  };
}
