import { expect, test } from 'vitest'
import { root, runNode } from '../helpers/command.ts'

test('two mutants are made, held against the tests that matter, and told', { timeout: 900_000 }, async () => {
  const ended = await runNode(['--import', 'tsx', 'test/mutation/main.ts', '--mutants', '2', '--show'], root)
  expect(ended.stderr).toBe('')
  expect(ended.stdout).toMatch(/^(noticed|never ended|SURVIVED) functions\//)
  expect(ended.stdout).toMatch(/^2 mutants of [\d,]+ in \d+ s: /m)
})
