import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { vantageFunctions } from '../adapters/aws/lazy-vantage-points.ts'
import { compiledFile } from '../core/config/compiled.ts'
import { ConfigurationError } from '../core/domain/errors.ts'

/** What every function finds in its environment (contract, "Environment of every function"). */
export interface Environment {
  readonly network: string
  readonly tableName: string
  readonly bucketName: string
  /** The configuration folder; the bundled copy unless EDGEMANAGE_CONFIG names another. */
  readonly configDir: string
  readonly templatesDir: string
  /** The bundled copy as it was checked beforehand. */
  readonly compiledFile: string
  /** The hash of the bundle that the bundled copy is; null where another folder is named, or it is not known. */
  readonly deployedHash: string | null
  /** How many networks of the stack push to Route 53, this one included: they share the account's rate. */
  readonly pushingNetworks: number
  /** By region: the ARN of its vantage point. */
  readonly vantages: ReadonlyMap<string, string>
}

/** Reads the environment; throws `ConfigurationError` that names every variable that is missing. */
export function readEnvironment(env: NodeJS.ProcessEnv): Environment {
  const missing = ['NETWORK', 'TABLE_NAME', 'BUCKET_NAME'].filter(name => !env[name])
  if (missing.length > 0) throw new ConfigurationError(`the environment lacks ${missing.join(', ')}`)
  const root = env.LAMBDA_TASK_ROOT ?? fileURLToPath(new URL('../..', import.meta.url))
  return {
    network: String(env.NETWORK),
    tableName: String(env.TABLE_NAME),
    bucketName: String(env.BUCKET_NAME),
    configDir: env.EDGEMANAGE_CONFIG || join(root, 'config'),
    templatesDir: join(root, 'templates'),
    compiledFile: join(root, compiledFile),
    deployedHash: env.EDGEMANAGE_CONFIG ? null : env.CONFIGURATION || null,
    pushingNetworks: Math.max(1, Number(env.ROUTE53_NETWORKS) || 1),
    vantages: vantageFunctions(env.VANTAGES),
  }
}
