/** The encodings that files are offered to be in: those that are found from their bytes, and those of UTF. */
export const ENCODINGS = [
  { name: 'utf-8', label: 'UTF-8' },
  { name: 'windows-1252', label: 'Western European', description: 'Windows-1252, Latin-1' },
  { name: 'macintosh', label: 'Western European', description: 'Mac OS Roman' },
  { name: 'windows-1250', label: 'Central European', description: 'Windows-1250' },
  { name: 'iso-8859-2', label: 'Central European', description: 'ISO 8859-2, Latin-2' },
  { name: 'windows-1257', label: 'Baltic', description: 'Windows-1257' },
  { name: 'windows-1251', label: 'Cyrillic', description: 'Windows-1251' },
  { name: 'koi8-r', label: 'Cyrillic', description: 'KOI8-R' },
  { name: 'ibm866', label: 'Cyrillic', description: 'DOS, code page 866' },
  { name: 'iso-8859-5', label: 'Cyrillic', description: 'ISO 8859-5' },
  { name: 'x-mac-cyrillic', label: 'Cyrillic', description: 'Mac OS Cyrillic' },
  { name: 'windows-1253', label: 'Greek', description: 'Windows-1253' },
  { name: 'iso-8859-7', label: 'Greek', description: 'ISO 8859-7' },
  { name: 'windows-1254', label: 'Turkish', description: 'Windows-1254' },
  { name: 'windows-1255', label: 'Hebrew', description: 'Windows-1255' },
  { name: 'windows-1256', label: 'Arabic', description: 'Windows-1256' },
  { name: 'windows-874', label: 'Thai', description: 'Windows-874, TIS-620' },
  { name: 'shift_jis', label: 'Japanese', description: 'Shift JIS' },
  { name: 'euc-jp', label: 'Japanese', description: 'EUC-JP' },
  { name: 'gb18030', label: 'Chinese, simplified', description: 'GB 18030, GBK' },
  { name: 'big5', label: 'Chinese, traditional', description: 'Big5' },
  { name: 'euc-kr', label: 'Korean', description: 'EUC-KR' },
  { name: 'utf-16le', label: 'UTF-16', description: 'little endian' },
  { name: 'utf-16be', label: 'UTF-16', description: 'big endian' },
] as const;

export type KnownEncoding = (typeof ENCODINGS)[number]['name'];

/** Code pages of DOS that no decoder of a browser knows: cp437, IBM850, DOS-852. */
const OF_DOS =
  /^(?:cp|ibm|dos|oem|code ?page|pc)?[-_ ]?(?:437|720|737|775|850|852|855|857|858|86[0-5]|869)$/i;
export const isCodePageOfDos = (encoding: string): boolean => OF_DOS.test(encoding.trim());
