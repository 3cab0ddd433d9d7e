import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Bucket } from 'aws-cdk-lib/aws-s3'
import { App } from 'aws-cdk-lib/core'
import { afterAll, describe, expect, test } from 'vitest'
import { addSystem } from '../../infra/system.ts'
import { configurationFolder } from '../helpers/configuration.ts'
import { bundledOnce } from '../helpers/template.ts'

const folder = configurationFolder(['alpha', 'beta-2'], { networks: { 'beta-2': { run_frequency: 300 } } })
afterAll(() => folder.remove())

describe('a stack', () => {
  test('is a template as CloudFormation describes its resources', async () => {
    const into = mkdtempSync(join(tmpdir(), 'edgemanage-assets-'))
    const context = { configDir: folder.path, '@aws-cdk/core:strictCfnValidateErrors': true }
    const app = new App({ outdir: join(into, 'cdk.out'), context })
    await addSystem(app, join(into, 'assets'), await bundledOnce())
    expect(() => app.synth()).not.toThrow()
    rmSync(into, { recursive: true, force: true })
  })

  test('does not come to be if anything in it fails those checks', async () => {
    const into = mkdtempSync(join(tmpdir(), 'edgemanage-assets-'))
    const app = new App({
      builtinCloudFormationValidation: false,
      outdir: join(into, 'cdk.out'),
      context: { configDir: folder.path },
    })
    const system = await addSystem(app, join(into, 'assets'), await bundledOnce())
    new Bucket(system.stack, 'Open')
    expect(() => app.synth()).toThrow(/AwsSolutions-S10/)
    rmSync(into, { recursive: true, force: true })
  })
})
