import { runProgram } from './program.ts'

// Names are resolved in the thread pool, and one that hangs must not hold up the others.
process.env.UV_THREADPOOL_SIZE ??= '64'
// What the SDK has to say about the version of Node is not for operators.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'

void runProgram(process.argv.slice(2), process).then(status => {
  // By then a write that failed has said so.
  process.stdout.write('', () => setImmediate(() => process.exit(status)))
})
