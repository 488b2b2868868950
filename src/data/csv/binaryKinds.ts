import type { NoTable } from '../message';

/** How files of a kind begin, `at` so many bytes behind the start. */
const BEGINNINGS: readonly [start: string, kind: NoTable['kind'], name: string, at?: number][] = [
  ['\x1f\x8b', 'packed', 'gzip'],
  ['BZh', 'packed', 'bzip2'],
  ['\xfd7zXZ\0', 'packed', 'xz'],
  ['\x28\xb5\x2f\xfd', 'packed', 'Zstandard'],
  ['\x04\x22\x4d\x18', 'packed', 'LZ4'],
  ['7z\xbc\xaf\x27\x1c', 'archive', '7z'],
  ['Rar!\x1a\x07', 'archive', 'RAR'],
  ['ustar', 'archive', 'tar', 257],
  // The container of files of Office before 2007; others than workbooks are hardly ever called a table.
  ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'workbook', 'Excel (xls)'],
  ['PAR1', 'store', 'Parquet'],
  ['ARROW1\0\0', 'store', 'Arrow'],
  ['FEA1', 'store', 'Feather'],
  ['Obj\x01', 'store', 'Avro'],
  ['ORC\x0a', 'store', 'ORC'],
  ['\x89HDF\r\n\x1a\n', 'store', 'HDF5'],
  ['\x93NUMPY', 'store', 'NumPy'],
  ['MATLAB 5.0 MAT-file', 'store', 'MATLAB'],
  ['RDX2\n', 'store', 'R'],
  ['RDX3\n', 'store', 'R'],
  ['$FL2@(#)', 'store', 'SPSS'],
  ['<stata_dta>', 'store', 'Stata'],
  ['SQLite format 3\0', 'store', 'SQLite'],
  ['%PDF-', 'document', 'PDF'],
  ['\x89PNG\r\n\x1a\n', 'document', 'PNG'],
  ['\xff\xd8\xff', 'document', 'JPEG'],
  ['GIF8', 'document', 'GIF'],
];
/** What tells a workbook from any other zip: the first names of files in it. */
const SHEETS: readonly [name: string, pattern: RegExp][] = [
  ['Excel (xlsx)', /\[Content_Types\]\.xml|xl\/(?:workbook|worksheets|sharedStrings|styles|_rels)/],
  ['OpenDocument (ods)', /mimetypeapplication\/vnd\.oasis\.opendocument\.spreadsheet/],
];
const OTHER_OFFICE = /(?:word|ppt)\/|opendocument\.(?:text|presentation|graphics)/;
/** What no text has; the first bytes of some kinds have it. */
const CONTROL = /[\0-\x08\xfd\xff]|^[\x80-\xff]/;
/** More than the names of the first files in a zip. */
const HEAD = 8192;

/** What kind of file that is no text these bytes begin; undefined for text, and for what is not known. */
export function binaryKind(head: Uint8Array): NoTable | undefined {
  const text = String.fromCharCode(...head.subarray(0, HEAD));
  if (text.startsWith('PK\x03\x04') || text.startsWith('PK\x05\x06')) {
    if (OTHER_OFFICE.test(text)) return { kind: 'document', name: 'Office' };
    const sheet = SHEETS.find(([, pattern]) => pattern.test(text));
    return sheet ? { kind: 'workbook', name: sheet[0] } : { kind: 'archive', name: 'zip' };
  }
  // A table may have a column called PAR1.
  const hasControls = CONTROL.test(text);
  const found = BEGINNINGS.find(
    ([start, , , at = 0]) => text.startsWith(start, at) && (hasControls || CONTROL.test(start)),
  );
  return found && { kind: found[1], name: found[2] };
}
