import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { renderPage, renderWidget } from '../../functions/core/status-page/markup.ts'
import { networkView } from '../../functions/core/status-page/page.ts'
import { type Look, startBrowser } from '../helpers/browser.ts'
import { toolOr } from '../helpers/debian.ts'
import { factsOf, statusTemplates } from '../helpers/status.ts'

// Pictures of the status page, for people to look at: `npm run screenshots`.

const folder = fileURLToPath(new URL('.', import.meta.url))
const executable = toolOr('chromium')
if (executable === null) process.exit(1)

const templates = statusTemplates()
const view = networkView(factsOf(12))
const page = renderPage(templates, [view], { refreshSeconds: null })
const arn = 'arn:aws:lambda:us-east-1:123456789012:function:edgemanage-mynet-'
const options = { theme: 'dark' as const, maxEdges: 6, ownArn: `${arn}status`, dryRunArn: `${arn}dry-run` }
const pictures: readonly (readonly [string, string, Look])[] = [
  ['light', page, {}],
  ['dark', page, { scheme: 'dark' }],
  ['phone', page, { width: 390 }],
  ['widget', renderWidget(templates, view, options), { width: 1100 }],
]

const browser = await startBrowser(executable)
for (const [name, html, look] of pictures) {
  const { page: tab } = await browser.open(look)
  await tab.setContent(html)
  const path = join(folder, `status-${name}.png`)
  await tab.screenshot({ path, fullPage: name !== 'phone' })
  console.log(path)
}
await browser.close()
