/** Failures that are the prober's own and say nothing about an edge (behaviour §1.5), by the system's code. */
const words: Readonly<Record<string, string>> = {
  EMFILE: 'this process is out of file descriptors',
  ENFILE: 'this machine is out of file descriptors',
  ENOBUFS: 'this machine is out of network buffers',
  ENOMEM: 'this machine is out of memory',
  EAI_MEMORY: 'this machine is out of memory',
  EADDRNOTAVAIL: 'this machine has no local address or port left for the connection',
  EPERM: 'this machine forbids the connection',
  EACCES: 'this machine forbids the connection',
}

/** What a system's error code says where it is the prober's own failure; null where it may be the edge's. */
export function ownFaultWords(code: string): string | null {
  return Object.hasOwn(words, code) ? String(words[code]) : null
}
