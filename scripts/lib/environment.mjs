import { existsSync } from 'node:fs';
import { at } from './project.mjs';

/** Adds what stands in `.env`, if there is one; variables that are set already win. */
export function readDotEnv() {
  const file = at('.env');
  if (existsSync(file)) {
    process.loadEnvFile(file);
  }
}
