import { join } from 'node:path'
import type { Plugin } from 'esbuild'

const protocols = 'node_modules/@aws-sdk/core/dist-es/submodules/protocols'

/** What the database client takes of all protocols that AWS has: one, over JSON. */
const ofDatabase = (root: string) => `
export { AwsJson1_0Protocol } from ${JSON.stringify(join(root, protocols, 'json/AwsJson1_0Protocol.js'))}
export { JsonCodec, JsonCodec2, JsonShapeDeserializer, JsonShapeDeserializer2, JsonShapeSerializer, JsonShapeSerializer2 } from ${JSON.stringify('@smithy/core/protocols')}
`

/**
 * Gives the database client, which every cycle loads, its own protocol without those of other services: they stand in one
 * list, of which a bundle that other clients share keeps all. Should the packages change, the build fails.
 */
export function leanProtocols(root: string): Plugin {
  return {
    name: 'lean-protocols',
    setup: ({ onResolve, onLoad }) => {
      onResolve({ filter: /^@aws-sdk\/core\/protocols$/ }, ({ importer }) =>
        /@aws-sdk\/(client-dynamodb|dynamodb-codec)\//.test(importer)
          ? { path: 'database', namespace: 'lean-protocols', sideEffects: false }
          : null,
      )
      onLoad({ filter: /.*/, namespace: 'lean-protocols' }, () => ({ contents: ofDatabase(root), resolveDir: root }))
    },
  }
}
