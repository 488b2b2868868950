// Units in other scripts and languages, each with how many of the unit of its family it is.
import type { Family } from './unitTable';

const each = (words: string, factor: number): Family =>
  Object.fromEntries(words.split('|').map((word) => [word, factor]));

export const GRAM_WORDS: Family = {
  ...{ мкг: 1e-6, мг: 1e-3, г: 1, гр: 1, кг: 1e3, ц: 1e5, т: 1e6, ...each('грамм|грамма|граммов', 1) },
  ...each('тонн|тонна|тонны', 1e6),
  ...{ 毫克: 1e-3, 克: 1, 斤: 500, 公斤: 1e3, 千克: 1e3, 吨: 1e6, グラム: 1, キロ: 1e3, 그램: 1, 킬로: 1e3 },
  ...{ γρ: 1, κιλά: 1e3, جم: 1, كجم: 1e3, كغ: 1e3 },
};
export const METRE_WORDS: Family = {
  ...{ мкм: 1e-6, мм: 1e-3, см: 1e-2, дм: 0.1, м: 1, км: 1e3 },
  ...{ 毫米: 1e-3, 厘米: 1e-2, 公分: 1e-2, 米: 1, 公里: 1e3, 千米: 1e3, 미터: 1 },
};
export const AREA_WORDS: Family = {
  ...{ 'см²': 1e-4, см2: 1e-4, 'км²': 1e6, км2: 1e6, га: 1e4, ...each('м²|м2|кв.м|кв. м|кв м', 1) },
  ...{ 평방미터: 1, 平米: 1, 平方米: 1, 公顷: 1e4 },
};
export const LITRE_WORDS: Family = {
  ...{ мкл: 1e-6, мл: 1e-3, дл: 0.1, л: 1, ...each('литр|литра|литров', 1), ...each('м³|м3|куб.м', 1e3) },
  ...{ 毫升: 1e-3, 升: 1, リットル: 1, 리터: 1 },
};
export const SECOND_WORDS: Family = {
  ...{ мс: 1e-3, ...each('с|сек|секунд|секунды|sek|sekunden|secondes|segundos|secondi|秒|초', 1) },
  ...each('мин|минут|минуты|minuten|minutos|minuti|minuut|minutter|minuter|分钟|分鐘', 60),
  ...each('ч|час|часа|часов|std|stunde|stunden|heure|heures|hora|horas|ora|ore|uur|uren|timer', 3600),
  ...each('timmar|godz|小时|小時|時間|시간', 3600),
  ...each('дн|день|дня|дней|сут|tag|tage|tagen|jour|jours|día|días|dia|dias|giorno|giorni', 86_400),
  ...each('dag|dagen|dager|dage|dagar|dni|天', 86_400),
  ...each('нед|неделя|недели|недель|woche|wochen|semaine|semaines|semana|semanas', 604_800),
  ...each('settimana|settimane|weken|uke|uker|uge|uger|vecka|veckor|tyg|tygodnie|tygodni', 604_800),
};
export const MONTH_WORDS: Family = {
  ...each('мес|месяц|месяца|месяцев|monat|monate|monaten|mois|mes|meses|mês|mese|mesi', 1),
  ...each('mnd|maand|maanden|måned|måneder|mdr|mån|månad|månader|mies|miesiąc|miesiące|miesięcy', 1),
  ...each('个月|個月|か月|ヶ月|カ月|개월', 1),
  // In front of grams alone, г is none of these.
  ...each('г|год|года|лет|jahr|jahre|jahren|an|ans|année|années|año|años|ano|anos|anno|anni', 12),
  ...each('jr|jaar|jaren|år|rok|lat|lata|年|岁|歳|年间|년|세|살', 12),
};
export const MAGNITUDE_WORDS: Family = { тыс: 1e3, млн: 1e6, млрд: 1e9 };
