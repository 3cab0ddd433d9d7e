import { build } from 'esbuild'
import { join } from 'node:path'
const root = process.argv[2]!
const r = await build({ absWorkingDir: root, entryPoints: ['manage','dry-run','configure','query','status','vantage'].map(n=>`functions/${n}.ts`), outdir: join(root,'dist','functions'), write:false, bundle:true, splitting:true, format:'esm', platform:'node', target:'node24', mainFields:['module','main'], alias:{yaml: join(root,'node_modules/yaml/browser/dist/index.js'), handlebars: join(root,'node_modules/handlebars/dist/cjs/handlebars.js')}, external:['source-map'], minify:true, charset:'utf8', legalComments:'none', metafile:true, logLevel:'error'})
const sum: Record<string,number> = {}
for (const o of Object.values(r.metafile!.outputs)) for (const [p,{bytesInOutput}] of Object.entries(o.inputs)) { sum[p]=(sum[p]??0)+bytesInOutput }
const own = Object.entries(sum).filter(([p])=>p.startsWith('functions/'))
console.log(root, 'all', Object.values(sum).reduce((a,b)=>a+b,0), 'own', own.reduce((a,[,b])=>a+b,0), 'zod', Object.entries(sum).filter(([p])=>p.includes('node_modules/zod')).reduce((a,[,b])=>a+b,0))
console.log(own.filter(([p])=>/core\/config|zone-opt|named-conf|limits|errors|thresholds/.test(p)).sort((a,b)=>b[1]-a[1]).map(([p,b])=>`${b} ${p}`).join('\n'))
