import type { TurnContext } from 'botbuilder-core';
import { cardAction, choice, workloadData } from '../cards/actions';
import { noticeCard } from '../cards/notice';
import type { Card } from '../cards/render';
import { isChased, mayReply } from '../domain/reminders/reminder';
import type { WorkloadId } from '../domain/vocabulary';
import { text } from '../locales/catalog';
import { lookUpCustomer } from '../usecases/look-up-customer';
import { recordContact } from '../usecases/record-contact';
import type { Asked } from './reminder-cards';
import { triedCard } from './reminder-presses';
import type { Turn } from './turn';

const MOST_CHOICES = 8;

/** "Still nothing from Fabrikam": an attempt, where it is clear about what; else the choice. */
export async function noReplyCard({ activity }: TurnContext, turn: Turn): Promise<Card> {
  const [only, ...others] = await chasedBySentence(turn);
  if (!only) {
    return noticeCard({ paragraphs: [text(turn.language, 'reminder.noneChased')] });
  }
  if (others.length > 0) {
    return chooseCard(turn, [only, ...others]);
  }
  const token = `${activity.id ?? turn.services.newToken()}:attempt`;
  const outcome = await recordContact(turn.services, { actor: turn.actor, ...only, kind: 'attempt', note: '', token });
  return triedCard(turn, only, outcome.kind === 'recorded' ? outcome.reminder : undefined);
}

/**
 * "Litware answered": the reply counts from now on, and says so, whether or not the form that follows is saved.
 * @returns the turn as if its sentence had named the workload that the reply was recorded for.
 */
export async function recordTypedReply({ activity }: TurnContext, turn: Turn): Promise<Turn> {
  const { services, actor, input } = turn;
  const [only, ...others] = await namedBySentence(turn, mayReply);
  if (!only || others.length > 0 || input.kind !== 'said') {
    return turn;
  }
  const token = `${activity.id ?? services.newToken()}:reply`;
  await recordContact(services, { actor, ...only, kind: 'reply', note: '', token });
  const workload = text(turn.language, `workload.${only.workload}`);
  await turn.say(text(turn.language, 'reminder.replyNoted', { customer: only.name, workload }));
  return { ...turn, input: { ...input, understanding: { ...input.understanding, workloads: [only.workload] } } };
}

/** The chased workloads a sentence may mean: of the customers it names, else of all of the FM's. */
async function chasedBySentence(turn: Turn): Promise<Asked[]> {
  if (turn.input.kind !== 'said') {
    return [];
  }
  const { customers, workloads, unknownCustomer } = turn.input.understanding;
  if (customers.length > 0) {
    return namedBySentence(turn, isChased);
  }
  return unknownCustomer === undefined ? ownChased(turn, workloads) : [];
}

/** The workloads that may be meant of the customers a sentence names. */
async function namedBySentence({ input, services, actor }: Turn, isMeant: typeof isChased): Promise<Asked[]> {
  if (input.kind !== 'said') {
    return [];
  }
  const { customers, workloads } = input.understanding;
  const files = await Promise.all(
    customers.map(async ({ customerId }) => lookUpCustomer(services.customers, actor, customerId)),
  );
  return files.flatMap((file) =>
    (file?.workloads ?? [])
      .filter((row) => file && isMeant(file.customer, row) && fits(workloads, row.workload))
      .map(({ workload }) => ({ customerId: file?.customer.id ?? '', name: file?.customer.name ?? '', workload })),
  );
}

/** From the FM's index: what is overdue comes first there. */
async function ownChased({ services, actor, today }: Turn, workloads: readonly WorkloadId[]): Promise<Asked[]> {
  const own = actor.address === undefined ? [] : await services.index.ofFm(actor.address);
  return own.flatMap(({ customerId, name, deliveryChannel, fm, workloads: rows }) =>
    rows
      .filter(
        (row) =>
          row.startDate !== undefined &&
          row.startDate.date.until(today).sign >= 0 &&
          fits(workloads, row.workload) &&
          isChased(
            { deliveryChannel, fm },
            {
              ...row,
              activeUsers: 0,
              lastContact: row.lastContact && { kind: row.lastContact, at: services.clock.now() },
            },
          ),
      )
      .map(({ workload }) => ({ customerId, name, workload })),
  );
}

const fits = (named: readonly WorkloadId[], workload: WorkloadId): boolean =>
  named.length === 0 || named.includes(workload);

const chooseCard = async ({ language }: Turn, choices: readonly Asked[]): Promise<Card> =>
  noticeCard({
    paragraphs: [text(language, 'reminder.chooseOne')],
    choices: choices.slice(0, MOST_CHOICES).map(({ customerId, name, workload }) => {
      const title = `${name} · ${text(language, `workload.${workload}`)}`;
      return choice(
        cardAction('reminder.keepTrying', title, { ...workloadData(customerId, workload), lang: language }),
      );
    }),
  });
