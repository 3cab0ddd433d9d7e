/** The name of the main stack where nobody gives it another. */
export const defaultStackName = 'edgemanage'

/** The name of the function that is a stack's vantage point, the same in every region. */
export function vantageFunctionName(stackName: string): string {
  return `${stackName}-vantage`
}
