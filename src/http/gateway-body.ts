import { z } from 'zod';
import type { GatewayCustomer } from '../domain/gateway/records';
import type { Value } from '../domain/gateway/values';
import {
  addressValue,
  choiceValue,
  dateValue,
  idValue,
  nameValue,
  optionalAddressValue,
  workloadValue,
} from '../domain/gateway/values';
import { DELIVERY_CHANNELS, L1_STATUSES, LANGUAGES, REGIONS, SERVICE_STATUSES, WORKLOADS } from '../domain/vocabulary';

/** What is wrong in a body, and where: `workloads[0].startDate.date`. */
export interface FieldProblem {
  readonly field: string;
  readonly problem: string;
}

export type ReadCustomer =
  | { readonly ok: true; readonly value: GatewayCustomer }
  | { readonly ok: false; readonly errors: readonly FieldProblem[] };

const LISTED = 50;

/** A string that is read by the same rule as the cell of a Gateway file. */
const text = <T>(read: (text: string) => Value<T>) =>
  z.string().transform((value, context) => {
    const found = read(value);
    if (found.ok) {
      return found.value;
    }
    context.addIssue({ code: 'custom', message: found.problem });
    return z.NEVER;
  });
const choice = <T extends string>(list: readonly T[]) => text((value) => choiceValue(list, value));
const count = z.int().min(0).max(2_147_483_647);
const nullable = <T extends z.ZodType>(schema: T) =>
  schema.nullable().transform((value): z.output<T> | undefined => value ?? undefined);

const startDate = z
  .strictObject({ date: text(dateValue), precision: choice(['day', 'month'] as const) })
  .refine(({ date, precision }) => precision === 'day' || date.day === 1, {
    path: ['date'],
    message: 'is an estimate of a month; write the first day of the month',
  });

const workload = z.strictObject({
  workload: text(workloadValue),
  requestId: text(nameValue),
  l1Status: choice(L1_STATUSES),
  serviceStatus: choice(SERVICE_STATUSES),
  startDate: nullable(startDate),
  kickoffDate: nullable(text(dateValue)),
  activeUsers: count,
});

const body = z.strictObject({
  name: text(nameValue),
  region: choice(REGIONS),
  seats: count,
  motion: text(nameValue),
  deliveryChannel: choice(DELIVERY_CHANNELS),
  fm: nullable(text(optionalAddressValue)),
  accountManaged: z.boolean(),
  accountTeam: z
    .array(text(addressValue))
    .max(50)
    .transform((team) => [...new Set(team)]),
  language: choice(LANGUAGES),
  workloads: z
    .array(workload)
    .max(WORKLOADS.length)
    .refine((list) => new Set(list.map((each) => each.workload)).size === list.length, {
      message: 'names a workload twice; write each workload once',
    }),
});

/** Reads the body of a PUT: the customer as in the export, without `id` and without `source`. */
export function readCustomer(customerId: string, json: unknown): ReadCustomer {
  const id = idValue(customerId);
  const read = body.safeParse(json, { error: inWords });
  if (id.ok && read.success) {
    const { workloads, ...customer } = read.data;
    return { ok: true, value: { customer: { id: id.value, ...customer }, workloads } };
  }
  const errors = id.ok ? [] : [{ field: 'customerId', problem: id.problem }];
  return { ok: false, errors: [...errors, ...problemsOf(read.error?.issues ?? [])].slice(0, LISTED) };
}

type RawIssue = Parameters<z.core.$ZodErrorMap>[0];

function inWords(issue: RawIssue): string | undefined {
  if (issue.code === 'invalid_type') {
    const found = issue.input === undefined ? 'is missing' : 'has the wrong type';
    return `${found}; write ${TYPE_WORDS[issue.expected] ?? `a value of type ${issue.expected}`}`;
  }
  if (issue.code === 'too_big') {
    return `is too large; at most ${String(issue.maximum)}`;
  }
  return issue.code === 'too_small' ? `is too small; at least ${String(issue.minimum)}` : undefined;
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'a text in quotes',
  int: 'a whole number',
  number: 'a whole number',
  boolean: 'true or false',
  array: 'a list in [ ]',
  object: 'an object in { }',
};

function problemsOf(issues: readonly z.core.$ZodIssue[]): FieldProblem[] {
  return issues.flatMap((issue) => {
    const field = fieldOf(issue.path);
    if (issue.code !== 'unrecognized_keys') {
      return [{ field: field === '' ? 'body' : field, problem: issue.message }];
    }
    return issue.keys.map((key) => ({
      field: fieldOf([...issue.path, key.slice(0, 100)]),
      problem: 'is not a field of this object; leave it out',
    }));
  });
}

const fieldOf = (path: readonly PropertyKey[]): string =>
  path
    .map((step, depth) => (typeof step === 'number' ? `[${step}]` : `${depth > 0 ? '.' : ''}${String(step)}`))
    .join('');
