/**
 * A policy document as IAM's outputs carry it: the stored text, RFC 3986 percent-encoded (`*` is `%2A`, a space `%20`), recorded in
 * answers of GetRole, GetPolicyVersion and GetRolePolicy.
 */
export const encodeDocument = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
