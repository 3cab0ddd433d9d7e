/** A line of a chart: points of what grows and what that costs. */
export interface Line {
  readonly name: string
  readonly points: readonly (readonly [number, number])[]
}

const [width, height, margin] = [640, 400, 60]
const colours = ['#1f6feb', '#d1242f', '#1a7f37', '#9a6700']

/** A chart as SVG, both axes logarithmic, so that an exponent is a slope. */
export function chartOf(title: string, x: string, y: string, lines: readonly Line[]): string {
  const points = lines.flatMap(line => line.points)
  const across = scaleOf(
    points.map(([value]) => value),
    margin,
    width - 20,
  )
  const up = scaleOf(
    points.map(([, value]) => value),
    height - margin,
    40,
  )
  const drawn = lines.map(({ name, points: own }, at) => {
    const places = own.map(([px, py]) => `${across.at(px).toFixed(1)},${up.at(py).toFixed(1)}`)
    const colour = colours[at % colours.length]
    const dots = places
      .map(place => place.split(','))
      .map(([cx, cy]) => `<circle cx="${cx}" cy="${cy}" r="3" fill="${colour}"/>`)
    const label = `<text x="${margin + 10}" y="${56 + 16 * at}" fill="${colour}">${name}</text>`
    return `<polyline points="${places.join(' ')}" fill="none" stroke="${colour}" stroke-width="2"/>${dots.join('')}${label}`
  })
  const ticks = [
    ...across.ticks.map(
      tick => `<text x="${across.at(tick)}" y="${height - margin + 18}" text-anchor="middle">${tick}</text>`,
    ),
    ...up.ticks.map(tick => `<text x="${margin - 6}" y="${up.at(tick) + 4}" text-anchor="end">${tick}</text>`),
  ]
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12"><title>${title}</title>`,
    `<rect width="${width}" height="${height}" fill="#fff"/><text x="${width / 2}" y="22" text-anchor="middle" font-size="15">${title}</text>`,
    `<path d="M${margin} 36V${height - margin}H${width - 20}" fill="none" stroke="#57606a"/>`,
    ...ticks,
    `<text x="${width / 2}" y="${height - 12}" text-anchor="middle">${x}</text>`,
    `<text transform="translate(14 ${height / 2}) rotate(-90)" text-anchor="middle">${y}</text>`,
    ...drawn,
    '</svg>\n',
  ].join('\n')
}

function scaleOf(values: readonly number[], from: number, to: number) {
  const [low, high] = [Math.floor(Math.log10(Math.min(...values))), Math.ceil(Math.log10(Math.max(...values)))]
  const span = Math.max(1, high - low)
  const at = (value: number) => from + ((Math.log10(value) - low) / span) * (to - from)
  return { at, ticks: Array.from({ length: span + 1 }, (_, step) => Number((10 ** (low + step)).toPrecision(1))) }
}
