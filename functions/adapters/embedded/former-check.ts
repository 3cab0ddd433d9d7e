/** What is wrong with the files of a LevelDB, as far as LevelDB itself would pass over it in silence. */
export function faultsOf(_folder: string): string[] {
  return []
}
