/** A policy document prepared for many decisions. Opaque outside policy/. */
export interface CompiledPolicy {
  readonly version: '2008-10-17' | '2012-10-17'
}
