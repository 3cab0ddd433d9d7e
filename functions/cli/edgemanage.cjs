#!/usr/bin/env node
// Names of the SDK and of call-outs are resolved in the thread pool, of which those that hang may take half. It has to know
// its size before it first works, and it does so to read a module: hence these lines in a file of their own. More threads
// take longer to start than most commands can use them.
process.env.UV_THREADPOOL_SIZE ??= '16'
// What the SDK has to say about the version of Node is not for operators.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'
// A request for a cycle that comes while all is being loaded is answered by the first cycle, and ends nothing.
if (process.argv.some(word => /^--every(=|$)/.test(word))) process.on('SIGHUP', () => {})

// biome-ignore lint/correctness/noUnresolvedImports: this file's place is dist/ (build.config.ts)
require('./command/pieces.cjs').piece('main.cjs')
