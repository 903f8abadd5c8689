import { Readable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import type { Section } from './sections';
import type { Cell } from './tables';
import { TABLES } from './tables';
import { sheetXml } from './xlsx-sheet';

/** Excel's limit is 1,048,576 with the header; a longer list goes on in another sheet. */
const ROWS_PER_SHEET = 1_048_575;

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const SPREADSHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Header bold; texts marked as text (quotePrefix), so that editing one does not make a formula of it; dates as dates. */
const STYLES = `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>`;

/** Writes the export as a workbook with a sheet per list. A row is in memory only while it is written. */
export async function writeXlsx(
  sections: AsyncIterable<Section>,
  out: NodeJS.WritableStream,
  rowsPerSheet = ROWS_PER_SHEET,
): Promise<void> {
  const zip = new ZipFile();
  const written = pipeline(zip.outputStream as unknown as Readable, out, { end: false });
  const failed = new Promise<never>((_resolve, reject) => {
    zip.on('error', reject);
    written.catch(reject);
  });
  failed.catch(() => undefined);
  const names: string[] = [];
  for await (const { list, rows } of sections) {
    const flat = tableRows({ list, rows });
    for (let part = 1, ahead = await flat.next(); part === 1 || !ahead.done; part++, ahead = await flat.next()) {
      names.push(part === 1 ? list : `${list} ${part}`);
      const sheet = Readable.from(sheetXml(TABLES[list].columns, startingWith(ahead, flat), rowsPerSheet));
      zip.addReadStream(sheet, `xl/worksheets/sheet${names.length}.xml`);
      await Promise.race([finished(sheet), failed]);
    }
  }
  for (const [path, text] of partsOf(names)) {
    zip.addBuffer(Buffer.from(text), path);
  }
  zip.end();
  await Promise.race([written, failed]);
}

type FlatRow = Readonly<Record<string, Cell>>;

async function* tableRows({ list, rows }: Section): AsyncGenerator<FlatRow> {
  for await (const row of rows) {
    yield* TABLES[list].rows(row);
  }
}

/** An iterator that gives one result that was already taken, then the rest. */
function startingWith(taken: IteratorResult<FlatRow>, rest: AsyncGenerator<FlatRow>): AsyncIterator<FlatRow> {
  let isFirst = true;
  return {
    next: async () => {
      const first = isFirst;
      isFirst = false;
      return first ? taken : rest.next();
    },
  };
}

function partsOf(names: readonly string[]): [path: string, text: string][] {
  const each = (part: (name: string, number: number) => string): string =>
    names.map((name, index) => part(name, index + 1)).join('');
  const types = each(
    (_name, n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${SPREADSHEET}.worksheet+xml"/>`,
  );
  const sheets = each((name, n) => `<sheet name="${name}" sheetId="${n}" r:id="rId${n}"/>`);
  const links = each(
    (_name, n) => `<Relationship Id="rId${n}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${n}.xml"/>`,
  );
  return [
    [
      '[Content_Types].xml',
      `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${SPREADSHEET}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${SPREADSHEET}.styles+xml"/>${types}</Types>`,
    ],
    [
      '_rels/.rels',
      `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    ['xl/workbook.xml', `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${sheets}</sheets></workbook>`],
    [
      'xl/_rels/workbook.xml.rels',
      `${XML}<Relationships xmlns="${PACKAGE}/relationships">${links}<Relationship Id="rId${names.length + 1}" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
    ],
    ['xl/styles.xml', STYLES],
  ];
}
