/** Words in the name of a column, each between others or alone. */
export const named = (words: string): RegExp =>
  new RegExp(`(?:^|[^\\p{L}])(?:${words})(?:$|[^\\p{L}])`, 'iu');

const TEMPERATURE = 'temps?|temperatures?|temperatur|température|temperatura';
/** Temperatures, and what a common thermometer is called. */
export const TEMPERATURES = named(`${TEMPERATURE}|ds18b20|°?c`);
/** What two clusters of values, an offset between them, make a temperature of. */
export const MAY_BE_TEMPERATURES = named(`${TEMPERATURE}|t|fever|body|tmax|tmin|tavg|oven|air|water`);
