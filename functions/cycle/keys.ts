/** Where things land in the bucket (contract, "What lands in the bucket"). */
export const zoneKey = (network: string, zone: string) => `zones/${network}/${zone}.zone`
export const namedConfKey = (network: string) => `zones/${network}/named.conf`
export const liveListKey = (network: string) => `live/${network}.live`
