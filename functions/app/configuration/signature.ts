import { UsageError } from '../../core/domain/errors.ts'
import { signatureFaults } from '../../core/orders/order-request.ts'

/** Who puts a configuration in force and why, as it is stored; the same rules hold as for orders. Throws `UsageError`. */
export function signature(by: string, comment: string | undefined): { readonly by: string; readonly comment: string } {
  const signed = { by: by.trim(), comment: comment?.trim() ?? '' }
  const faults = signatureFaults(signed)
  if (faults.length > 0) throw new UsageError(faults.join('; '))
  return signed
}
