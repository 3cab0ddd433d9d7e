import { exitStatus } from '../../app/exit-status.ts'
import { settingsSchemaText } from '../../core/config/settings-json-schema.ts'
import type { Terminal } from '../output/terminal.ts'

/** `edgemanage schema`: the JSON Schema of `edgemanage.yaml`, for editors. */
export async function schema(terminal: Terminal): Promise<number> {
  terminal.out(settingsSchemaText())
  return exitStatus.success
}
