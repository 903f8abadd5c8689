import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const read = (file: string): string => readFileSync(join(__dirname, '..', file), 'utf8');

interface Lock {
  readonly packages: Readonly<Record<string, { readonly version?: string }>>;
}

/** All versions of a package in the lock file: it may be there several times. */
const versions = new Map<string, Set<string>>();
for (const [path, { version }] of Object.entries((JSON.parse(read('package-lock.json')) as Lock).packages)) {
  const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
  versions.set(name, new Set([...(versions.get(name) ?? []), version ?? '']));
}

test('what docs/dependencies.md says is said of the versions in the lock file', () => {
  const named = [...read('docs/dependencies.md').matchAll(/(@?[a-z][\w./@-]*) (\d+\.\d+\.\d+)\b/g)];
  const ofPackages = named.filter(([, name = '']) => versions.has(name));
  expect(ofPackages.length).toBeGreaterThan(15);
  const others = ofPackages.filter(([, name = '', version = '']) => versions.get(name)?.has(version) !== true);
  expect(others.map(([text]) => text)).toEqual([]);
});
