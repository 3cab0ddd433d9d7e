import { hostname, userInfo } from 'node:os'

/**
 * Who gives an order on the command line: `user@host`, and the AWS profile where one is named. Behind sudo it is the
 * user who called it.
 */
export function signerOf(env: NodeJS.ProcessEnv, isAws: boolean): string {
  const who = `${env.SUDO_USER || userName(env)}@${hostname()}`
  return isAws && env.AWS_PROFILE ? `${who} (profile ${env.AWS_PROFILE})` : who
}

function userName(env: NodeJS.ProcessEnv): string {
  try {
    return userInfo().username
  } catch {
    // A process may run under a number that has no name.
    return env.USER || `uid ${process.getuid?.() ?? 'unknown'}`
  }
}
