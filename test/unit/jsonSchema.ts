// As much of JSON Schema as the schemas in docs/ use; a keyword that is not known is an error.

type Json = Readonly<Record<string, unknown>>;

interface Where {
  readonly schema: Json;
  readonly root: Json;
  readonly at: string;
}

/** Why a value does not fit a schema, with its place; empty where it does. */
export function fits(schema: Json, value: unknown, root = schema, at = '$'): string {
  for (const [keyword, wanted] of Object.entries(schema)) {
    const why = whyNot(keyword, wanted, value, { schema, root, at });
    if (why !== '') return why;
  }
  return '';
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const typeOf = (value: unknown) => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);
const isOf = (type: unknown, value: unknown) =>
  type === 'integer' ? Number.isInteger(value) : type === typeOf(value);
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);
const fieldsOf = (value: unknown): Json => (isObject(value) ? value : {});
const first = (reasons: readonly string[]) => reasons.find((why) => why !== '') ?? '';

function whyNot(keyword: string, wanted: unknown, value: unknown, { schema, root, at }: Where): string {
  const unless = (is: boolean) => (is ? '' : `${at} does not have ${keyword} ${JSON.stringify(wanted)}`);
  const number = Number(wanted);
  const fitting = () => listOf(wanted).filter((each) => fits(each as Json, value, root, at) === '').length;
  switch (keyword) {
    case '$schema':
    case 'title':
    case 'description':
    case '$defs':
    case 'patternProperties':
      return '';
    case '$ref':
      return fits(fieldsOf(root['$defs'])[String(wanted).slice('#/$defs/'.length)] as Json, value, root, at);
    case 'type':
      return unless([wanted].flat().some((type) => isOf(type, value)));
    case 'const':
      return unless(wanted === value);
    case 'enum':
      return unless(listOf(wanted).includes(value));
    case 'pattern':
      return unless(typeof value !== 'string' || new RegExp(String(wanted), 'u').test(value));
    case 'minLength':
      return unless(typeof value !== 'string' || value.length >= number);
    case 'minimum':
      return unless(typeof value !== 'number' || value >= number);
    case 'exclusiveMinimum':
      return unless(typeof value !== 'number' || value > number);
    case 'minItems':
      return unless(!Array.isArray(value) || value.length >= number);
    case 'maxItems':
      return unless(!Array.isArray(value) || value.length <= number);
    case 'uniqueItems':
      return unless(new Set(listOf(value)).size === listOf(value).length);
    case 'items':
      return first(listOf(value).map((each, k) => fits(wanted as Json, each, root, `${at}[${k}]`)));
    case 'required':
      return unless(!isObject(value) || listOf(wanted).every((key) => Object.hasOwn(value, String(key))));
    case 'properties': {
      const fields = fieldsOf(value);
      const known = Object.entries(fieldsOf(wanted)).filter(([key]) => Object.hasOwn(fields, key));
      return first(known.map(([key, each]) => fits(each as Json, fields[key], root, `${at}.${key}`)));
    }
    case 'additionalProperties': {
      const patterns = Object.keys(fieldsOf(schema['patternProperties']));
      const isKnown = (key: string) =>
        Object.hasOwn(fieldsOf(schema['properties']), key) ||
        patterns.some((pattern) => new RegExp(pattern, 'u').test(key));
      return unless(Object.keys(fieldsOf(value)).every(isKnown));
    }
    case 'anyOf':
      return unless(fitting() > 0);
    case 'oneOf':
      return unless(fitting() === 1);
    default:
      throw new Error(`The keyword ${keyword} is not known here.`);
  }
}
