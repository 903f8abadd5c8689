import { planning } from '../fakes/planning';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { GATEWAY_COLUMNS } from '../../src/domain/gateway/columns';
import { WORKLOADS } from '../../src/domain/vocabulary';
import type { ImportReport } from '../../src/usecases/import-customers';
import { importCustomers } from '../../src/usecases/import-customers';
import { bytesOf, gatewayCsv, GOOD_ROW } from '../builders/gateway-csv';
import { SettableClock } from '../fakes/settable-clock';
import { WatchedCustomers } from '../fakes/watched-customers';

const clock = new SettableClock(Temporal.Instant.from('2026-11-20T10:00:00Z'));

const importing = async (
  text: string | Uint8Array,
  customers = new WatchedCustomers(),
  chunk = 7,
): Promise<ImportReport> => importCustomers({ ...planning(clock), customers }, bytesOf(text, chunk));

const TWO = [
  { workload: 'EXO' },
  { workload: 'Teams', requestId: 'RFA-2' },
  { customerId: 'f', customerName: 'Fabrikam' },
];

describe('a faultless file', () => {
  test.each([
    ['commas', gatewayCsv(TWO)],
    ['semicolons', gatewayCsv(TWO, { delimiter: ';' })],
    ['a byte order mark', '\ufeff' + gatewayCsv(TWO)],
    ['line feeds only', gatewayCsv(TWO, { lineBreak: '\n' })],
    ['carriage returns only', gatewayCsv(TWO, { lineBreak: '\r' })],
    ['columns in another order', gatewayCsv(TWO, { columns: [...GATEWAY_COLUMNS].reverse() })],
    ['blank lines', '\n\r\n' + gatewayCsv(TWO).replaceAll('\r\n', '\r\n  \r\n,,,,\r\n')],
    ['no line break at the end', gatewayCsv(TWO).trimEnd()],
    ['all cells quoted', gatewayCsv(TWO).replace(/[^,\r\n]+|(?<=,)(?=[,\r])/g, '"$&"')],
    ['rows of a customer apart from each other', gatewayCsv([TWO[0]!, TWO[2]!, TWO[1]!])],
  ])('with %s goes in', async (_name, text) => {
    const customers = new WatchedCustomers();
    expect(await importing(text, customers)).toEqual({
      customers: 2,
      workloads: 3,
      unchanged: 0,
      conflicts: [],
      rejected: [],
    });
    const contoso = await customers.load('contoso');
    expect(contoso?.customer).toMatchObject({ name: 'Contoso', seats: 1000, accountManaged: true });
    expect(contoso?.customer.accountTeam).toEqual(['a@example.com', 'b@example.com']);
    expect(contoso?.workloads.map(({ workload }) => workload)).toEqual(['exchange-online', 'teams']);
    const date = contoso?.workloads[0]?.startDate;
    expect([date?.date.toString(), date?.precision, date?.source]).toEqual(['2026-11-30', 'day', 'gateway']);
  });

  test('with nothing but a header changes nothing', async () => {
    expect(await importing(gatewayCsv([]))).toMatchObject({ customers: 0, rejected: [] });
  });

  test('keeps what cells may leave open', async () => {
    const customers = new WatchedCustomers();
    const row = { fm: '', accountTeam: '', engagementStartDate: '', kickoffDate: '', accountManaged: 'no' };
    await importing(gatewayCsv([row]), customers);
    const file = await customers.load('contoso');
    expect(file?.customer).toMatchObject({ fm: undefined, accountTeam: [], accountManaged: false });
    expect(file?.workloads[0]).toMatchObject({ startDate: undefined, kickoffDate: undefined });
  });

  test('imported again writes nothing and counts the customers as unchanged', async () => {
    const customers = new WatchedCustomers();
    await importing(gatewayCsv(TWO), customers);
    const { commits } = customers;
    expect(await importing(gatewayCsv(TWO), customers)).toMatchObject({ customers: 2, workloads: 3, unchanged: 2 });
    expect(customers.commits).toBe(commits);
  });

  test('is merged anew after a change that came between', async () => {
    const customers = new WatchedCustomers();
    customers.conflictNext = 3;
    expect(await importing(gatewayCsv(TWO), customers)).toMatchObject({ customers: 2, rejected: [] });
  });

  test('names a customer that others keep changing, and brings in the others', async () => {
    const customers = new WatchedCustomers();
    jest
      .spyOn(customers, 'commit')
      .mockImplementation(async (change) => (change.customerId === 'f' ? { kind: 'conflict' } : { kind: 'committed' }));
    const { customers: count, rejected } = await importing(gatewayCsv(TWO), customers);
    expect([count, rejected]).toEqual([
      1,
      [{ line: 4, column: 'customerId', problem: expect.stringContaining('again') }],
    ]);
  });

  test('stops at a failure of storage and says so', async () => {
    const customers = new WatchedCustomers();
    jest.spyOn(customers, 'commit').mockRejectedValue(new Error('storage is down'));
    await expect(importing(gatewayCsv(TWO), customers)).rejects.toThrow('storage is down');
  });
});

describe('a bad row', () => {
  test.each([
    ['customerId', ''],
    ['customerId', 'a/b'],
    ['customerId', 'x'.repeat(65)],
    ['customerName', ' '],
    ['customerName', 'a\u0000b'],
    ['customerName', 'abc\u202egnp.exe'],
    ['customerName', 'a\uffffb'],
    ['customerName', 'x'.repeat(201)],
    ['region', 'Europe'],
    ['seats', '-1'],
    ['seats', '1,000'],
    ['seats', '1e3'],
    ['seats', '99999999999'],
    ['motion', ''],
    ['deliveryChannel', 'ftc'],
    ['fm', 'nobody'],
    ['fm', 'a@example.com b@example.com'],
    ['fm', 'a\ufffe@example.com'],
    ['fm', `${'é'.repeat(41)}@example.com`],
    ['accountManaged', 'true'],
    ['accountTeam', 'a@example.com, b@example.com'],
    ['language', 'fr'],
    ['requestId', ''],
    ['workload', 'Skype'],
    ['l1Status', 'In Progress'],
    ['engagementStartDate', '2027-02-30'],
    ['engagementStartDate', '30.11.2026'],
    ['engagementStartDate', '0001-01-01'],
    ['kickoffDate', '2027-13-01'],
    ['activeUsers', ''],
    ['activeUsers', '1.5'],
    ['serviceStatus', 'Done'],
  ] as const)('with %s %j is named and keeps its customer out, the others go in', async (column, value) => {
    const customers = new WatchedCustomers();
    const bad = { customerId: 'bad', customerName: 'Bad', workload: 'teams', [column]: value };
    const report = await importing(
      gatewayCsv([{ ...bad, [column]: GOOD_ROW[column], workload: 'intune', customerId: 'bad' }, bad, TWO[2]!]),
      customers,
    );
    expect(report.rejected.filter((entry) => entry.column === column)).toEqual([
      { line: 3, column, problem: expect.stringMatching(/;/) },
    ]);
    expect(await customers.ids()).toEqual(column === 'customerId' ? ['bad', 'f'] : ['f']);
  });

  test('is named with every one of its problems', async () => {
    const { rejected } = await importing(gatewayCsv([{ seats: 'x', region: 'y', workload: 'z' }]));
    expect(rejected.map(({ column }) => column)).toEqual(['region', 'seats', 'workload']);
  });

  test('that contradicts an earlier row of the customer keeps the customer out', async () => {
    const customers = new WatchedCustomers();
    const { rejected } = await importing(gatewayCsv([{}, { workload: 'teams', seats: '999' }, TWO[2]!]), customers);
    expect(rejected).toEqual([{ line: 3, column: 'seats', problem: expect.stringContaining('"1000" on line 2') }]);
    expect(await customers.ids()).toEqual(['f']);
  });

  test('that names a workload twice keeps the customer out', async () => {
    const { rejected, customers } = await importing(gatewayCsv([{}, { workload: 'Exchange' }]));
    expect([customers, rejected]).toEqual([
      0,
      [{ line: 3, column: 'workload', problem: expect.stringContaining('line 2') }],
    ]);
  });

  test('is counted in physical lines, quoted line breaks and blank lines among them', async () => {
    const text = gatewayCsv([
      { customerName: 'Two\r\nlines' },
      { customerId: 'g', customerName: 'A\n\nB' },
      { customerId: 'h', seats: '?' },
    ]);
    const { rejected, customers } = await importing('\n' + text);
    expect([customers, rejected.map(({ line }) => line)]).toEqual([2, [8]]);
  });

  test.each([
    ['a cell too few', (row: string) => row.replace(',EMEA', '')],
    ['a cell too many', (row: string) => row.replace(',EMEA', ',EMEA,')],
    ['a quote never closed', (row: string) => row.replace(',EMEA', ',"EMEA')],
    ['a quote inside a cell', (row: string) => row.replace(',EMEA', ',EM"EA')],
    ['text after a closing quote', (row: string) => row.replace(',EMEA', ',"EM"EA')],
    ['a cell of a million characters', (row: string) => row.replace('Contoso', 'x'.repeat(1e6))],
    ['bytes that are not UTF-8', (row: string) => row.replace('Contoso', '\u0001')],
  ])('with %s keeps out its customer only', async (_name, spoil) => {
    const lines = gatewayCsv([{ workload: 'teams' }, {}, TWO[2]!]).split('\r\n');
    lines[2] = spoil(lines[2]!);
    const bytes = Buffer.from(lines.join('\r\n'));
    const customers = new WatchedCustomers();
    const report = await importing(
      bytes.map((byte) => (byte === 1 ? 0xfc : byte)),
      customers,
      1 << 16,
    );
    expect(report.rejected.map(({ line }) => line)).toEqual(expect.arrayContaining([3]));
    expect([report.customers, await customers.ids()]).toEqual([1, ['f']]);
  });
});

describe('a file that cannot be used', () => {
  test.each([
    ['nothing', '', '', 'empty'],
    ['another encoding', Buffer.from('\ufeff' + gatewayCsv([{}]), 'utf16le'), '', 'UTF-8'],
    [
      'a header with a column missing',
      gatewayCsv([{}]).replaceAll(/,serviceStatus|,Enablement/g, ''),
      'serviceStatus',
      'missing',
    ],
    ['a header with an unknown column', gatewayCsv([{}]).replaceAll('\r\n', ',extra\r\n'), 'extra', 'remove'],
    ['a header with a column twice', gatewayCsv([{}]).replaceAll('\r\n', ',seats\r\n'), 'seats', 'twice'],
    ['a header in other letters', gatewayCsv([{}]).replace('l1Status', 'L1 status'), 'L1 status', 'write l1Status'],
    ['a broken header', gatewayCsv([{}]).replace('seats', '"seats'), '', 'header row'],
  ])('for %s is refused as a whole', async (_name, text, column, words) => {
    const customers = new WatchedCustomers();
    const report = await importing(text, customers);
    expect(report.rejected).toContainEqual({ line: 1, column, problem: expect.stringContaining(words) });
    expect(await customers.ids()).toHaveLength(0);
  });

  test.each([
    ['bytes', { bytes: 500, rows: 10 }],
    ['rows', { bytes: 1e6, rows: 2 }],
  ])('for too many %s writes nothing', async (_name, limits) => {
    const customers = new WatchedCustomers();
    const { rejected } = await importCustomers({ ...planning(clock), customers }, bytesOf(gatewayCsv(TWO)), limits);
    expect(rejected).toEqual([{ line: 1, column: '', problem: expect.stringContaining('split it') }]);
    expect(await customers.ids()).toHaveLength(0);
  });

  test('for more than 10,000 broken rows is refused as a whole', async () => {
    const { rejected } = await importing(gatewayCsv([{}]) + 'a"b\n'.repeat(10_001), undefined, 1 << 16);
    expect(rejected).toEqual([{ line: 1, column: '', problem: expect.stringContaining('well-formed') }]);
  });

  test('lists at most 5,000 problems and says how many more there are', async () => {
    const { rejected } = await importing(gatewayCsv([]) + 'x\n'.repeat(6000), undefined, 1000);
    expect(rejected).toHaveLength(5001);
    expect(rejected.at(-1)?.problem).toContain('1000 further');
  });
});

describe('what FMs wrote', () => {
  const at = Temporal.Instant.from('2026-11-20T10:00:00Z');

  async function afterFmChanged(change: { date?: string; submitted?: boolean }): Promise<WatchedCustomers> {
    const customers = new WatchedCustomers();
    await importing(gatewayCsv([{}]), customers);
    const base = (await customers.load('contoso'))!;
    const before = base.workloads[0]!;
    const startDate = change.date
      ? ({ date: Temporal.PlainDate.from(change.date), precision: 'month', source: 'fm' } as const)
      : before.startDate;
    const workload = {
      ...before,
      startDate,
      serviceStatus: change.submitted ? ('Adoption' as const) : before.serviceStatus,
      lastContact: { kind: 'reply', at } as const,
    };
    const checklist = {
      workload: workload.workload,
      status: 'submitted',
      steps: {},
      nextActionDate: undefined,
      at,
      by: 'fm',
    } as const;
    await customers.commit({
      customerId: 'contoso',
      base,
      workloads: [workload],
      checklists: change.submitted ? [checklist] : [],
    });
    return customers;
  }

  test.each([
    [
      'a date of the FM stays and another one is reported',
      { date: '2027-03-01' },
      {},
      { field: 'startDate', ours: '2027-03-01', theirs: '2026-11-30' },
    ],
    ['the same date is no conflict', { date: '2026-11-30' }, {}, undefined],
    ['no date in the file contradicts nothing', { date: '2027-03-01' }, { engagementStartDate: '' }, undefined],
    [
      'a submitted checklist keeps its status',
      { submitted: true },
      {},
      { field: 'serviceStatus', ours: 'Adoption', theirs: 'Enablement' },
    ],
    ['after a submitted checklist the status goes on', { submitted: true }, { serviceStatus: 'Completed' }, undefined],
  ] as const)('%s', async (_name, change, row, conflict) => {
    const customers = await afterFmChanged(change);
    const before = (await customers.load('contoso'))!.workloads[0]!;
    const report = await importing(gatewayCsv([{ activeUsers: '11', ...row }]), customers);
    expect(report.conflicts).toEqual(
      conflict ? [{ customerId: 'contoso', workload: 'exchange-online', ...conflict }] : [],
    );
    const after = (await customers.load('contoso'))!.workloads[0]!;
    expect(after.startDate).toEqual(before.startDate);
    expect(after.lastContact).toEqual(before.lastContact);
    expect(after.activeUsers).toBe(11);
  });

  test('a conflict that stands is reported again and nothing is written', async () => {
    const customers = await afterFmChanged({ date: '2027-03-01' });
    const { commits } = customers;
    expect(await importing(gatewayCsv([{}]), customers)).toMatchObject({
      unchanged: 1,
      conflicts: [{ ours: '2027-03-01' }],
    });
    expect(customers.commits).toBe(commits);
  });

  test('a date of Gateway follows Gateway, also when it goes', async () => {
    const customers = await afterFmChanged({});
    await importing(gatewayCsv([{ engagementStartDate: '' }]), customers);
    expect((await customers.load('contoso'))!.workloads[0]!.startDate).toBeUndefined();
  });

  test('workloads missing from a later file stay', async () => {
    const customers = await afterFmChanged({});
    await importing(gatewayCsv([{ workload: 'teams' }]), customers);
    expect((await customers.load('contoso'))!.workloads).toHaveLength(2);
  });
});

describe('whatever comes', () => {
  const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).filter((text) => {
    const clean = text.normalize('NFC').replace(/\s+/g, ' ').trim();
    return clean !== '' && !/[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\ufffd\u202a-\u202e\u2066-\u2069]/u.test(clean);
  });

  test('names come in as they were written, in any chunks', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(name, { minLength: 1, maxLength: 5 }),
        fc.constantFrom(',', ';'),
        fc.integer({ min: 1, max: 40 }),
        async (names, delimiter, chunk) => {
          const customers = new WatchedCustomers();
          const rows = names.map((customerName, index) => ({
            customerId: `c${index}`,
            customerName,
            motion: 'a,b;"c"\n',
          }));
          const report = await importing(gatewayCsv(rows, { delimiter }), customers, chunk);
          expect(report.rejected).toEqual([]);
          const stored = (await customers.files()).map(({ customer }) => customer.name).sort();
          expect(stored).toEqual(names.map((each) => each.normalize('NFC').replace(/\s+/g, ' ').trim()).sort());
        },
      ),
      { numRuns: 100 },
    );
  });

  test('arbitrary bytes never throw and never leave half a customer', async () => {
    const good = gatewayCsv(WORKLOADS.slice(0, 3).map((workload) => ({ workload })));
    const spoil = fc.record({
      at: fc.nat(good.length),
      cut: fc.nat(4),
      put: fc.oneof(
        fc.uint8Array({ maxLength: 6 }),
        fc.constantFrom('"', '\n', '""', ',', '\r', '\0', ';').map((text) => Buffer.from(text)),
      ),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(spoil, { minLength: 1, maxLength: 4 }), async (spoils) => {
        let bytes = Buffer.from(good);
        for (const { at, cut, put } of spoils) {
          bytes = Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + cut)]);
        }
        const customers = new WatchedCustomers();
        const report = await importing(bytes, customers);
        expect(await customers.ids()).toHaveLength(report.customers);
        if (report.customers === 1 && report.rejected.length === 0) {
          expect((await customers.files())[0]?.workloads).toHaveLength(report.workloads);
        }
        expect(report.rejected.every(({ line, problem }) => line >= 1 && problem.length > 0)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('a file without any line break or with endless open quotes ends in time', async () => {
    const header = gatewayCsv([]);
    for (const text of [
      'x'.repeat(3e6),
      '"\n'.repeat(3e5),
      '"a\n""\n'.repeat(1e5),
      ',"'.repeat(1e6),
      '\r'.repeat(1e6),
    ]) {
      const { customers } = await importing(header + text, undefined, 1 << 16);
      expect(customers).toBe(0);
    }
  });
});
