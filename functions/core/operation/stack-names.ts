/** The name of the stack's output with the hash of the configuration that it brought for a network. */
export function configurationOutput(network: string): string {
  // Names have lower-case letters alone: capitals can stand for what an output's name may not have.
  return `Configuration${network.replaceAll('-', 'D').replaceAll('_', 'U')}`
}
