import { isNamedDuration } from './timeNames';

const LONGEST_NAME = 200;

/** date, order_date, OrderDate, Datum, fecha de alta; not update or dates_count. */
const DATES = [
  /^(?:.*[_\s.-])?(?:date|datum|fecha|datetime|timestamp|dt|dob)$/i,
  /^(?:date|datum|fecha|data)[_\s.-](?:of|der|des|de|del|di|da|do|van|du)[_\s.-]/i,
  /[a-z](?:Date|Datum|Fecha)$/,
  /^(?:day|tag|jour|día|dia|giorno|dag)$/i,
];

/** Whether a column is called a date, so that its numbers may count days. */
export const isNamedDate = (name: string): boolean =>
  name.length <= LONGEST_NAME && DATES.some((pattern) => pattern.test(name));

/** Words for dates and parts of the year: less sure, for numbers that all are dates as well. */
const ALSO = [
  /^(?:date|datum|fecha|data|dato|tarih)(?:[_\s.-]|$)/i,
  /(?:datum|fecha|timestamp|datetime)$/i,
  /^(?:дата|dátum|pvm|päivä|日付|日期|날짜)$/i,
  /(?:^|[_\s.-])(?:start|end|begin|birth|order|sale|sold|ship|due|visit|trade|report|event|issue|close|open|due|post|release|exam|sample|test|entry|file|pay|hire|join)[_\s.-]?(?:date|dt|day)$/i,
  /(?:^|[_\s.-])(?:days?|months?|weeks?|monat|mois|mes|mese|monate|woche|kw|semaine|semana|settimana|period|quarter|ym|ymd|dmy|mdy|yyyymm|yyyymmdd|yymmdd|yyyyww|ddmmyyyy|mmddyyyy|birthday|born|when)$/i,
  /(?:^|[_\s.-])(?:doy|julian|jday|(?:year|yr)[_\s.-]?(?:day|month|week|doy)|day[_\s.-]?of[_\s.-]?year)(?:[_\s.-]date)?$/i,
  /(?:^|[_\s.-])(?:ts|timestamp|epoch|unix(?:[_\s.-]?time)?)(?:[_\s.-](?:utc|ms|sec|s|us))?$/i,
  /(?:^|[_\s.-])(?:at|on|seen|time|utc|created|updated|modified|changed|deleted|expires|joined|started|ended|posted|published)$/i,
  /[a-z](?:At|On|Time|TimeStamp|Timestamp|Datum|Month|Week|Day)$/,
];

/** Words for months and periods in other languages and scripts, and for year and month in one. */
const PERIODS = [
  /年月|月份|年份月|년월|연월|기준월|기간|年度月|時期|期間/u,
  /(?:^|[_\s.-])(?:perioden?|période|periodo|período|mois|année[_\s.-]?mois|anno[_\s.-]?mese|año[_\s.-]?mes|ano[_\s.-]?m[eê]s|jahr[_\s.-]?monat|buchungsmonat|abrechnungsmonat|berichtsmonat|måned|månad|maand|mies|miesiąc|měsíc|okres|období|dönem|ay|период|месяц|yrmo|yyyymm|aaaamm|jjjjmm|(?:year|yr)[_\s.-]?(?:month|mon|mo|mth))$/iu,
];

/** Whether the name of a column lets numbers that are all dates be dates. */
export const mayBeNamedDate = (name: string): boolean =>
  isNamedDate(name) ||
  (name.length <= LONGEST_NAME &&
    [...ALSO, ...PERIODS].some((pattern) => pattern.test(name)) &&
    !isNamedDuration(name));

/** Names under which ten digits count seconds: what was done once, or will be. */
const MOMENTS =
  /(?:^|[^a-z])(?:regist(?:ered|ration)|expir(?:es|ed|y|ation)|sign(?:ed)?[_ ]?up|subscribed|activated|verified|logged|last[_ ]?(?:login|visit|active|activity|access|update)|accessed|opened|closed|sent|received|since|until|valid|start|end|begin|first|last|birth|created|installed)(?:$|[^a-z])/i;
/** Whether the name of a column lets numbers that all are seconds since 1970 be such. */
export const mayBeNamedMoment = (name: string): boolean => isNamed(MOMENTS, name);

/** Names of columns in which 1.2.10 is no date. */
const VERSIONS =
  /(?:^|[^a-z])(?:versions?|release|firmware|build|sections?|chapter|clause|paragraph|para|kapitel|abschnitt|wbs|requirement|ip|npk)$/i;

const isNamed = (pattern: RegExp, name: string) =>
  pattern.test(name.slice(0, LONGEST_NAME).replace(/([a-z])([A-Z])/g, '$1 $2'));
export const isNamedVersion = (name: string): boolean => isNamed(VERSIONS, name);
