const space = 2 ** 32

/** Whether `a` comes before `b` in the order of RFC 1982; false too where it does not say (behaviour §7.3). */
export function isEarlier(a: number, b: number): boolean {
  const ahead = (b - a + space) % space
  return ahead > 0 && ahead < space / 2
}

/** The later of two serials; 0 stands for none. */
export function laterSerial(a: number, b: number): number {
  if (a === 0 || b === 0) return a + b
  return isEarlier(a, b) ? b : a
}
