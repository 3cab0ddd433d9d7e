import * as z from 'zod'
import {
  type AnySetting,
  type Fault,
  type Form,
  isSetting,
  type NumberForm,
  type SettingGroup,
} from './setting-kinds.ts'
import type { RawSettings } from './settings.ts'
import { settingsTable } from './settings-table.ts'

/** Everything that `edgemanage.yaml` may say, for all networks or for one; each key may be missing here. */
export const settingsSchema = groupSchema(settingsTable) as z.ZodType as z.ZodType<RawSettings>

function groupSchema(group: SettingGroup): z.ZodType {
  const schemas = Object.entries(group).map(([key, node]) => [key, nodeSchema(node)])
  return z.strictObject(Object.fromEntries(schemas)).partial()
}

function nodeSchema(node: AnySetting | SettingGroup): z.ZodType {
  return isSetting(node) ? formSchema(node.form) : groupSchema(node)
}

function formSchema(form: Form): z.ZodType {
  switch (form.kind) {
    case 'truth':
      return z.boolean()
    case 'email':
      return z.email()
    case 'choice':
      return z.enum(form.words)
    case 'number':
      return numberSchema(form)
    case 'text':
      return withFaults(z.string().min(form.minLength ?? 0), text => {
        const message = form.check?.(text) ?? null
        return message === null ? [] : [{ message }]
      })
    case 'list':
      return withFaults(
        z
          .array(formSchema(form.items) as z.ZodType<string>)
          .min(form.min ?? 0)
          .max(form.max ?? Number.POSITIVE_INFINITY),
        form.check,
      )
    case 'map':
      return withFaults(z.record(z.string(), formSchema(form.values) as z.ZodType<string>), form.check)
  }
}

function numberSchema({ whole, min, above, max, step }: NumberForm): z.ZodType {
  let schema: z.ZodNumber = whole ? z.int() : z.number()
  if (above !== undefined) schema = schema.gt(above)
  if (min !== undefined) schema = schema.min(min)
  if (max !== undefined) schema = schema.max(max)
  return step === undefined ? schema : schema.multipleOf(step)
}

function withFaults<T>(schema: z.ZodType<T>, check?: (value: T) => readonly Fault[]): z.ZodType<T> {
  if (check === undefined) return schema
  return schema.superRefine((value, context) => {
    for (const { path = [], message } of check(value)) {
      context.addIssue({ code: 'custom', path: [...path], message })
    }
  })
}
