// What columns of times of day and of spans of time are called: one list for each use, since what is plain beside 9:30 is not beside 905.

export const LONGEST_NAME = 200;

/** A name as it is looked at: not too much of it, startTime as two words. */
const wordsOf = (name: string) => name.slice(0, LONGEST_NAME).replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2');

/** Spans, in which 1:30 is no time of day, and the results of matches. */
const DURATIONS =
  /(?:^|[^a-z])(?:duration|dur|dauer|duree|durée|duracion|duración|durata|duracao|duração|duur|elapsed|laps?|pace|runtime|uptime|length|scores?|results?|ratio|odds|took|taken|spent|gap|delay|retards?|retardo|verspätung|verspaetung|ritardo|retraso|atraso|vertraging|remaining|restzeit|clock[_ ]left|sleep|life|overtime|worked|waiting|wait|response|chip|hours|finish|marathon|race|split|travel|commute|playtime|laufzeit|fahrzeit|zielzeit|wartezeit|spielzeit|rennzeit|bearbeitungszeit|timespan|(?:flight|air|screen|playing|driving|journey)[_ ]?time|time[_ ](?:on|spent|taken|played|worked)|toi|minutes|saldo|(?:horas|heures|ore)[_ ](?:trab|travaill|lavor|extra|sup|straord)\p{L}*)(?:[^a-z]|$)|(?:dauer|stunden|arbeitszeit|reisezeit|flugzeit|fahrtzeit)$/iu;
export const isNamedDuration = (name: string): boolean => DURATIONS.test(wordsOf(name));

/** Spans of years and months, in which 4m is no length and no minutes. */
const AGES =
  /(?:^|[^\p{L}])(?:ages?|tenure|seniority|experience|years?[ _]of[ _]service|service|(?:lebens|dienst)?alter|âge|ancienneté|edad|antigüedad|idade|età|leeftijd|alder|ålder|ikä|wiek|věk|возраст|стаж|betriebszugehörigkeit)(?:[^\p{L}]|$)/iu;
export const isNamedAge = (name: string): boolean => AGES.test(wordsOf(name));

/** Spans of hours, of which 7.30 may be seven and a half. */
const WORK = /(?:^|[^\p{L}])(?:hours|hrs|std|horas|heures|ore|uren|timer|godziny|tunnit)(?:[^\p{L}]|$)/iu;
export const isNamedWork = (name: string): boolean => WORK.test(name);

/** Spans that other words do not make times of day: half time, time on ice, average time. */
const SPANS =
  /(?:^|[^\p{L}])(?:half|halftime|halbzeit|\p{L}*(?:lauf|fahr|spiel|dauer|koch|back|arbeits|warte|ziel|renn|rust)(?:zeit|tijd)|(?:over|run|play|game|flight|screen|air|lead|down|up|life|part|full|break|lap|race|finish|travel|waiting|response|reaction)times?|ht|ft|score|result|ice|toi|watch|watched|best|record|pb|pr|sb|run|running|play|played|playing|swim|bike|ride|net|gun|avg|average|mean|median|total|sum|per|max|min|longest|cook|cooking|prep|bake|load|cpu|wall|lead|cycle|turnaround|mix|ratio|dilution|titer|titre|odds|fold|marathon|finish|chip|lap|split|pace|treatment|dialysis|procedure|surgery|operating|dwell|idle|setup|processing|exposure)(?:$|[^\p{L}])/iu;
export const mayBeNamedSpan = (name: string): boolean => SPANS.test(wordsOf(name));

/** Times of day, in which 0:03:35 is none of a stopwatch. */
const CLOCKS =
  /(?:^|[^a-z])(?:hour|clock|hora|horario|horário|heure|orario|ora|saat|uhrzeit|tod|timestamp|datetime|date|datum|start|started|starts|begin|began|end|ended|ends|open|opens|opening|close|closes|closing|arrival|arrived|departure|departed|check[_ ]?(?:in|out)|login|logout|sunrise|sunset|when|created|updated|scheduled|appointment|bedtime|wake|of[_ ]day)(?:[^a-z]|$)|[_ ](?:at|utc|gmt|local)$/i;
/** What is left on a clock is a span. */
const LEFT = /clock[_ ]left|remaining/i;
export const isNamedClock = (name: string): boolean =>
  CLOCKS.test(wordsOf(name)) && !LEFT.test(wordsOf(name));

/** What has a time of day, for times with a colon, which hardly are anything else there. */
const MOMENTS =
  /(?:^|[^\p{L}])(?:\p{L}*times?|\p{L}*zeit|uhr\p{L}*|hours?|clock|heures?|horas?|horario|horário|horaire|ora|orario|saat|godzina|\p{L}*tid|\p{L}*tijd|czas|klokke\p{L}*|tod|stamp|timestamp|datetime|date|datum|when|starts?|started|begin|begins|began|beginn|ends?|ended|ende|opens?|opened|opening|close[sd]?|closing|arrivals?|arrived?|arr|departures?|departed?|dep|abfahrt|ankunft|abflug|kommen|gehen|kommt|geht|zugang|abgang|einlass|anreise|abreise|salida|llegada|entrada|partenza|arrivo|uscita|ingresso|départ|depart|arrivée|arrivee|avgang|ankomst|vertrek|aankomst|eta|etd|sta|std|ata|atd|cet|cest|mez|mesz|check(?:ed)?|login|logout|logon|in|out|on|off|from|to|until|till|von|bis|ab|an|de|à|desde|hasta|sunrise|sunset|rise|set|dawn|dusk|noon|moon\p{L}*|tide|created|updated|modified|seen|posted|published|sent|received|scheduled?|sched|planned|actual|estimated|appointment|appt|termin|visit|visited|admitted|admission|discharged?|triage|birth|death|bed|bedtime|wake|woke|awake|asleep|alarm|meal|breakfast|lunch|dinner|feeding|fed|milking|milked|kickoff|tipoff|doors|showing|slot|shift|session|class|lesson|meeting|call|called|order|ordered|pick\p{L}*|drop\p{L}*|delivery|delivered|stop|last|first|event|collected|sampled?|at|utc|gmt|local|dispatch|accident|crash)(?:$|[^\p{L}])/iu;
export const mayBeNamedClock = (name: string): boolean => MOMENTS.test(wordsOf(name));

/** A time and no more, which a race has as well. */
const ALONE = /^(?:times?|zeit|tid|tijd|tempo|temps|tiempo|czas)$/i;
export const isTimeAlone = (name: string): boolean => ALONE.test(name.trim());

/** Times of day or spans of time, for digits alone: 905. */
const TIMES =
  /(?:^|[_\s.-])(?:time|zeit)(?:[_\s.-](?:utc|gmt|local|start|end|in|out|on|off))?$|[a-z](?:Time|Zeit)$|^(?:czas|čas|tijd|tid|tempo|время)$/i;
/** Times of day alone, for such digits. */
const CLOCK_WORDS =
  /(?:^|[_\s.-])(?:klockslag|klokkesl[æa]t|klokken|kl|klo|kello|kellonaika|tidpunkt|tidspunkt|tidspunktet|godz|hodina|saati|tijdstip|horário|horaire|időpont|utc|gmt|zulu|(?:start|slut|stopp?|begin|eind|aanvangs|vertrek|aankomst|ankomst|avgångs|avgangs|afgangs|öppnings|stängnings|åbnings|åpnings|openings|sluitings)(?:tid|tijd))\.?$/iu;
const DIGIT_CLOCKS =
  /(?:^|[_\s.-])(?:hour|hr|clock|hora|heure|orario|ora|saat|godzina|klokkeslett|tijdstip|hhmm|hh[_:.]?mm|hhmmss|tod|time[_\s.-]?of[_\s.-]?day)(?:[_\s.-](?:utc|gmt|local|start|end|in|out|on|off))?$|uhrzeit$|[a-z](?:Hour|Hora|Uhrzeit)$/i;
export const isNamedDigitClock = (name: string): boolean => DIGIT_CLOCKS.test(name) || CLOCK_WORDS.test(name);
export const isNamedTime = (name: string): boolean =>
  name.length <= LONGEST_NAME && (TIMES.test(name) || isNamedDigitClock(name));

/** Hours, of which 9.5 may be half past nine. */
const HOURS = /(?:^|[_\s.-])(?:hour|hr)$|Hour$/i;
export const isNamedHour = (name: string): boolean => HOURS.test(name);

/** What begins, ends or opens at a time, and may be a price as well. */
const OPENINGS =
  /(?:^|[_\s.-])(?:open(?:s|ed|ing)?|clos(?:e|es|ed|ing)|start|end|begin|beginn|ende|von|bis|ab|from|until|arrival|departure|arr|dep|ankunft|abfahrt|abflug|check[_\s.-]?(?:in|out)|kommen|gehen|apertura|chiusura|inizio|inicio|fin|début|debut|ouverture|fermeture|öffnung|schluss|avgång|avgang|afgang|ankomst|vertrek|aankomst|aanvang|odjazd|przyjazd|wyjazd|odjezd|příjezd|salida|llegada|saída|chegada|partida|partenza|arrivo|départ|depart|arrivée|kalkış|varış|take[_\s.-]?off|landing)$|^(?:on|off|in|out|blocks?[_\s.-](?:on|off))$|[a-z](?:Open|Close|Start|End|In|Out)$|uhr$/iu;
export const isNamedOpening = (name: string): boolean => OPENINGS.test(name);
