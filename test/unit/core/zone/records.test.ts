import { describe, expect, test } from 'vitest'
import { scanMasterFile } from '../../../../functions/core/zone/master-file.ts'
import { readRecords } from '../../../../functions/core/zone/records.ts'

const read = (text: string) => readRecords(scanMasterFile(text), 'example.org.', 300)
const recordsOf = (text: string) =>
  read(text).records.map(({ line, owner, ttl, type }) => `${line} ${owner} ${ttl} ${type}`)
const faultsOf = (text: string) => read(text).faults.map(({ line, column, message }) => `${line}:${column}: ${message}`)

describe('records', () => {
  test.each([
    ['', []],
    ['m A 192.0.2.1', ['1 m.example.org. 300 A']],
    [
      'm 5 A 192.0.2.1\nm IN 6 A 192.0.2.1\nm 7 IN A 192.0.2.1',
      ['1 m.example.org. 5 A', '2 m.example.org. 6 A', '3 m.example.org. 7 A'],
    ],
    ['m CLASS1 a 192.0.2.1', ['1 m.example.org. 300 A']],
    ['m 1w2D3h4M5s A 192.0.2.1', ['1 m.example.org. 788645 A']],
    ['$TTL 1h\nm A 192.0.2.1\nn 5 A 192.0.2.1', ['2 m.example.org. 3600 A', '3 n.example.org. 5 A']],
    ['m A 192.0.2.1\n TXT a', ['1 m.example.org. 300 A', '2 m.example.org. 300 TXT']],
    ['$ORIGIN sub\nm A 192.0.2.1\n$origin @\n@ TXT a', ['2 m.sub.example.org. 300 A', '4 sub.example.org. 300 TXT']],
    ['m A 192.0.2.1\n$ORIGIN sub\n TXT a', ['1 m.example.org. 300 A', '3 m.example.org. 300 TXT']],
    [
      '5 5 A 192.0.2.1\nIN IN A 192.0.2.1\nA A 192.0.2.1',
      ['1 5.example.org. 5 A', '2 in.example.org. 300 A', '3 a.example.org. 300 A'],
    ],
    ['m 2147483647 A 192.0.2.1', ['1 m.example.org. 2147483647 A']],
  ])('%j', (text, records) => {
    expect(recordsOf(text)).toEqual(records)
    expect(faultsOf(text)).toEqual([])
  })
})

describe('faults', () => {
  test.each([
    [
      ' A 192.0.2.1\n TXT a',
      ['1:2: the first record needs a name: without one it would go to the last name before the include'],
    ],
    ['m', ['1:1: this record has no type']],
    ['m 5 IN', ['1:1: this record has no type']],
    ['m FOO', ["1:3: 'FOO' is not a record type"]],
    ['m "A" 192.0.2.1', ["1:3: 'A' is not a record type"]],
    ['m "5" A 192.0.2.1', ["1:3: '5' is not a record type"]],
    ['m 1h30 A 192.0.2.1', ["1:3: '1h30' is not a record type"]],
    ['m 5 6 A 192.0.2.1', ["1:5: '6' is not a record type"]],
    ['m IN IN A 192.0.2.1', ["1:6: 'IN' is not a record type"]],
    ['m CH A 192.0.2.1', ['1:3: the class must be IN']],
    ['m CLASS3 A 192.0.2.1', ['1:3: the class must be IN']],
    ['m 2147483648 A 192.0.2.1', ['1:3: a TTL is at most 2147483647 seconds']],
    ['$TTL 3551w', ['1:6: a TTL is at most 2147483647 seconds']],
    ['$TTL soon', ["1:6: 'soon' is not a TTL"]],
    ['$TTL', ['1:1: $TTL lacks its value']],
    ['$TTL 5 6', ["1:8: '6' is more than $TTL takes"]],
    ['$ORIGIN a..b', ["1:9: 'a..b' has an empty label"]],
    ['$ORIGIN "a"', ['1:9: a name must not be quoted']],
    ['$INCLUDE a b c', ['1:1: $INCLUDE is not allowed here']],
    ['$generate 1-2 a A 192.0.2.$', ['1:1: $GENERATE is not allowed here']],
    ['m TXT a\n $TTL 5', ["2:2: '$TTL' is not a record type"]],
    ['"$TTL" 5', ['1:1: a name must not be quoted', '1:1: this record has no type']],
    ['m A x', ["1:5: 'x' is not an IPv4 address of four decimal numbers"]],
  ])('%j', (text, faults) => {
    expect(faultsOf(text)).toEqual(faults)
  })

  test('records of an owner that cannot be read are kept, without one', () => {
    expect(recordsOf('a..b A 192.0.2.1\n TXT a\n$ORIGIN c..d\nm TXT a')).toEqual([
      '1 null 300 A',
      '2 null 300 TXT',
      '4 m.example.org. 300 TXT',
    ])
  })
})
