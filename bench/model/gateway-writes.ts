import assert from 'node:assert/strict';
import { gatewayCsv } from '../../test/builders/gateway-csv';
import { putCustomer } from '../../test/wire/gateway-customer';
import { GATEWAY_KEY } from '../bots';
import type { Dice } from './dice';
import type { Fleet } from './fleet';
import type { PutCustomer, SharedCustomers } from './shared-customers';

interface Writing {
  readonly id: string;
  readonly customer: PutCustomer;
  readonly byFile: boolean;
}

/** Gateway, which writes one customer at a time, by PUT or by file, again until it is told that it is in. */
export class GatewayWrites {
  private writing: Writing | undefined;

  constructor(
    private readonly fleet: Fleet,
    private readonly shared: SharedCustomers,
  ) {}

  get unsettled(): boolean {
    return this.writing !== undefined;
  }

  async write(dice: Dice): Promise<void> {
    const id = dice.pick(this.shared.ids);
    const customer = this.shared.customer(id);
    const workloads = customer.workloads.map((workload) => ({ ...workload, activeUsers: dice.below(100) }));
    this.writing = { id, customer: { ...customer, seats: 2000 + dice.below(1000), workloads }, byFile: dice.oneIn(2) };
    await this.again(dice);
  }

  async again(dice: Dice): Promise<void> {
    if (this.writing) {
      const { id, customer } = this.writing;
      const status = await this.send(this.fleet.url(dice), this.writing);
      assert([200, 201, 503, undefined].includes(status), `Gateway was answered ${status}`);
      if (status === 200 || status === 201) {
        this.writing = undefined;
        this.shared.written(id, customer);
      }
    }
  }

  /** @returns the status; undefined when the connection broke. */
  private async send(url: string, { id, customer, byFile }: Writing): Promise<number | undefined> {
    const sent = byFile
      ? fetch(`${url}/api/gateway/import`, {
          method: 'POST',
          headers: { authorization: `Bearer ${GATEWAY_KEY}`, 'content-type': 'text/csv' },
          body: gatewayCsv(rowsOf(id, customer)),
        })
      : putCustomer(url, id, customer, GATEWAY_KEY);
    return sent.then(
      async (answer) => {
        await answer.arrayBuffer();
        return answer.status;
      },
      () => undefined,
    );
  }
}

const rowsOf = (id: string, { name, fm, seats, workloads }: PutCustomer): Parameters<typeof gatewayCsv>[0] =>
  workloads.map(({ activeUsers, startDate }) => ({
    customerId: id,
    customerName: name,
    fm,
    seats: String(seats),
    accountTeam: '',
    requestId: 'RFA-7',
    engagementStartDate: startDate.date,
    kickoffDate: '',
    activeUsers: String(activeUsers),
  }));
