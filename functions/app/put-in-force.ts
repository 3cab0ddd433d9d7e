/** What was changed in a configuration folder, for whoever puts it in force. */
export interface FolderChange {
  readonly folder: string
  /** Networks whose part of the configuration is another one now: those that receive something first. */
  readonly networks: readonly string[]
}

/**
 * Puts a configuration folder in force after a command has changed it, and answers what is left to do, as a sentence. A
 * local run takes the folder up by itself with its next cycle; a stack has the configuration that it was deployed with.
 */
export async function putInForce({ folder }: FolderChange, isLocal: boolean): Promise<string> {
  return isLocal
    ? `the next cycles with ${folder} take it up`
    : `cycles with ${folder} take it up; deploy it, where it belongs to a stack`
}
