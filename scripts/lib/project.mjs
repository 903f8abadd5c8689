import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root; scripts work from any working directory. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** A path inside the repository. */
export const at = (...parts) => join(ROOT, ...parts);

/** A sentence for the person at the terminal, without a stack trace. */
export class Complaint extends Error {}

const [MAJOR, MINOR] = [20, 12];

/** @throws Complaint on a Node that cannot run the project. */
export function checkNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < MAJOR || (major === MAJOR && minor < MINOR)) {
    throw new Complaint(
      `Node ${MAJOR}.${MINOR} or newer is needed; this is Node ${version}. Install it from https://nodejs.org.`,
    );
  }
}

/** Runs `main`; a Complaint becomes one sentence and exit code 1. */
export async function run(main) {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof Complaint)) {
      throw error;
    }
    console.error(error.message);
    process.exitCode = 1;
  }
}
