import type { Patch } from '../../mutation/copy.ts'

/** Guards of the configuration in force, each with what brings its fault back; `simulate --configuration` notices. */
export const configurationGuards: Readonly<Record<string, readonly Patch[]>> = {
  'configuration: what was in force before': [
    {
      file: 'functions/core/config/in-force.ts',
      from: '...moved, ...before, ...last]',
      to: '...before, ...moved, ...last]',
    },
  ],
  'configuration: whole bundles': [
    {
      file: 'functions/cycle/configuration/bundles.ts',
      from: 'if (hashText(text) !== sha256) throw',
      to: 'if (text === sha256) throw',
    },
  ],
  'configuration: the pointer that was read': [
    {
      file: 'functions/adapters/table/configurations.ts',
      from: ": isText('id', over.id)",
      to: ": { is: 'all', of: [] } as Condition",
    },
  ],
  'configuration: pushed over another deploy': [
    {
      file: 'functions/core/config/in-force.ts',
      from: 'deployed === (pointer.base ?? known?.deployed ?? deployed)',
      to: "deployed !== ''",
    },
  ],
}
