/**
 * `npm run bench [-- --quick] [--only NAME,…] [--json FILE]`: what the bot costs beside a plain echo on the same packages,
 * in one run, because only ratios carry over from one machine to another.
 */
import { writeFileSync } from 'node:fs';
import { arch, cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { openMemoryStorage } from '../src/adapters/storage/embedded-azurite';
import { BareConnector } from './drive';
import { growth } from './growth';
import { cards, faq, language } from './parts';
import { reminders } from './reminders';
import { tableOf, type Bench, type Bound, type Findings, type Section } from './section';
import { startUp } from './start-up';
import { addressOnRoster } from './turn-kinds';
import { turns } from './turns';

/** Every part, in the order it runs. Another one joins here. */
const SECTIONS: readonly Section[] = [turns, growth, startUp, language, faq, cards, reminders];

type Report = Readonly<Record<string, Findings & { readonly title: string; readonly seconds: number }>>;

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string' }, json: { type: 'string' } },
});

async function runAll(bench: Bench): Promise<Report> {
  const only = values.only?.split(',');
  const report: Record<string, Report[string]> = {};
  for (const { name, title, run } of SECTIONS.filter((section) => only?.includes(section.name) ?? true)) {
    const started = performance.now();
    const findings = await run(bench);
    report[name] = { title, seconds: Math.round((performance.now() - started) / 1000), ...findings };
    console.log(`\n${title} · ${report[name].seconds} s\n${tableOf(findings.rows)}`);
  }
  return report;
}

function printBounds(bounds: readonly Bound[]): void {
  console.log('\nWanted');
  for (const { what, atMost, seen } of bounds) {
    console.log(`${seen <= atMost ? 'held  ' : 'MISSED'}  ${what}: ${seen} (at most ${atMost})`);
  }
}

async function main(): Promise<void> {
  const storage = await openMemoryStorage();
  const connector = new BareConnector(addressOnRoster);
  const machine = { node: process.version, arch: arch(), cpus: cpus().length, load: loadavg()[0] ?? 0 };
  const { connectionString } = storage;
  try {
    const serviceUrl = await connector.start();
    console.log(
      `Node ${machine.node}, ${machine.cpus} ${machine.arch} CPUs, load ${machine.load.toFixed(1)} before we began`,
    );
    const report = await runAll({ quick: values.quick, connectionString, connector, serviceUrl, root: process.cwd() });
    printBounds(Object.values(report).flatMap(({ bounds = [] }) => bounds));
    if (values.json !== undefined) {
      writeFileSync(values.json, `${JSON.stringify({ machine, quick: values.quick, ...report }, undefined, 2)}\n`);
    }
  } finally {
    await Promise.all([connector.close(), storage.stop()]);
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
