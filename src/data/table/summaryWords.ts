import { plainWords } from '../csv/dateWords';

/** What a row gives of the rows above it. `other`: a statistic that stands beside these. */
export type Summary = 'sum' | 'mean' | 'other';

/** What a text says that its row is. */
export interface SummaryWord {
  readonly gives: Summary;
  /** Whether it says nothing else, as “Total” does, and not “Total North”. */
  readonly isWhole: boolean;
}

const SUMS = new Set([
  ...['total', 'totals', 'subtotal', 'subtotals', 'sub-total', 'sub total', 'grand total', 'grandtotal'],
  ...['overall', 'overall total', 'sum', 'sums', 'sum total', 'total sum', 'all'],
  ...['summe', 'summen', 'gesamt', 'gesamtsumme', 'zwischensumme', 'insgesamt', 'endsumme', 'gesamtergebnis'],
  ...['totaux', 'somme', 'sous-total', 'sous total', 'total general', 'ensemble'],
  ...[
    'suma',
    'suma total',
    'totale',
    'totali',
    'somma',
    'subtotale',
    'totale generale',
    'totale complessivo',
  ],
  ...[
    'soma',
    'total geral',
    'totaal',
    'subtotaal',
    'eindtotaal',
    'som',
    'summa',
    'totalt',
    'delsumma',
    'i alt',
  ],
  ...['razem', 'ogołem', 'łacznie', 'celkem', 'soucet', 'yhteensa', 'osszesen', 'toplam', 'итого', 'всего'],
  ...['сумма', '合计', '总计', '小计', '合計', '総計', '小計', '합계', '총계', '소계'],
]);
const MEANS = new Set([
  ...['average', 'averages', 'avg', 'avg.', 'ave', 'ave.', 'mean', 'means', 'arithmetic mean'],
  ...['mittelwert', 'mittel', 'durchschnitt', 'moyenne', 'moyennes', 'media', 'promedio', 'gemiddelde'],
  ...['medelvarde', 'genomsnitt', 'gennemsnit', 'gjennomsnitt', 'srednia', 'prumer', 'keskiarvo', 'atlag'],
  ...['ortalama', 'среднее', '平均', '平均值', '평균'],
]);
const OTHERS = new Set([
  ...['std', 'std.', 'std dev', 'std. dev.', 'std. dev', 'stddev', 'stdev', 'st. dev.', 'sd', 's.d.'],
  ...['standard deviation', 'variance', 'var', 'median', 'mode', 'range', 'count', 'counts', 'n', 'number'],
  ...[
    'min',
    'min.',
    'minimum',
    'max',
    'max.',
    'maximum',
    '25%',
    '50%',
    '75%',
    'cv',
    'rsd',
    'sem',
    'std error',
  ],
  ...['standardabweichung', 'anzahl', 'varianz', 'ecart-type', 'ecart type', 'mediane', 'nombre', 'effectif'],
  ...['desviacion estandar', 'desviacion tipica', 'mediana', 'minimo', 'maximo', 'recuento', 'cuenta'],
  ...['deviazione standard', 'minimo', 'massimo', 'conteggio', 'desvio padrao', 'contagem'],
  ...['standaardafwijking', 'standaarddeviatie', 'mediaan', 'aantal', 'standardavvikelse', 'antal'],
]);
/** Words that say it at the start or the end of a longer text; of other languages, those that say nothing else. */
const SUM_OF =
  /^(?:(?:sub-?|grand )?totals?|sum|zwischensumme|gesamt|summe|sous-total|somme|subtotale?|totale|suma|soma|totaal|subtotaal|итого) (?:of |der |von |de |du |di )?\S|\S (?:(?:sub-?|grand )?totals?|summe|gesamt|sum)$/;
const MEAN_OF =
  /^(?:average|avg\.?|mean|mittelwert|durchschnitt|moyenne|promedio|media|gemiddelde) (?:of |der |von |de |du |di )?\S|\S (?:average|avg\.?|mean)$/;
/** A longer text is a sentence. */
const LONGEST = 60;
const bare = (text: string): string =>
  plainWords(text)
    .normalize('NFC')
    .replace(/^[-*=–—\s([]+|[-*=–—:\s)\]]+$/g, '')
    .replace(/ \([^()]*\)$|:$/, '');
/** What a text in a table says its row to be, if that is one that sums up others. */
export function summaryWordOf(text: string): SummaryWord | null {
  if (text.length > LONGEST) return null;
  const words = bare(text);
  if (SUMS.has(words)) return { gives: 'sum', isWhole: true };
  if (MEANS.has(words)) return { gives: 'mean', isWhole: true };
  if (OTHERS.has(words)) return { gives: 'other', isWhole: true };
  if (SUM_OF.test(words)) return { gives: 'sum', isWhole: false };
  if (MEAN_OF.test(words)) return { gives: 'mean', isWhole: false };
  return null;
}

/** Words for a sum that hardly ever mean anything else. */
const UNMISTAKABLE =
  /^(?:(?:grand ?|sub-?)?totals?|sums?|summe|gesamt(?:summe|ergebnis)?|insgesamt|zwischensumme|sous-total|sub total|totale|totaal|somme|итого|всего|合计|总计|合計|総計|합계|총계)$/;
export const isUnmistakable = (text: string): boolean =>
  UNMISTAKABLE.test(plainWords(text).normalize('NFC').replace(/:$/, ''));

/** Statistics, as rows below a table give them. */
export type Statistic = 'mean' | 'deviation' | 'variance' | 'median' | 'min' | 'max' | 'count' | 'other';
/** What a row may be that stands beside those of a table: a statistic, what they are compared with, or what can be reached. */
export type Beside = Statistic | 'compared' | 'possible';

const STATISTICS: readonly [Statistic, RegExp][] = [
  [
    'deviation',
    /^(?:(?:std|st)\.?(?: ?dev\.?)?|stddev|stdev|s\.?d\.?|standard deviation|standardabweichung|ecart[- ]type|desviacion (?:estandar|tipica)|deviazione standard|desvio padrao|standaard(?:afwijking|deviatie)|standardavvikelse)$/,
  ],
  ['variance', /^(?:variance|var|varianz|varianza)$/],
  ['median', /^(?:median[aeo]?|mediaan|zentralwert)$/],
  ['min', /^min(?:\.|imum|imo)?$/],
  ['max', /^(?:max(?:\.|imum|imo)?|massimo)$/],
  ['count', /^(?:n|counts?|number|anzahl|nombre|effectif|recuento|cuenta|conteggio|contagem|aantal|antal)$/],
];
const COMPARED =
  /^(?:budget|plan|soll(?:wert)?|ziel(?:wert)?|target|goal|forecast|prognose|benchmark|vorjahr(?:eswert)?|(?:previous|prior|last) year|annee precedente|ano anterior|anno precedente|vorig jaar)$/;
const POSSIBLE =
  /^(?:(?:total )?points possible|possible points|(?:max\.?|maximum|maximale?|erreichbare) (?:points?|scores?|marks?|punkte|punktzahl)|(?:points?|scores?|marks?|punkte) max\.?(?:imum)?|maximalpunktzahl|hochstpunktzahl|full marks|out of|puntos posibles|puntuacion maxima|punteggio massimo)$/;

/** What a text says its row to be beside those of the table; null for any other. */
export function besideOf(text: string): Beside | null {
  if (text.length > LONGEST) return null;
  const words = bare(text);
  if (MEANS.has(words)) return 'mean';
  const found = STATISTICS.find(([, pattern]) => pattern.test(words));
  if (found) return found[0];
  if (COMPARED.test(words)) return 'compared';
  if (POSSIBLE.test(words)) return 'possible';
  return OTHERS.has(words) ? 'other' : null;
}
