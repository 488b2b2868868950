import { plainWords } from '../csv/dateWords';
import type { ReadColumn } from '../csv/resolve';

/** Words of a column that may say that there is no value, and where they are. */
export interface MissingWords {
  readonly texts: readonly string[];
  /** Rows that hold one of them, and the first of these rows. */
  readonly count: number;
  readonly first: number;
}

const WORDS = new Set([
  ...['--', '---', '\u2013', '\u2014', '\u2212', '..', '...', '\u2026', '??', '???', '#', '*', '_', '/'],
  ...['n.a.', 'n.a', 'n. a.', 'n/a', 'n/a.', 'n\\a', '#n/a', '#na', '#value!', '#ref!', '#div/0!', '#null!'],
  ...['#name?', '#num!', 'nil', 'null', '<null>', '(null)', '(blank)', '(empty)', '(none)', '(missing)'],
  ...['(unknown)', '[blank]', '[empty]', '<blank>', '<empty>', '<unknown>', '[unknown]', '(leer)', '(vide)'],
  ...['not available', 'not applicable', 'not known', 'not given', 'not stated', 'not specified'],
  ...['not reported', 'not recorded', 'not provided', 'not disclosed', 'no data', 'no value', 'no answer'],
  ...[
    'no response',
    'no information',
    'missing',
    'missing value',
    'unknown',
    'unk',
    'undefined',
    'unspecified',
  ],
  ...['prefer not to say', "don't know", 'dont know', 'tbd', 'tba', 'n.d.', 'n/d', 'n.c.', 'n/r'],
  ...['k.a.', 'k. a.', 'k.a', 'keine angabe', 'keine angaben', 'unbekannt', 'nicht bekannt', 'fehlt'],
  ...['s/o', 'sans objet', 'non renseigne', 'inconnu', 'inconnue', 'non disponible', 'indisponible'],
  ...['no disponible', 'sin datos', 'sin dato', 'desconocido', 'desconocida', 'no aplica', 's/d'],
  ...['non disponibile', 'sconosciuto', 'sconosciuta', 'desconhecido', 'desconhecida', 'sem dados'],
  ...['onbekend', 'niet beschikbaar', 'okand', 'ukjent', 'ukendt', 'nieznany', 'nieznane', 'brak danych'],
  ...['weiß nicht', 'keine antwort', 'ne sait pas', 'ne se prononce pas', 'non precise'],
  ...['no sabe', 'no contesta', 'no responde', 'ns/nc', 'ns/nr', 'sin respuesta', 'no especificado'],
  ...['non risponde', 'non specificato', 'nao informado', 'nao sabe', 'geen opgave', 'weet niet', 'vet ej'],
  ...['uppgift saknas', 'ved ikke', 'vet ikke', 'ei tietoa', 'en osaa sanoa', 'nie wiem', 'neuvedeno'],
  ...['nevim', 'nincs adat', 'nem tudja', 'nu stiu', 'bilinmiyor', 'belirtilmemis'],
  ...['неизвестно', 'нет данных', 'нет ответа', 'не указано', 'не знаю', 'невідомо', 'немає даних'],
  ...[
    'не знам',
    'αγνωστο',
    'δεν απαντω',
    '不明',
    '無回答',
    '未知',
    '不详',
    '不詳',
    '缺失',
    '暂无',
    '알 수 없음',
    '모름',
    '무응답',
  ],
]);
const LONGEST = 40;
/** What a word is the contrary of: beside it, both are classes. */
const CONTRARIES: Readonly<Record<string, readonly string[]>> = {
  unknown: ['known'],
  missing: ['found', 'present', 'returned', 'damaged', 'ok', 'complete'],
  undefined: ['defined'],
  unspecified: ['specified'],
  unbekannt: ['bekannt'],
  fehlt: ['vorhanden', 'da'],
};

/** The words among the texts of a column that may stand for a missing value; null where there are none. */
export function wordsForMissing({ texts, codes, answer }: ReadColumn): MissingWords | null {
  const isKept = (text: string) => answer?.isKept === true && text === answer.text;
  const plain = (text: string) => plainWords(text).normalize('NFC');
  const found = new Set<number>();
  texts.forEach((text, code) => {
    // The one value beside a word that is kept is no such word, whatever it is.
    const isWord = answer?.isKept === true ? isKept(text) : text.length <= LONGEST && WORDS.has(plain(text));
    if (isWord) found.add(code);
  });
  if (found.size === 0) return null;
  const [counts, firsts] = [new Int32Array(texts.length), new Map<number, number>()];
  codes.forEach((code, row) => {
    if (code < 0) return;
    counts[code]++;
    if (found.has(code) && !firsts.has(code)) firsts.set(code, row);
  });
  const others = new Set(texts.filter((_, code) => counts[code] > 0 && !found.has(code)).map(plain));
  const isClass = (word: string) =>
    (CONTRARIES[word] ?? []).some((each) => others.has(each)) ||
    (/^(?:not|no|non) /.test(word) && others.has(word.replace(/^\S+ /, ''))) ||
    // Signs beside signs are answers, as in − and +.
    (/^[^\p{L}]+$/u.test(word) && !/[#?]/.test(word) && [...others].every((each) => !/\p{L}/u.test(each)));
  // In the order of the file.
  const words = [...firsts.keys()].filter((code) => isKept(texts[code]) || !isClass(plain(texts[code])));
  if (words.length === 0 || others.size === 0) return null;
  return {
    texts: words.map((code) => texts[code]),
    count: words.reduce((sum, code) => sum + counts[code], 0),
    first: firsts.get(words[0]) ?? 0,
  };
}
