import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Complaint, ROOT } from './project.mjs';

const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;

/**
 * Whether `node_modules` holds what the lock file asks for. npm writes down what it installed as its last step, so an
 * interrupted installation does not count. Packages for other platforms may be absent.
 */
export function isInstalled(root = ROOT) {
  const done = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(done)) {
    return false;
  }
  const installed = packagesOf(done);
  const wanted = packagesOf(join(root, 'package-lock.json'));
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === '' || installed[path]?.version === version || (optional === true && installed[path] === undefined),
  );
}

/** Installs the packages unless they are there already. @throws Complaint when npm fails. */
export async function ensureInstalled() {
  if (isInstalled()) {
    return;
  }
  console.error('Installing packages (only the first time, and when they change) …');
  const npm = process.env.npm_execpath;
  const args = ['ci', '--loglevel=error', '--no-audit', '--no-fund'];
  const child = npm?.endsWith('.js')
    ? spawn(process.execPath, [npm, ...args], { cwd: ROOT, stdio: ['ignore', 2, 2] })
    : spawn('npm', args, { cwd: ROOT, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  const code = await new Promise((resolve) => {
    child.on('error', () => resolve(-1));
    child.on('close', resolve);
  });
  if (code !== 0) {
    throw new Complaint('The packages could not be installed; npm says why above. Is the package registry reachable?');
  }
}
