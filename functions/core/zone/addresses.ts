import ipaddr from 'ipaddr.js'

const octet = /^(0|[1-9]\d{0,2})$/
const group = /^[0-9a-f]{1,4}$/i

function ipv4Octets(text: string): number[] | null {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every(part => octet.test(part) && Number(part) <= 255)) return null
  return parts.map(Number)
}

function groups(text: string, tail: boolean): number[] | null {
  if (text === '') return []
  const found: number[] = []
  const parts = text.split(':')
  for (const [at, part] of parts.entries()) {
    const octets = tail && at === parts.length - 1 ? ipv4Octets(part) : null
    if (octets !== null) found.push(...ipaddr.fromByteArray([...zeroes(12), ...octets]).toByteArray().slice(12))
    else if (group.test(part)) found.push(Number.parseInt(part, 16) >> 8, Number.parseInt(part, 16) & 255)
    else return null
  }
  return found
}
