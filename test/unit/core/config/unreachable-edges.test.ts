import { expect, test } from 'vitest'
import { unreachableEdges } from '../../../../functions/core/config/unreachable-edges.ts'
import { networkOf } from '../../../helpers/world.ts'

const network = networkOf(['127.0.0.7', '192.0.2.1', '2001:db8::7', 'localhost', 'six.example'], {
  canaries: [{ zone: 'example.org', address: '2001:db8::8' }],
})
const files: Record<string, string> = {
  'edges/net': '# edges\n192.0.2.1\n  127.0.0.7 # here\n2001:DB8:0::7\nsix.example\nlocalhost\n',
}
const read = (path: string) => (path in files ? Buffer.from(files[path] ?? '') : null)
const told = (ipv6: boolean, loopback: boolean) =>
  unreachableEdges(read, network, { ipv6, loopback }).map(({ file, line, column, message }) => {
    return `${file}:${line}:${column}: ${message.split(':').slice(0, -1).join(':')}`
  })

test('IPv6 addresses and those of loopback are named with their place, each only where it is asked for', () => {
  expect(told(true, true)).toEqual([
    'edges/net:3:3: 127.0.0.7',
    'edges/net:4:1: 2001:db8::7',
    'edges/net:6:1: localhost',
    'canaries/net:1:1: 2001:db8::8',
  ])
  expect(told(true, false)).toEqual(['edges/net:4:1: 2001:db8::7', 'canaries/net:1:1: 2001:db8::8'])
  expect(told(false, false)).toEqual([])
})
