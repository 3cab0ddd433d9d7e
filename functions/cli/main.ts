import { runProgram } from './program.ts'

void runProgram(process.argv.slice(2), process).then(status => {
  // By then a write that failed has said so.
  process.stdout.write('', () => setImmediate(() => process.exit(status)))
})
