import type { Definition } from './definition';
import { choiceDescription, descriptions } from './descriptions';
import { datasetKeys, definitions, settingKeys, type SettingKey } from './settings';

/** The JSON schema of one setting, as the manifest's `configuration` and `datasets` have it. */
function schema(key: SettingKey): Record<string, unknown> {
  const definition: Definition<unknown> = definitions[key];
  const base = { markdownDescription: descriptions[key], default: definition.default };
  const bounds = ({ minimum, maximum }: { minimum: number; maximum: number }) => ({ minimum, maximum });
  const numeric = (whole: boolean | undefined) => (whole ? 'integer' : 'number');
  switch (definition.kind) {
    case 'number':
      return { type: numeric(definition.whole), ...bounds(definition), ...base };
    case 'numberOrAuto':
      return {
        type: [numeric(definition.whole), 'string'],
        ...bounds(definition),
        pattern: '^auto$',
        ...base,
      };
    case 'numbersOrAuto':
      return {
        type: ['array', 'string'],
        items: { type: numeric(definition.whole), ...bounds(definition) },
        maxItems: definition.longest,
        pattern: '^auto$',
        ...base,
      };
    case 'numbers':
      return {
        type: 'array',
        items: { type: numeric(definition.whole), ...bounds(definition) },
        maxItems: definition.longest,
        ...base,
      };
    case 'choice':
      return {
        type: 'string',
        enum: definition.choices,
        markdownEnumDescriptions: definition.choices.map((choice) => choiceDescription(key, choice)),
        ...base,
      };
    case 'text':
      return { type: 'string', ...base };
    case 'texts':
      return { type: 'array', items: { type: 'string' }, uniqueItems: true, ...base };
    case 'choiceByColumn':
      return {
        type: 'object',
        additionalProperties: {
          type: 'string',
          enum: definition.choices,
          markdownEnumDescriptions: definition.choices.map((choice) => choiceDescription(key, choice)),
        },
        ...base,
      };
    case 'textsByColumn':
      return {
        type: 'object',
        additionalProperties: { type: 'array', items: { type: 'string' }, uniqueItems: true },
        ...base,
      };
    case 'boolean':
      return { type: 'boolean', ...base };
    default:
      return definition satisfies never;
  }
}

/** The `contributes.configuration` of package.json. */
export function configuration(): object {
  const properties: Record<string, object> = {};
  settingKeys.forEach((key, order) => {
    properties[`neuronLens.${key}`] = { order, scope: 'resource', ...schema(key) };
  });
  properties['neuronLens.datasets'] = {
    order: settingKeys.length,
    scope: 'resource',
    type: 'object',
    default: {},
    markdownDescription:
      'Settings for some files only: a map from a file or glob (without `/`: any folder) to the settings that differ. Later entries win.',
    additionalProperties: {
      type: 'object',
      additionalProperties: false,
      properties: Object.fromEntries(
        datasetKeys.map((key) => {
          const { default: _default, ...rest } = schema(key);
          return [key, rest];
        }),
      ),
    },
  };
  return { title: 'Neuron Lens', properties };
}

/** The settings table of docs/settings.md, in Markdown. */
export function settingsTable(): string {
  const cell = (text: string) => text.replaceAll('|', '\\|');
  const values = (definition: Definition<unknown>) => {
    switch (definition.kind) {
      case 'number':
        return `${definition.minimum} – ${definition.maximum}`;
      case 'numberOrAuto':
        return `auto, ${definition.minimum} – ${definition.maximum}`;
      case 'numbers':
        return `≤ ${definition.longest} × ${definition.minimum} – ${definition.maximum}`;
      case 'numbersOrAuto':
        return `auto, ≤ ${definition.longest} × ${definition.minimum} – ${definition.maximum}`;
      case 'choice':
        return definition.choices.join(', ');
      case 'text':
        return 'text';
      case 'texts':
        return 'list of texts';
      case 'choiceByColumn':
        return `by column: ${definition.choices.join(', ')}`;
      case 'textsByColumn':
        return 'by column: list of texts';
      case 'boolean':
        return 'true, false';
      default:
        return definition satisfies never;
    }
  };
  const acts = { live: 'at once', restart: 'on restart', view: 'at once' };
  const rows = settingKeys.map((key) => {
    const definition = definitions[key];
    return `| \`${key}\` | \`${JSON.stringify(definition.default)}\` | ${values(definition)} | ${acts[definition.acts]} | ${cell(descriptions[key])} |`;
  });
  return [
    '| `neuronLens.` | default | values | acts | |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '| `datasets` | `{}` | map | | Overrides of any `model.*`, `training.*`, `data.*` or `csv.*` for some files: `{ "cars.csv": { "data.target": "Miles_per_Gallon" } }`. |',
  ].join('\n');
}
