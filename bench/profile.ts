/**
 * `node scripts/run.mjs bench/profile.ts [TURN [LINES]]`: where a turn's CPU goes. Drives one kind of turn (see
 * turn-kinds.ts; `echo` for none of ours) at 16 conversations under V8's profiler and prints the time by package and
 * by function.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openMemoryStorage } from '../src/adapters/storage/embedded-azurite';
import { importCsv, startFmAssistant } from './bots';
import { BareConnector, drive } from './drive';
import type { Bench } from './section';
import { addressOnRoster, benchGatewayCsv, TURN_KINDS } from './turn-kinds';

const [wanted = 'question', lines = '40'] = process.argv.slice(2);
const SECONDS = { warmUp: 5, measured: 12 };

interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: {
      readonly functionName: string;
      readonly url: string;
      readonly lineNumber: number;
      readonly columnNumber: number;
    };
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
  readonly startTime: number;
  readonly endTime: number;
}

interface Spent {
  readonly name: string;
  readonly place: string;
  readonly packageName: string;
  ms: number;
}

async function profileOf(bench: Bench, folder: string): Promise<number> {
  const kind = TURN_KINDS.find(({ name }) => name === wanted);
  if (kind === undefined) {
    throw new Error(`No such turn; there are: ${TURN_KINDS.map(({ name }) => name).join(', ')}`);
  }
  const bot = await startFmAssistant(bench, ['--cpu-prof', `--cpu-prof-dir=${folder}`]);
  await importCsv(bot, benchGatewayCsv());
  const talk = { serviceUrl: bench.serviceUrl, conversations: 16, turns: Infinity, activity: kind.activity };
  await drive(bot, { ...talk, milliseconds: SECONDS.warmUp * 1000 });
  const { turns, cpuMsPerTurn } = await drive(bot, { ...talk, milliseconds: SECONDS.measured * 1000 });
  await bot.stop();
  console.log(`${wanted}: ${turns} turns, ${cpuMsPerTurn.toFixed(3)} ms CPU each, profiler included`);
  return turns;
}

/** The samples of the measured seconds only, by function. */
function spentOf(folder: string, root: string): Spent[] {
  const file = readdirSync(folder).find((name) => name.endsWith('.cpuprofile')) ?? '';
  const profile = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Profile;
  const map = new SourceMap(
    JSON.parse(readFileSync(join(root, 'dist', 'main.bundle.js.map'), 'utf8')) as SourceMapPayload,
  );
  const byId = new Map(profile.nodes.map((node) => [node.id, node.callFrame]));
  const spent = new Map<string, Spent>();
  const from = profile.endTime - SECONDS.measured * 1e6;
  let at = profile.startTime;
  profile.samples.forEach((id, index) => {
    at += profile.timeDeltas[index] ?? 0;
    const frame = byId.get(id);
    if (at < from || frame === undefined || frame.functionName === '(idle)') {
      return;
    }
    const place = placeOf(frame, map);
    const key = `${frame.functionName} ${place}`;
    const entry = spent.get(key) ?? { name: frame.functionName, place, packageName: packageOf(place), ms: 0 };
    entry.ms += (profile.timeDeltas[index] ?? 0) / 1000;
    spent.set(key, entry);
  });
  return [...spent.values()].sort((one, other) => other.ms - one.ms);
}

function placeOf(
  { functionName, url, lineNumber, columnNumber }: Profile['nodes'][number]['callFrame'],
  map: SourceMap,
) {
  if (url === '') {
    return functionName;
  }
  if (!url.includes('main.bundle.js')) {
    return url;
  }
  const entry = map.findEntry(lineNumber, columnNumber);
  return 'originalSource' in entry ? `${entry.originalSource}:${entry.originalLine + 1}` : `bundle:${lineNumber + 1}`;
}

const packageOf = (place: string): string =>
  /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(place)?.[1] ??
  /src\/[^/]+(?:\/(?:storage|teams|dates|faq))?/.exec(place)?.[0] ??
  (place.startsWith('node:') ? 'node' : place);

function print(spent: readonly Spent[], turns: number): void {
  const packages = new Map<string, number>();
  spent.forEach(({ packageName, ms }) => packages.set(packageName, (packages.get(packageName) ?? 0) + ms));
  const total = spent.reduce((sum, { ms }) => sum + ms, 0);
  const line = (name: string, ms: number): void =>
    console.log(
      `${((ms / total) * 100).toFixed(1).padStart(5)} %  ${((ms / turns) * 1000).toFixed(0).padStart(5)} µs  ${name}`,
    );
  const sorted = [...packages].sort(([, one], [, other]) => other - one);
  sorted.slice(0, Number(lines)).forEach(([name, ms]) => line(name, ms));
  console.log('');
  spent.slice(0, Number(lines)).forEach(({ name, place, ms }) => line(`${name}  ${place}`, ms));
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'fm-assistant-profile-'));
  const storage = await openMemoryStorage();
  const connector = new BareConnector(addressOnRoster);
  const root = process.cwd();
  try {
    const serviceUrl = await connector.start();
    const { connectionString } = storage;
    const turns = await profileOf({ quick: false, connectionString, connector, serviceUrl, root }, folder);
    print(spentOf(folder, root), turns);
  } finally {
    await Promise.all([connector.close(), storage.stop()]);
    rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
