/** AWS's complaint of one action, or null. */
export function actionFault(action: string): string | null {
  if (/^\*+$/.test(action)) return null
  const [vendor = '', name, ...rest] = action.split(':')
  if (name === undefined) return 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.'
  if (rest.length > 0) return 'Actions/Condition can contain only one colon.'
  return /^([A-Za-z0-9-]+|\*)$/.test(vendor) ? null : `Vendor ${vendor} is not valid`
}
