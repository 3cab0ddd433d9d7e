import { settingsSchemaText } from './settings-json-schema.ts'

/** What a new configuration is made from. */
export interface NewConfiguration {
  readonly network: string
  readonly host: string
  readonly edges: readonly string[]
  readonly zones: readonly string[]
  readonly nameServers: readonly string[]
  /** With a dot for the @. */
  readonly mailbox: string
  readonly proto: string
  readonly uri: string
  /** Seconds. */
  readonly goodenough: number
  readonly edgeCount: number
}

/** Where the copy of the test object is, in the folder. */
export const newObjectPath = 'objects/edgemanage.txt'

/** The file to which the settings refer for editors: what `edgemanage schema` prints. */
export const schemaFile = 'edgemanage.schema.json'

/** The files of a configuration folder, by their paths; without the copy of the test object. */
export function newConfiguration(answers: NewConfiguration): Map<string, string> {
  const { network, edges, zones } = answers
  return new Map([
    ['edgemanage.yaml', settingsText(answers)],
    [schemaFile, settingsSchemaText()],
    [`edges/${network}`, `# One edge per line: an address or a host name.\n${edges.map(edge => `${edge}\n`).join('')}`],
    [`canaries/${network}`, '# zone: address of its canary, an edge that serves this zone alone\n'],
    ...zones.map(zone => [`zones/${network}/${zone}.zone`, zoneText(zone)] as const),
  ])
}

function zoneText(zone: string): string {
  return `; Records of ${zone} besides SOA, NS and the addresses of the live edges, such as:\n; mail 300 IN A 192.0.2.25\n`
}

function absolute(name: string): string {
  return name.endsWith('.') ? name : `${name}.`
}

/** What may be left out, to be uncommented: keys of all networks, and of one alone. */
const optionalKeys = `# timeout: 10                      one deadline for everything a probe does, at most 15
# down_after: 1                    failed probes in a row until an edge fails
# up_after: 1                      good probes in a row until it passes again
# references: []                   URLs; when all of them fail, the prober itself is cut off
# heartbeat: https://…             fetched after every cycle that went well
# notify: []                       URLs that the events of cycles are posted to
# certificate_days: 14             warn when a certificate ends in fewer days; 0 is off

# Any of these keys for one network alone: maps merge, lists replace.
# networks:
#   mynet:
#     edge_count: 2
`

function settingsText({ host, uri, proto, nameServers, mailbox, goodenough, edgeCount }: NewConfiguration): string {
  const servers = nameServers.map(absolute)
  // JSON is YAML, and quotes what has to be quoted.
  const value = (one: unknown) => JSON.stringify(one)
  return `# yaml-language-server: $schema=./${schemaFile}
# Completion and checks in your editor come from that file; after an upgrade: edgemanage schema > ${schemaFile}
# Settings of all networks. Times are in seconds. Keys that are commented out show their defaults.

# What every edge serves, and is probed for: exactly the bytes of \`local\`, which is relative to this folder.
testobject:
  host: ${value(host)} # the Host header, and the name in the certificate
  uri: ${value(uri)}
  local: ${newObjectPath}
  proto: ${value(proto)} # http or https
  # port: 443                      80 for http
  # verify: true                   the certificate must be for \`host\`
  # headers: {}                    sent with every probe

# What every zone begins with.
dns:
  ns_records: [${servers.map(value).join(', ')}]
  soa_nameserver: ${value(servers[0])}
  soa_mailbox: ${value(absolute(mailbox))}
  # rotate_zones: [www]            labels, besides @, that get the addresses of the live edges: []
  # ttl: 300

# An edge that answers faster passes; edge_count edges are live.
goodenough: ${goodenough}
edge_count: ${edgeCount}

${optionalKeys}`
}
