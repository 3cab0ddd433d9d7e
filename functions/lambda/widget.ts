import * as z from 'zod'
import { defaultSpans, type StatusFacts } from '../core/status-page/facts.ts'
import type { WidgetOptions } from '../core/status-page/markup.ts'
import type { Span } from '../core/status-page/trace.ts'
import { parse } from './schema-event.ts'

const time = z.number().int().min(0).max(8.64e15)
const range = z.object({ start: time, end: time })

// CloudWatch adds fields as it likes: only those used here are checked.
const widgetEvent = z.object({
  describe: z.boolean().default(false),
  show: z.enum(['some', 'all']).default('some'),
  widgetContext: z
    .object({
      theme: z.enum(['light', 'dark']).catch('light'),
      width: z.number().positive().optional(),
      height: z.number().positive().optional(),
      timeRange: range.extend({ zoom: range.optional() }).optional(),
    })
    .optional(),
})

export type WidgetEvent = z.infer<typeof widgetEvent>

/** The event of a CloudWatch custom widget; anything without its context counts as one. Throws `InvalidInput`. */
export function parseWidgetEvent(event: unknown): WidgetEvent {
  return parse(widgetEvent, event, 'status')
}

const narrowPixels = 900
const headPixels = 230
const rowPixels = 46
const leastEdges = 5
/** What a widget without a size has room for. */
const defaultEdges = 25
/** A widget's answer must stay below 1 MB with all its pictures. */
const maxEdges = 500

/** The spans of the widget: the dashboard's range (its zoom first) and, where there is room, the usual two. */
export function widgetSpans({ widgetContext }: WidgetEvent, now: number): Span[] {
  const { timeRange, width } = widgetContext ?? {}
  const shown = timeRange?.zoom ?? timeRange
  if (shown === undefined || shown.end <= shown.start) return defaultSpans(now)
  const own = { title: 'dashboard’s range', from: shown.start, to: shown.end + 1, slots: 120 }
  return (width ?? 0) < narrowPixels ? [own] : [own, ...defaultSpans(now).slice(-1)]
}

/** How the widget is drawn; `functionArn` is the one it was called by. */
export function widgetOptions(event: WidgetEvent, network: StatusFacts['network'], functionArn: string): WidgetOptions {
  const { theme = 'light', height } = event.widgetContext ?? {}
  const room = height === undefined ? defaultEdges : Math.max(leastEdges, Math.floor((height - headPixels) / rowPixels))
  const base = `edgemanage-${network.name}-`
  const own = functionArn.endsWith(`${base}status`) ? functionArn : null
  return {
    theme,
    maxEdges: event.show === 'all' ? maxEdges : Math.min(room, maxEdges),
    ownArn: own,
    dryRunArn: own === null ? null : own.replace(/status$/, 'dry-run'),
  }
}

/** What the console shows of the widget before it is added. */
export function describeWidget(network: string): string {
  return `### Status of ${network}

Live edges, how they fare, and since when. The colours, the size and the time range are the dashboard's own.

| parameter | means |
|---|---|
| \`show\` | \`some\`: as many edges as there is room for, those in trouble first; \`all\`: every edge |

\`\`\` yaml
show: some
\`\`\`
`
}
