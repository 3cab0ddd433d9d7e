import Handlebars from 'handlebars'
import type { Tone } from './edge-rows.ts'
import type { NetworkView } from './page.ts'

/** The texts of `templates/status.hbs` and of `templates/status/`, by name without the ending. */
export interface StatusTemplates {
  readonly page: string
  readonly parts: Readonly<Record<string, string>>
}

export interface PageOptions {
  /** How often an open page reloads itself; null: never. */
  readonly refreshSeconds: number | null
}

const signs: Readonly<Record<Tone, string>> = { good: '✔', fair: '▲', bad: '✖', quiet: '–' }

type Render = Handlebars.TemplateDelegate
const compiled = new WeakMap<StatusTemplates, Map<string, Render>>()

/** Compiled once per set of templates; everything is escaped but what is marked as markup. */
function render(templates: StatusTemplates, name: string, data: object): string {
  const known = compiled.get(templates) ?? compile(templates)
  compiled.set(templates, known)
  const helpers = { toneSign: (tone: Tone) => signs[tone] }
  return (known.get(name) as Render)(data, { helpers, partials: Object.fromEntries(known) })
}

function compile({ page, parts }: StatusTemplates): Map<string, Render> {
  const all = Object.entries({ ...parts, page })
  // Knowing the one helper, a template cannot take a field of the data for another.
  const options = { knownHelpers: { toneSign: true }, preventIndent: true }
  return new Map(all.map(([name, text]) => [name, Handlebars.compile(text, options)]))
}

/** The status page of these networks: one self-contained HTML document. */
export function renderPage(templates: StatusTemplates, networks: readonly NetworkView[], options: PageOptions): string {
  const title = `${networks.map(({ name }) => name).join(', ')}: edgemanage`
  return render(templates, 'page', { title, networks, ...options })
}

export interface WidgetOptions {
  readonly theme: 'light' | 'dark'
  /** How many edges there is room for. */
  readonly maxEdges: number
  /** Functions that buttons call; null: no button. */
  readonly ownArn: string | null
  readonly dryRunArn: string | null
}

/** The same as a fragment for a CloudWatch custom widget: no scripts, no document. */
export function renderWidget(templates: StatusTemplates, view: NetworkView, options: WidgetOptions): string {
  const edges = view.edges.slice(0, options.maxEdges)
  const more = view.edges.length - edges.length
  const left = more > 0 ? `${more} more edges are not shown here.` : null
  return render(templates, 'widget', { ...options, networks: [{ ...view, edges }], left })
}
