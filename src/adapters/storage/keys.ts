import { createHash } from 'node:crypto';
import type { Temporal } from 'temporal-polyfill';
import { StorageLimitError } from './errors';

/** Azurite's limit (1 KiB of UTF-16), which is the lower of the two that Azure's documents name. */
export const MAX_KEY_LENGTH = 512;

const UNSAFE = /[^A-Za-z0-9_.@-]/g;

/**
 * Any text as a part of a key. Everything but letters, digits and `-_.@` becomes `~` and four hex digits per UTF-16
 * unit: the characters Azure refuses, `~` itself, and `%`, `'` and non-ASCII, which clients and batches escape in
 * different ways. Two texts never give the same key.
 */
export function encodeKey(text: string): string {
  return text.replace(UNSAFE, (unit) => `~${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** @throws StorageLimitError when a key is longer than every service takes. */
export function checkKey(key: string): string {
  if (key.length > MAX_KEY_LENGTH) {
    throw new StorageLimitError(`A key of ${key.length} characters is longer than ${MAX_KEY_LENGTH}`);
  }
  return key;
}

/** Fixed-length key of a text of any length (Teams ids). */
export function hashKey(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

const LATEST = 10 ** 15 - 1;

/** Sorts newest first; one millisecond is the grain. */
export function newestFirst(at: Temporal.Instant): string {
  return String(LATEST - at.epochMilliseconds).padStart(15, '0');
}

/** Sorts oldest first; one millisecond is the grain. */
export function oldestFirst(at: Temporal.Instant): string {
  return String(at.epochMilliseconds).padStart(15, '0');
}

/** Filter for the rows of one partition whose key starts with `prefix`, which is ours and needs no escaping. */
export function rowsStarting(partitionKey: string, prefix: string): string {
  return `PartitionKey eq '${partitionKey}' and ${startsWith('RowKey', prefix)}`;
}

/** Filter for a key that starts with `prefix`. */
export function startsWith(column: 'PartitionKey' | 'RowKey', prefix: string): string {
  const last = prefix.charCodeAt(prefix.length - 1);
  const end = prefix.slice(0, -1) + String.fromCharCode(last + 1);
  return `${column} ge '${prefix}' and ${column} lt '${end}'`;
}
