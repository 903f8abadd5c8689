export const STORAGE_ERROR_CODES = [
  'storage-unavailable',
  'storage-refused',
  'storage-limit',
  'state-conflict',
  'damaged-row',
  'embedded-storage',
] as const;
export type StorageErrorCode = (typeof STORAGE_ERROR_CODES)[number];

/** Everything the storage adapters throw on purpose; logs are searched by `code`. */
export class StorageError extends Error {
  constructor(
    readonly code: StorageErrorCode,
    message: string,
    cause?: unknown,
  ) {
    super(message, { cause });
    this.name = new.target.name;
  }
}

/** Storage did not answer within the budget, or answered that it cannot now. A write may or may not have happened. */
export class StorageUnavailableError extends StorageError {
  constructor(cause: unknown) {
    super('storage-unavailable', 'Storage did not answer in time', cause);
  }
}

/** Storage answered with a status nobody expects here (no access, a bad request): a mistake of ours or the set-up's. */
export class StorageRefusedError extends StorageError {
  constructor(
    readonly status: number | undefined,
    cause: unknown,
  ) {
    super('storage-refused', `Storage refused a request with status ${status}`, cause);
  }
}

/** More than Table Storage holds (rows, bytes, key length): nothing was written. */
export class StorageLimitError extends StorageError {
  constructor(message: string) {
    super('storage-limit', message);
  }
}

/** Bot state was written by another turn since it was read: run the turn again on fresh state. */
export class StateConflictError extends StorageError {
  constructor() {
    super('state-conflict', 'Bot state was changed by another turn');
  }
}

/** A stored row does not hold what its kind holds; names row and column, never the value. */
export class DamagedRowError extends StorageError {
  constructor(rowKey: string, column: string) {
    super('damaged-row', `Row ${rowKey}: column ${column} is missing or not of its kind`);
  }
}

/** The embedded storage cannot run here; the message is one sentence for the operator. */
export class EmbeddedStorageError extends StorageError {
  constructor(message: string, cause?: unknown) {
    super('embedded-storage', message, cause);
  }
}
