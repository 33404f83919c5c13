/** What a step stands on is not there: the answer of an earlier step, or the identity that it makes. */
export class Unfounded extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'Unfounded'
  }
}
