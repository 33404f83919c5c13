import type { CheckedLab } from '../checked-lab.ts'
import type { Rule } from '../rule.ts'
import { actionOnResource } from './action-on-resource.ts'
import { allowAllBut } from './allow-all-but.ts'
import { allowUnderDeny } from './allow-under-deny.ts'
import { contradictingConditions } from './contradicting-conditions.ts'
import { denialWithoutCause } from './denial-without-cause.ts'
import { duplicateJsonKey } from './duplicate-json-key.ts'
import { fixedWait } from './fixed-wait.ts'
import { literalAccount } from './literal-account.ts'
import { literalRegion } from './literal-region.ts'
import { lockoutOfAll } from './lockout-of-all.ts'
import { madeTwice } from './made-twice.ts'
import { missingVersion } from './missing-version.ts'
import { nameRefused } from './name-refused.ts'
import { namesCollide } from './names-collide.ts'
import { noHint } from './no-hint.ts'
import { noReadme } from './no-readme.ts'
import { noSchemaLine } from './no-schema-line.ts'
import { nobodyMakesIt } from './nobody-makes-it.ts'
import { notPrincipalDeny } from './not-principal-deny.ts'
import { nothingProbed } from './nothing-probed.ts'
import { openToAnyone } from './open-to-anyone.ts'
import { otherActionDenied } from './other-action-denied.ts'
import { outputOfRefusedStep } from './output-of-refused-step.ts'
import { pointsWithoutId } from './points-without-id.ts'
import { policyRefused } from './policy-refused.ts'
import { probeBesideChange } from './probe-beside-change.ts'
import { realAccount } from './real-account.ts'
import { repeatedAction } from './repeated-action.ts'
import { repeatedStatement } from './repeated-statement.ts'
import { resourceOfOtherKind } from './resource-of-other-kind.ts'
import { sameProbeTwice } from './same-probe-twice.ts'
import { secretInFile } from './secret-in-file.ts'
import { selfLockout } from './self-lockout.ts'
import { shortWithin } from './short-within.ts'
import { staysBeyondWithin } from './stays-beyond-within.ts'
import { unknownAction } from './unknown-action.ts'
import { unknownConditionKey } from './unknown-condition-key.ts'
import { unknownPrincipal } from './unknown-principal.ts'
import { unknownResource } from './unknown-resource.ts'
import { unknownService } from './unknown-service.ts'
import { unprobedChange } from './unprobed-change.ts'
import { unsettledChange } from './unsettled-change.ts'
import { unsupportedConditionKey } from './unsupported-condition-key.ts'
import { unusedDocument } from './unused-document.ts'
import { unusedIdentity } from './unused-identity.ts'
import { unusedName } from './unused-name.ts'
import { unusedNeed } from './unused-need.ts'
import { unusedThing } from './unused-thing.ts'
import { unusedVar } from './unused-var.ts'
import { unverifiedPoints } from './unverified-points.ts'
import { variableInOldVersion } from './variable-in-old-version.ts'
import { weakDenial } from './weak-denial.ts'
import { wideAction } from './wide-action.ts'
import { wideResource } from './wide-resource.ts'
import { wildcardInEquals } from './wildcard-in-equals.ts'
import { wrongOperator } from './wrong-operator.ts'

/** Every rule about a lab that can be loaded. A test compares it with the folder. */
export const labRules: readonly Rule<CheckedLab>[] = [
  actionOnResource,
  allowAllBut,
  allowUnderDeny,
  contradictingConditions,
  denialWithoutCause,
  duplicateJsonKey,
  fixedWait,
  literalAccount,
  literalRegion,
  lockoutOfAll,
  madeTwice,
  missingVersion,
  nameRefused,
  namesCollide,
  noHint,
  noReadme,
  noSchemaLine,
  nobodyMakesIt,
  notPrincipalDeny,
  nothingProbed,
  openToAnyone,
  otherActionDenied,
  outputOfRefusedStep,
  pointsWithoutId,
  policyRefused,
  probeBesideChange,
  realAccount,
  repeatedAction,
  repeatedStatement,
  resourceOfOtherKind,
  sameProbeTwice,
  secretInFile,
  selfLockout,
  shortWithin,
  staysBeyondWithin,
  unknownAction,
  unknownConditionKey,
  unknownPrincipal,
  unknownResource,
  unknownService,
  unprobedChange,
  unsettledChange,
  unsupportedConditionKey,
  unusedDocument,
  unusedIdentity,
  unusedName,
  unusedNeed,
  unusedThing,
  unusedVar,
  unverifiedPoints,
  variableInOldVersion,
  weakDenial,
  wideAction,
  wideResource,
  wildcardInEquals,
  wrongOperator,
]
