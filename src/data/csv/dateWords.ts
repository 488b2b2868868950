// Names of months and weekdays: in small letters, without accents. Those of months are English, German, French, Spanish,
// Italian, Portuguese, Dutch, Scandinavian, and in MORE_NAMES Polish, Czech, Turkish, Hungarian, Romanian, Indonesian,
// Catalan, Russian, Ukrainian and Greek; of Croatian none, whose listopad is October.
const MONTH_NAMES = [
  'jan january januar janner januari janv janvier enero ene gennaio gen janeiro',
  'feb february februar feber februari fev fevr fevrier febrero febbraio fevereiro',
  'mar march marz maerz mrz mars marzo marco mrt maart marts',
  'apr april avr avril abr abril aprile',
  'may mai mayo mag maggio maio mei maj',
  'jun june juni juin junio giu giugno junho',
  'jul july juli juil juillet julio lug luglio julho',
  'aug august aout ago agosto augustus augusti',
  'sep sept september septembre septiembre setiembre set settembre setembro',
  'oct october okt oktober octobre octubre ott ottobre out outubro',
  'nov november novembre noviembre novembro',
  'dec december dez dezember decembre dic diciembre dicembre dezembro desember des',
];
const WEEKDAY_NAMES = [
  'mon monday tue tues tuesday wed weds wednesday thu thur thurs thursday fri friday sat saturday sun sunday',
  'mo montag di dienstag mi mittwoch do donnerstag fr freitag sa samstag sonnabend so sonntag',
  'lun lundi mar mardi mer mercredi jeu jeudi ven vendredi sam samedi dim dimanche',
  'lunes martes mie miercoles jue jueves vie viernes sab sabado dom domingo',
  'lunedi martedi mercoledi gio giovedi venerdi sabato domenica',
  'seg segunda segunda-feira ter terca terca-feira qua quarta quarta-feira qui quinta quinta-feira',
  'mandag tir tirsdag tis tisdag ons onsdag tor torsdag fre fredag lor lordag lør lørdag son sondag søn søndag',
  'sex sexta sexta-feira ma maandag dinsdag wo woensdag donderdag vr vrijdag za zaterdag zo zondag',
];

const MORE_NAMES = [
  'sty styczen stycznia leden ledna ocak oca ian ianuarie gener янв январь января січня ιανουαριου',
  'lut luty lutego unor unora subat sub februarie febrer фев февраль февраля лютого φεβρουαριου',
  'marzec marca brezen brezna mart marcius marc martie maret мар март марта березня μαρτιου',
  'kwi kwiecien kwietnia duben dubna nisan nis aprilis aprilie апр апрель апреля квітня απριλιου',
  'maja kveten kvetna mayis majus maig маи мая травня μαιου',
  'cze czerwiec czerwca cerven cervna haziran haz junius iun iunie juny июн июнь июня червня ιουνιου',
  'lip lipiec lipca cervenec cervence temmuz tem julius iul iulie juliol июл июль июля липня ιουλιου',
  'sie sierpien sierpnia srpen srpna agustos agu augusztus agustus agost авг август августа серпня αυγουστου',
  'wrz wrzesien wrzesnia zari eylul eyl szeptember szept septembrie setembre сен сент сентябрь сентября вересня σεπτεμβριου',
  'paz pazdziernik pazdziernika rijen rijna ekim eki octombrie окт октябрь октября жовтня οκτωβριου',
  'lis listopad listopada listopadu kasim kas noiembrie noi ноя нояб ноябрь ноября листопада νοεμβριου',
  'gru grudzien grudnia prosinec prosince aralik ara decembrie дек декабрь декабря грудня δεκεμβριου',
];
/** Finnish months all end alike. */
const FINNISH = 'tammi helmi maalis huhti touko kesa heina elo syys loka marras joulu'.split(' ');

const months = new Map(
  MONTH_NAMES.flatMap((names, month) =>
    [
      ...`${names} ${MORE_NAMES[month]}`.split(' '),
      ...['kuu', 'kuuta'].map((end) => FINNISH[month] + end),
    ].map((name) => [name, month]),
  ),
);
const weekdays = new Set(WEEKDAY_NAMES.flatMap((names) => names.split(' ')));

/** Which month, from 0, a word in small letters without accents names. */
export const monthNamed = (word: string): number | undefined => months.get(word);
export const isWeekday = (word: string): boolean => weekdays.has(word);

/** A text in small letters, without accents, with single blanks. */
export function plainWords(text: string): string {
  const small = text.toLowerCase();
  const bare = /^[ -~]*$/.test(small) ? small : withoutAccents(small);
  return bare.replace(/\s+/g, ' ').trim();
}

/** The Polish l and the Turkish i have no letter below their sign; 2021 \u0433. is Russian for the year 2021. */
const withoutAccents = (text: string) =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[\u0142\u0131]/g, (letter) => (letter === '\u0142' ? 'l' : 'i'))
    .replace(/ ?\u0433\.?$/, '');

const WORDS_FOR_NONE = new Set([
  ...[
    'tbd tba tbc n.d. nd n/d unknown unk undated none nil null pending undetermined unspecified',
    'n.a. na n/a nat nan - -- --- \u2014 \u2013 ? ?? ??? . .. ... x xx ohne offen unbekannt k.a. inconnu inconnue',
    's.d. s.f. desconocido desconocida desconhecido desconhecida sconosciuto sconosciuta onbekend okand ukjent ukendt',
  ].flatMap((words) => words.split(' ')),
  ...['no date', 'not known', 'not available', 'not yet', 'to be determined', 'sin fecha'],
]);
/** 0000-00-00, 00.00.0000 00:00:00 and the like. */
const NO_DAY = /^(?:0000[-/.]?00[-/.]?00|00[-/.]00[-/.]0000|00[-/]00[-/]00|0000-00)(?:[t ][0:.z]*)?$/;

const LONGEST_NONE = 40;

/** Whether a text among dates or times says that there is none. */
export function saysNone(text: string): boolean {
  if (text.length > LONGEST_NONE || /^[1-9]/.test(text)) return false;
  const words = plainWords(text);
  return WORDS_FOR_NONE.has(words) || NO_DAY.test(words);
}
