/** What codes are called that may look like numbers. */
const CODES = new Set([
  ...['code', 'codes', 'sku', 'id', 'ids', 'part', 'item', 'article', 'product', 'model', 'key', 'ref'],
  ...['zip', 'zipcode', 'zips', 'postcode', 'postal', 'plz', 'cep', 'fips', 'naics', 'sic', 'icd', 'cpt'],
  ...['isbn', 'ean', 'upc', 'gtin', 'barcode', 'account', 'acct', 'branch', 'serial', 'lot', 'batch', 'ssn'],
  ...['phone', 'telephone', 'tel', 'fax', 'no', 'nr', 'number', 'num', 'artikel', 'konto', 'reference'],
]);
/** Classifications, whose numbers have points that are no decimal marks. */
const CLASSIFICATIONS = new Set([
  'icd',
  'icdcm',
  'nace',
  'isic',
  'cpv',
  'taric',
  'hts',
  'hscode',
  'dewey',
  'ddc',
]);
/** What codes are called in one word, which means something else behind another: CAP, but not market cap. */
const ALONE = /^\s*(?:cap|c\.a\.p\.?|cpv|istat|insee|siret|siren|ags|nuts|hs|cn|cpc)\s*$/i;
const VERSIONS = new Set([
  ...[
    'version',
    'versions',
    'ver',
    'release',
    'firmware',
    'revision',
    'rev',
    'section',
    'sections',
    'clause',
  ],
  ...['chapter', 'paragraph', 'para', 'heading', 'code', 'codes', 'kapitel', 'abschnitt'],
]);
/** Codes of which some have letters in front and others have none. */
const LETTERED = new Set([
  ...[
    'diag',
    'diagnosis',
    'dx',
    'procedure',
    'drg',
    'atc',
    'ticket',
    'tickets',
    'invoice',
    'invoiceno',
    'stockcode',
  ],
  ...['cabin', 'licence', 'license', 'plate', 'flight', 'route', 'line', 'bus', 'gene', 'lane', 'course'],
]);
/** Where the third room of the second floor in wing E is 2E3. */
const ROOMS = new Set([
  ...[
    'room',
    'rooms',
    'flat',
    'flats',
    'apartment',
    'apt',
    'suite',
    'unit',
    'office',
    'desk',
    'seat',
    'gate',
  ],
  ...[
    'locker',
    'shelf',
    'bin',
    'rack',
    'bay',
    'slot',
    'plot',
    'stall',
    'berth',
    'bed',
    'ward',
    'wing',
    'block',
  ],
  ...[
    'raum',
    'zimmer',
    'wohnung',
    'platz',
    'salle',
    'chambre',
    'sala',
    'habitacion',
    'kamer',
    'class',
    'klasse',
  ],
]);
/** What is only numbered, so that nobody counts or adds it up; the number of digits that such a number has at least. */
const NUMBERED: ReadonlyMap<string, number> = new Map([
  ...[
    'zip',
    'zips',
    'zipcode',
    'zipcodes',
    'postcode',
    'postcodes',
    'postalcode',
    'postal',
    'plz',
    'cep',
  ].map((word) => [word, 4] as const),
  ...['postleitzahl', 'pincode', 'sku', 'skus'].map((word) => [word, 4] as const),
  ...['phone', 'telephone', 'tel', 'fax', 'telefon', 'telefonnummer', 'phonenumber'].map(
    (word) => [word, 7] as const,
  ),
  ...['isbn', 'ean', 'upc', 'gtin', 'barcode', 'issn'].map((word) => [word, 8] as const),
]);
/** Behind the word that says what it is. */
const BEHIND = new Set(['no', 'nr', 'num', 'number', 'id', 'code', 'codes', 'prefix']);
/** Before such a word, the column holds something that was found for each. */
const OF_EACH = new Set(['per', 'by', 'of', 'in', 'count', 'mean', 'avg', 'average', 'median', 'total']);

/** The words of a name in small letters, the last one first. */
const wordsOf = (name: string): string[] =>
  name
    .slice(0, 200)
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '')
    .reverse();

function isNamed(name: string, as: ReadonlySet<string>): boolean {
  const [last = '', before = ''] = wordsOf(name);
  return as.has(last) || (BEHIND.has(last) && as.has(before));
}

export const isNamedCode = (name: string): boolean => isNamed(name, CODES);
/** Whether zeros in front count under a name. */
export const isNamedPadded = (name: string): boolean => isNamedCode(name) || ALONE.test(name.slice(0, 20));
/** Whether a column is called a classification: ICD9, NACE, HS code. */
export function isNamedClassification(name: string): boolean {
  const [last = '', before = ''] = wordsOf(name);
  return isNamed(name, CLASSIFICATIONS) || (BEHIND.has(last) && before === 'hs');
}
export const isNamedLettered = (name: string): boolean => isNamed(name, LETTERED);
export const isNamedVersion = (name: string): boolean => isNamed(name, VERSIONS);
export const isNamedRoom = (name: string): boolean => isNamed(name, ROOMS);

/** How many digits a number has at least under the name of what is only numbered; undefined under any other name. */
export function digitsOfNamed(name: string): number | undefined {
  const words = wordsOf(name);
  while (words.length > 1 && BEHIND.has(words[0])) words.shift();
  return words.some((word) => OF_EACH.has(word)) ? undefined : NUMBERED.get(words[0] ?? '');
}
