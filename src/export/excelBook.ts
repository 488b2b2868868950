import { zipOf } from './zip';

/** What stands in a cell: a number, a text that is never a formula, a formula, or nothing. */
export type Cell = number | string | { readonly f: string } | null;
export interface Sheet {
  readonly name: string;
  readonly rows: readonly (readonly Cell[])[];
  /** Rows at its top that stay in sight. */
  readonly frozen?: number;
}

/** No sheet has more columns, no cell a longer text. */
export const MOST_SHEET_COLUMNS = 16_384;
export const LONGEST_TEXT = 32_767;

/** A column by its letters, from 0: A, B … Z, AA. */
export function columnName(column: number): string {
  const rest = Math.floor(column / 26);
  return (rest > 0 ? columnName(rest - 1) : '') + String.fromCharCode(65 + (column % 26));
}
/** A cell by row and column, both from 0: $B$3. */
export const fixedCell = (row: number, column: number): string => `$${columnName(column)}$${row + 1}`;

/** Whether a text can stand in XML at all. */
export const isXmlText = (text: string): boolean =>
  text.length <= LONGEST_TEXT && !/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\p{Cs}]/u.test(text);

/** In a workbook _x0041_ stands for A: an underscore that would begin such a thing is written so itself. */
const xml = (text: string): string =>
  text
    .replace(/_(?=x[\dA-Fa-f]{4}_)/g, '_x005F_')
    .replace(/[&<>"\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);

/** Sheets as a workbook (ECMA-376), whose formulas are worked out when it is opened. */
export function workbook(sheets: readonly Sheet[]): Uint8Array {
  const ids = sheets.map((_, k) => k + 1);
  const override = (part: string, type: string) =>
    `<Override PartName="${part}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${type}+xml"/>`;
  const relation = (id: number, type: string, target: string) =>
    `<Relationship Id="rId${id}" Type="${OFFICE}/relationships/${type}" Target="${target}"/>`;
  const relations = (all: string) => `${XML}<Relationships xmlns="${RELATIONS}">${all}</Relationships>`;
  return zipOf({
    '[Content_Types].xml':
      `${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
      '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
      `<Default Extension="xml" ContentType="application/xml"/>${override('/xl/workbook.xml', 'sheet.main')}` +
      `${ids.map((id) => override(`/xl/worksheets/sheet${id}.xml`, 'worksheet')).join('')}</Types>`,
    '_rels/.rels': relations(relation(1, 'officeDocument', 'xl/workbook.xml')),
    'xl/workbook.xml':
      `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}/relationships"><sheets>` +
      sheets
        .map(({ name }, k) => `<sheet name="${xml(name)}" sheetId="${k + 1}" r:id="rId${k + 1}"/>`)
        .join('') +
      '</sheets><calcPr fullCalcOnLoad="1"/></workbook>',
    'xl/_rels/workbook.xml.rels': relations(
      ids.map((id) => relation(id, 'worksheet', `worksheets/sheet${id}.xml`)).join(''),
    ),
    ...Object.fromEntries(sheets.map((sheet, k) => [`xl/worksheets/sheet${k + 1}.xml`, sheetXml(sheet)])),
  });
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006';
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships';

function sheetXml({ rows, frozen = 0 }: Sheet): string {
  const pane = `<pane ySplit="${frozen}" topLeftCell="A${frozen + 1}" activePane="bottomLeft" state="frozen"/>`;
  const view = `<sheetViews><sheetView workbookViewId="0">${frozen > 0 ? pane : ''}</sheetView></sheetViews>`;
  const lines = rows.map((cells, r) => {
    const written = cells.map((cell, c) => cellXml(cell, `${columnName(c)}${r + 1}`));
    return `<row r="${r + 1}">${written.join('')}</row>`;
  });
  return `${XML}<worksheet xmlns="${MAIN}">${view}<sheetData>${lines.join('\n')}</sheetData></worksheet>`;
}

function cellXml(cell: Cell, at: string): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return `<c r="${at}"><v>${cell}</v></c>`;
  if (typeof cell === 'object') return `<c r="${at}"><f>${xml(cell.f)}</f></c>`;
  return `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${xml(cell)}</t></is></c>`;
}
