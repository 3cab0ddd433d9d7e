/** Where a name server listens; the address may have a zone index. */
export interface Server {
  readonly address: string
  readonly port: number
}
