import { Temporal } from 'temporal-polyfill';
import type { WorkloadId } from '../vocabulary';
import { isOneOf, WORKLOADS } from '../vocabulary';
import { workloadFromName } from './workload-names';

/** One value read from outside, or what is wrong with it and what to write instead. */
export type Value<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: string };

const ok = <T>(value: T): Value<T> => ({ ok: true, value });
const wrong = (problem: string): Value<never> => ({ ok: false, problem });

const LARGEST_NUMBER = 2_147_483_647;
const NAME_LENGTH = 200;
const ID_LENGTH = 64;
const ADDRESS_LENGTH = 254;
/** Addresses become table keys, in which such a character takes five. */
const UNUSUAL_IN_ADDRESS = /[^A-Za-z0-9_.@-]/g;
const MOST_UNUSUAL = 40;
const ACCOUNT_TEAM_SIZE = 50;

// Control characters, half surrogates, and marks that reverse the reading direction: a name with them shows other than it is.
// What is no character at all (U+FFFE) no queue message, which is XML, can hold.
const UNSHOWABLE = /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\u202a-\u202e\u2066-\u2069]/u;
const DAMAGED = '\ufffd';

/** @returns the text as it may be shown inside a problem: quoted, at most 40 characters. */
export function shown(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}

/** Line breaks and tabs become blanks; other characters that cannot be shown are refused. */
export function textValue(text: string, longest: number): Value<string> {
  const clean = text.normalize('NFC').replace(/\s+/g, ' ').trim();
  if (clean.includes(DAMAGED)) {
    return wrong('contains characters that are not valid UTF-8; save the file as UTF-8');
  }
  if (UNSHOWABLE.test(clean)) {
    return wrong('contains control characters; leave them out');
  }
  return clean.length > longest
    ? wrong(`is ${clean.length} characters long; write at most ${longest} characters`)
    : ok(clean);
}

/** A text that may not be empty. */
export function nameValue(text: string, longest = NAME_LENGTH): Value<string> {
  const clean = textValue(text, longest);
  return clean.ok && clean.value === '' ? wrong('is empty; write a text') : clean;
}

/** Ids become table keys and parts of addresses: letters, digits, dot, hyphen and underscore. */
export function idValue(text: string): Value<string> {
  const clean = nameValue(text, ID_LENGTH);
  if (!clean.ok || /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._-]*$/u.test(clean.value)) {
    return clean;
  }
  return wrong(`is ${shown(clean.value)}; write letters, digits, ".", "-" and "_" only, a letter or digit first`);
}

/** One member of a closed list, written exactly so. */
export function choiceValue<T extends string>(list: readonly T[], text: string): Value<T> {
  const clean = text.trim();
  if (isOneOf(list, clean)) {
    return ok(clean);
  }
  return wrong(`is ${clean === '' ? 'empty' : shown(clean)}; write ${list.join(', ').replace(/, ([^,]*)$/, ' or $1')}`);
}

/** A whole number from 0 to the largest that storage keeps. */
export function countValue(text: string): Value<number> {
  const clean = text.trim();
  const value = Number(clean);
  if (/^\d{1,10}$/.test(clean) && value <= LARGEST_NUMBER) {
    return ok(value);
  }
  const found = clean === '' ? 'empty' : shown(clean);
  return wrong(`is ${found}; write a whole number from 0 to ${LARGEST_NUMBER}, digits only`);
}

/** A calendar date that exists, between 2000 and 2199. */
export function dateValue(text: string): Value<Temporal.PlainDate> {
  const clean = text.trim();
  if (!/^\d{4}-\d{2}-\d{2}$/.test(clean)) {
    return wrong(`is ${clean === '' ? 'empty' : shown(clean)}; write a date as YYYY-MM-DD`);
  }
  if (clean < '2000-01-01' || clean > '2199-12-31') {
    return wrong(`is ${shown(clean)}; write a date between 2000-01-01 and 2199-12-31`);
  }
  try {
    return ok(Temporal.PlainDate.from(clean, { overflow: 'reject' }));
  } catch {
    return wrong(`is ${shown(clean)}, a date that does not exist; write an existing date as YYYY-MM-DD`);
  }
}

/** As `dateValue`, or undefined for an empty cell. */
export function optionalDateValue(text: string): Value<Temporal.PlainDate | undefined> {
  return text.trim() === '' ? ok(undefined) : dateValue(text);
}

/** An e-mail address, made lower-case. */
export function addressValue(text: string): Value<string> {
  const clean = textValue(text, ADDRESS_LENGTH);
  if (!clean.ok) {
    return clean;
  }
  const address = clean.value.toLowerCase();
  if (!/^[^\s@,;<>"]+@[^\s@,;<>"]+$/.test(address)) {
    const found = address === '' ? 'empty' : shown(clean.value);
    return wrong(`is ${found}; write one e-mail address such as fm@contoso.com`);
  }
  return (address.match(UNUSUAL_IN_ADDRESS)?.length ?? 0) > MOST_UNUSUAL
    ? wrong(`has more than ${MOST_UNUSUAL} characters other than a-z, 0-9, ".", "-" and "_"; write fewer`)
    : ok(address);
}

/** As `addressValue`, or undefined for an empty cell. */
export function optionalAddressValue(text: string): Value<string | undefined> {
  return text.trim() === '' ? ok(undefined) : addressValue(text);
}

/** Addresses separated by blanks; empty = unknown (C5). Named twice counts once. */
export function accountTeamValue(text: string): Value<readonly string[]> {
  const team = new Set<string>();
  for (const part of text.split(/\s+/).filter((word) => word !== '')) {
    const address = addressValue(part);
    if (!address.ok) {
      return wrong(`has ${shown(part)}; write e-mail addresses separated by spaces, or leave it empty`);
    }
    team.add(address.value);
  }
  return team.size > ACCOUNT_TEAM_SIZE
    ? wrong(`has ${team.size} addresses; write at most ${ACCOUNT_TEAM_SIZE}`)
    : ok([...team]);
}

/** A workload by id, name or short form. */
export function workloadValue(text: string): Value<WorkloadId> {
  const id = workloadFromName(text.slice(0, NAME_LENGTH));
  if (id) {
    return ok(id);
  }
  return wrong(`is ${text.trim() === '' ? 'empty' : shown(text.trim())}; write one of ${WORKLOADS.join(', ')}`);
}
