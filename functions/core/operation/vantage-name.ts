/** The name of the main stack where nobody gives it another. */
export const defaultStackName = 'edgemanage'

/** The name of a stack's vantage point, the same in every region; the stack in that region has it too. */
export function vantageFunctionName(stackName: string): string {
  return `${stackName}-vantage`
}
