import { retiredKeys } from './retired.ts'
import {
  type AnySetting,
  type Form,
  isSetting,
  type NumberForm,
  type SettingGroup,
  type TextForm,
} from './setting-kinds.ts'
import { settingsTable } from './settings-table.ts'

/** A schema, or a part of one. */
export type JsonSchema = Readonly<Record<string, unknown>>

/**
 * The JSON Schema (draft 7, which editors know best) of `edgemanage.yaml` (contract, "Settings"). It lets everything pass that
 * `edgemanage validate` does, an empty value for a missing key included, and refuses most of what that refuses: what checks
 * alone can tell (whether an address is valid, how two keys go together) is left to them.
 */
export function settingsJsonSchema(): JsonSchema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'edgemanage.yaml',
    description: 'Settings of edgemanage. Times are in seconds.',
    type: 'object',
    properties: { ...propertiesOf(settingsTable), ...sectionsByNetwork(), ...retiredProperties() },
    additionalProperties: false,
    allOf: whatIsRequired(),
  }
}

/** The schema as a file: what `edgemanage schema` prints. */
export function settingsSchemaText(): string {
  return `${JSON.stringify(settingsJsonSchema(), null, 2)}\n`
}

function propertiesOf(group: SettingGroup): Record<string, JsonSchema> {
  return Object.fromEntries(Object.entries(group).map(([key, node]) => [key, nodeSchema(node)]))
}

function nodeSchema(node: AnySetting | SettingGroup): JsonSchema {
  return isSetting(node)
    ? { description: descriptionOf(node), ...defaultOf(node), ...orNull(formSchema(node.form)) }
    : { type: ['object', 'null'], properties: propertiesOf(node), additionalProperties: false }
}

/** What a setting means, with its unit and, where it is not a plain value, its default. */
function descriptionOf({ means, unit, required, defaultWords }: AnySetting): string {
  const kind = required ? 'Required. ' : ''
  const meaning = means.charAt(0).toUpperCase() + means.slice(1)
  const measure = unit === undefined ? '' : ` (${unit})`
  return `${kind}${meaning}${measure}.${defaultWords === undefined ? '' : ` Default: ${defaultWords}.`}`
}

function defaultOf(setting: AnySetting): JsonSchema {
  const isPlain = !setting.required && setting.defaultWords === undefined && setting.default !== null
  return isPlain ? { default: setting.default } : {}
}

/** An empty value is as good as a missing key. */
function orNull(schema: JsonSchema): JsonSchema {
  const { enum: words } = schema
  return { ...schema, type: [schema.type, 'null'], ...(Array.isArray(words) ? { enum: [...words, null] } : {}) }
}

function formSchema(form: Form): JsonSchema {
  switch (form.kind) {
    case 'truth':
      return { type: 'boolean' }
    case 'email':
      return { type: 'string', pattern: '^[^\\s@]+@[^\\s@]+\\.[^\\s@]+$' }
    case 'choice':
      return { type: 'string', enum: form.words }
    case 'number':
      return numberSchema(form)
    case 'text':
      return textSchema(form)
    case 'list':
      return present({ type: 'array', items: textSchema(form.items), minItems: form.min, maxItems: form.max })
    case 'map': {
      const propertyNames = form.keyPattern === undefined ? undefined : { pattern: form.keyPattern }
      return present({ type: 'object', propertyNames, additionalProperties: orNull(textSchema(form.values)) })
    }
  }
}

function numberSchema({ whole, min, above, max, step }: NumberForm): JsonSchema {
  const limits = { minimum: min, exclusiveMinimum: above, maximum: max, multipleOf: step }
  return present({ type: whole ? 'integer' : 'number', ...limits })
}

function textSchema({ pattern, minLength, maxLength }: TextForm): JsonSchema {
  return present({ type: 'string', pattern, minLength, maxLength })
}

function present(schema: JsonSchema): JsonSchema {
  return Object.fromEntries(Object.entries(schema).filter(([, value]) => value !== undefined))
}

/** `networks`, in which every key may stand again, and the original's edge counts. */
function sectionsByNetwork(): Record<string, JsonSchema> {
  const again = Object.keys(settingsTable).map(key => [key, { $ref: `#/properties/${key}` }])
  return {
    networks: {
      description: 'Any of the other keys for one network alone, by its name: maps merge, lists replace.',
      type: ['object', 'null'],
      additionalProperties: {
        type: ['object', 'null'],
        properties: Object.fromEntries(again),
        additionalProperties: false,
      },
    },
    dnet_edge_count: {
      description: 'edge_count by network, as the original has it; networks.<network>.edge_count takes precedence.',
      type: ['object', 'null'],
      additionalProperties: { $ref: '#/properties/edge_count' },
    },
  }
}

/** Keys of the original that have no place here: accepted, with a warning. */
function retiredProperties(): Record<string, JsonSchema> {
  const rows = Object.entries(retiredKeys)
  return Object.fromEntries(
    rows.map(([key, instead]) => [key, { description: `Has no place here: ${instead}.`, deprecated: true }]),
  )
}

/**
 * The required keys. Where single networks have settings of their own, these may hold what is required, and no schema can tell
 * whether they do for every network.
 */
function whatIsRequired(): JsonSchema[] {
  const { edge_count, ...others } = settingsTable
  const unlessIn = (...sections: readonly string[]) => ({ anyOf: sections.map(key => ({ required: [key] })) })
  return [
    { if: unlessIn('networks'), else: requiredIn(others) },
    { if: unlessIn('networks', 'dnet_edge_count'), else: requiredIn({ edge_count }) },
  ]
}

/** The required keys of a group, and not empty. */
function requiredIn(group: SettingGroup): JsonSchema {
  const present = Object.entries(group).flatMap(([key, node]): [string, JsonSchema][] => {
    if (isSetting(node)) return node.required ? [[key, { not: { type: 'null' } }]] : []
    const inner = requiredIn(node)
    return (inner.required as readonly string[]).length === 0 ? [] : [[key, { type: 'object', ...inner }]]
  })
  return { required: present.map(([key]) => key), properties: Object.fromEntries(present) }
}
