import type { ForgetDependencies } from '../usecases/forget-person';
import { forgetPerson } from '../usecases/forget-person';
import type { CliContext } from './cli-context';
import { print } from './cli-context';
import { OperatorError } from './operator-error';

/** Storage as forgetting needs it; `close` before the process ends. */
export interface ForgetStores extends ForgetDependencies {
  close(): Promise<void>;
}

const ADDRESS_OR_ID = /^[^@\s]+@[^@\s]+$|^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** A shorter name is part of too many words. */
const SHORTEST_NAME = 2;

/** Forgets a person and prints what was found. @returns the exit code: 1 when a row names them still. */
export async function runForget(
  context: CliContext,
  who: string,
  { name: names = [], dryRun = false }: { readonly name?: readonly string[]; readonly dryRun?: boolean },
): Promise<number> {
  if (!ADDRESS_OR_ID.test(who.trim())) {
    throw new OperatorError(`${JSON.stringify(who)} is neither an address nor an Entra object id.`);
  }
  const short = names.find((name) => name.trim().length < SHORTEST_NAME);
  if (short !== undefined) {
    throw new OperatorError(`${JSON.stringify(short)} is too short for a name: it would be found in other words.`);
  }
  const stores = await context.openForgetting();
  try {
    const report = await forgetPerson(stores, { who, names, dryRun });
    await print(context.stdout, JSON.stringify({ dryRun, ...report }));
    return Object.keys(report.remaining).length > 0 ? 1 : 0;
  } finally {
    await stores.close();
  }
}
