/** No manifest is nearly as large (10,000 zones take 3 MB), nor any zone: what is larger is not read into memory. Bytes. */
export const maxManifestBytes = 32 * 1024 * 1024
export const maxZoneBytes = 64 * 1024 * 1024
