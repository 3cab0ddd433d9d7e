import { expect, test } from 'vitest'
import { z } from 'zod'
import { issueWords } from '../../../../functions/core/config/issue-words.ts'

test.each<[schema: z.ZodType, value: unknown, words: string]>([
  [z.number(), 'x', 'expected a number, not text'],
  [z.number(), Number.POSITIVE_INFINITY, 'expected a number, not Infinity'],
  [z.number(), Number.NaN, 'expected a number, not NaN'],
  [z.int(), 1.5, 'expected a whole number'],
  [z.int(), true, 'expected a number, not true or false'],
  [z.string(), [], 'expected text, not a list'],
  [z.boolean(), 'on', 'expected true or false, not text'],
  [z.array(z.string()), {}, 'expected a list, not a map'],
  [z.record(z.string(), z.string()), 3, 'expected a map, not a number'],
  [z.object({}), null, 'expected a map, not an empty value'],
  [z.number().min(60), 5, 'must be at least 60'],
  [z.number().gt(0), 0, 'must be more than 0'],
  [z.number().max(1.5), 2, 'must be at most 1.5'],
  [z.number().lt(3), 3, 'must be less than 3'],
  [z.number().multipleOf(60), 61, 'must be a multiple of 60'],
  [z.array(z.string()).min(1), [], 'must have at least 1 entry'],
  [z.array(z.string()).max(2), ['a', 'b', 'c'], 'must have at most 2 entries'],
  [z.string().min(1), '', 'must not be empty'],
  [z.string().max(2), 'abc', 'must have at most 2 characters'],
  [z.enum(['keep', 'shrink']), 'x', 'must be keep or shrink'],
  [z.email(), 'x', 'is not a valid email address'],
  [
    z.string().superRefine((_value, context) => context.addIssue({ code: 'custom', message: "'x' is not a label" })),
    'x',
    "'x' is not a label",
  ],
])('%#', (schema, value, words) => {
  expect(schema.safeParse(value).error?.issues.map(({ message }) => issueWords(message))).toEqual([words])
})
