import { ArnEquals, ArnLike, ArnNotEquals, ArnNotLike } from './arn.ts'
import { BinaryEquals } from './binary.ts'
import { Bool } from './bool.ts'
import {
  DateEquals,
  DateGreaterThan,
  DateGreaterThanEquals,
  DateLessThan,
  DateLessThanEquals,
  DateNotEquals,
} from './date.ts'
import { IpAddress, NotIpAddress } from './ip.ts'
import {
  NumericEquals,
  NumericGreaterThan,
  NumericGreaterThanEquals,
  NumericLessThan,
  NumericLessThanEquals,
  NumericNotEquals,
} from './numeric.ts'
import type { Operator } from './operator.ts'
import {
  StringEquals,
  StringEqualsIgnoreCase,
  StringLike,
  StringNotEquals,
  StringNotEqualsIgnoreCase,
  StringNotLike,
} from './string.ts'

/** Every operator by AWS's name; Null tests a key's presence and stands in condition.ts. */
export const operators: Readonly<Record<string, Operator>> = {
  ArnEquals,
  ArnLike,
  ArnNotEquals,
  ArnNotLike,
  BinaryEquals,
  Bool,
  DateEquals,
  DateGreaterThan,
  DateGreaterThanEquals,
  DateLessThan,
  DateLessThanEquals,
  DateNotEquals,
  IpAddress,
  NotIpAddress,
  NumericEquals,
  NumericGreaterThan,
  NumericGreaterThanEquals,
  NumericLessThan,
  NumericLessThanEquals,
  NumericNotEquals,
  StringEquals,
  StringEqualsIgnoreCase,
  StringLike,
  StringNotEquals,
  StringNotEqualsIgnoreCase,
  StringNotLike,
}
