import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createMetrics } from '../src/metrics';

const NAME = /\b(?:fm|process|nodejs)_[a-z0-9_]+/g;
const read = (file: string): string => readFileSync(join(__dirname, '..', 'docs', file), 'utf8');
const withoutSuffix = (name: string): string => name.replace(/_(?:bucket|count|sum)$/, '');

describe('metric names outside the code', () => {
  const { registry } = createMetrics();
  const known = new Set(registry.getMetricsAsArray().map(({ name }) => name));

  it.each(['grafana-dashboard.json', 'operations.md'])('%s names only metrics of the registry', (file) => {
    const used = [...new Set(read(file).match(NAME))].map(withoutSuffix);
    expect(used.length).toBeGreaterThan(10);
    expect(used.filter((name) => !known.has(name))).toEqual([]);
  });

  it('an alert on an increase has a value from the start to compare with: a series that appears has no increase', async () => {
    const alerts = read('operations.md').match(/increase\(\w+/g) ?? [];
    expect(alerts).not.toEqual([]);
    const atStart = await createMetrics().registry.metrics();
    expect(
      alerts.map((one) => one.slice('increase('.length)).filter((name) => !atStart.includes(`\n${name} 0\n`)),
    ).toEqual([]);
  });

  it.each(['grafana-dashboard.json', 'operations.md'])('%s leaves out none of our own', (file) => {
    const used = new Set((read(file).match(NAME) ?? []).map(withoutSuffix));
    expect([...known].filter((name) => name.startsWith('fm_') && !used.has(name))).toEqual([]);
  });
});
