/**
 * `npm run soak [-- --only reminders,load,model] [--fms N] [--days N] [--seed N] [--json FILE]`: what has to hold over time, in a
 * quarter of an hour whatever the machine: reminders beside instances that are killed, a day of 2,000 FMs, and people against a
 * model of the truth for as long as is left. Exit code 1 when anything does not hold. A part of its own takes its time.
 */
import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { soakLoad } from './load';
import { rounded, tableOf, type Row } from './section';
import { soakModel } from './soak-model';
import type { PartReport, SoakOptions } from './soak-part';
import { soakReminders } from './soak-reminders';

/** In this order: the last one takes what is left. */
const PARTS: Readonly<Record<string, Part>> = { reminders: soakReminders, load: soakLoad, model: soakModel };
type Part = (options: SoakOptions) => Promise<PartReport>;
const MINUTE = 60_000;
/** When each part has to be over, in the whole soak; a minute is for building, and for what is under way then. */
const OVER_AT: Readonly<Record<string, number>> = { load: 12 * MINUTE, model: 14 * MINUTE };

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    fms: { type: 'string', default: '2000' },
    days: { type: 'string', default: '1' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    json: { type: 'string' },
  },
});

interface Done extends PartReport {
  readonly name: string;
  readonly seconds: number;
  /** Of the machine when it began and when it ended. */
  readonly loads: readonly number[];
}

const loadNow = (): number => rounded(loadavg()[0] ?? 0);

async function run(name: string, part: Part, until: number | undefined): Promise<Done> {
  console.log(`\n${name} …`);
  const [started, load] = [performance.now(), loadNow()];
  const { fms, days, seed } = values;
  const options = {
    root: join(__dirname, '..', '..'),
    fms: Number(fms),
    days: Number(days),
    seed: Number(seed),
    until,
  };
  const report = await part(options).catch((error: unknown): PartReport => {
    console.error(error);
    return { figures: {}, checks: [['runs to its end', false]] };
  });
  return { name, seconds: Math.round((performance.now() - started) / 1000), loads: [load, loadNow()], ...report };
}

function summary(parts: readonly Done[]): string {
  const rows = parts.map(({ name, seconds, loads, figures, checks }): Row => ({
    part: name,
    verdict: checks.every(([, holds]) => holds) ? 'held' : 'MISSED',
    seconds,
    load: loads.join(' → '),
    figures: Object.entries(figures)
      .map(([what, figure]) => `${what} ${figure}`)
      .join(', '),
  }));
  const checks = parts.flatMap((part) =>
    part.checks.map(([what, holds]) => `${holds ? 'held  ' : 'MISSED'}  ${part.name}: ${what}`),
  );
  return `\n${tableOf(rows)}\n\n${checks.join('\n')}`;
}

async function main(): Promise<void> {
  const started = performance.now();
  const only = values.only?.split(',');
  const unknown = only?.find((name) => !(name in PARTS));
  if (unknown !== undefined) {
    throw new Error(`There is no part ${unknown}; there are ${Object.keys(PARTS).join(', ')}.`);
  }
  const parts: Done[] = [];
  for (const [name, part] of Object.entries(PARTS).filter(([each]) => only?.includes(each) ?? true)) {
    const over = OVER_AT[name];
    parts.push(await run(name, part, only || over === undefined ? undefined : started + over));
  }
  console.log(summary(parts));
  if (values.json !== undefined) {
    writeFileSync(values.json, `${JSON.stringify(parts, undefined, 2)}\n`);
  }
  process.exitCode = parts.every(({ checks }) => checks.every(([, holds]) => holds)) ? 0 : 1;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
