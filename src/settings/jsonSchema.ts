// The declaration as JSON Schema 2020-12, so that editors and other programs can check an experiment file.

import { defaults, type Fields, type Setting } from './setting.ts';

export type JsonSchema = { readonly [keyword: string]: unknown };

/** Accepts every valid value, and objects that leave fields out for their defaults. */
export function jsonSchema(setting: Setting): JsonSchema {
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', ...schemaOf(setting) };
}

function schemaOf(setting: Setting): JsonSchema {
  if (setting.type === 'group') {
    return { ...(setting.label && { title: setting.label }), ...objectOf(setting.fields) };
  }
  const about = { title: setting.label, description: setting.summary };
  switch (setting.type) {
    case 'number':
    case 'integer': {
      const { type, min, max, unit } = setting;
      const description = unit ? `${setting.summary} Unit: ${unit}.` : setting.summary;
      return { ...about, description, type, minimum: min, maximum: max, default: setting.default };
    }
    case 'toggle':
      return { ...about, type: 'boolean', default: setting.default };
    case 'pick': {
      const options = Object.entries(setting.options);
      return {
        ...about,
        oneOf: options.map(([name, summary]) => ({ const: name, description: summary })),
        default: setting.default,
      };
    }
    case 'numbers': {
      const { min, max, integer, length } = setting;
      return {
        ...about,
        type: 'array',
        items: { type: integer ? 'integer' : 'number', minimum: min, maximum: max },
        minItems: length[0],
        maxItems: length[1],
        default: [...setting.default],
      };
    }
    case 'text':
      return {
        ...about,
        description: `${setting.summary} Expected: ${setting.expected}.`,
        type: 'string',
        maxLength: setting.most,
        default: setting.default,
      };
    case 'choice':
      return {
        ...about,
        oneOf: [
          {
            enum: setting.entries.map((entry) => entry.name),
            description: 'The name alone: that entry with its defaults.',
          },
          ...setting.entries.map(({ name, label, summary, settings, named }) => ({
            title: label,
            description: summary,
            ...objectOf(settings.fields, { kind: { const: name } }, named ? schemaOf(named.each) : false),
            required: ['kind'],
          })),
        ],
        default: defaults(setting),
      };
  }
}

function objectOf(fields: Fields, first: JsonSchema = {}, others: JsonSchema | false = false): JsonSchema {
  const properties = Object.entries(fields).map(([name, field]) => [name, schemaOf(field)]);
  return {
    type: 'object',
    properties: { ...first, ...Object.fromEntries(properties) },
    additionalProperties: others,
  };
}
