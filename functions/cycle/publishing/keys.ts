/** Where things land in the bucket (contract, "What lands in the bucket"). */
export const zonesFolder = (network: string) => `zones/${network}/`
export const zoneKey = (network: string, zone: string) => `${zonesFolder(network)}${zone}.zone`
export const namedConfKey = (network: string) => `${zonesFolder(network)}named.conf`
export const manifestKey = (network: string) => `${zonesFolder(network)}manifest.json`
export const liveListKey = (network: string) => `live/${network}.live`
