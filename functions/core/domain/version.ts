/** The product's version, as package.json has it: a function of the cloud has no package.json beside it. */
export const productVersion = '0.1.0'
