import { causeOfCode } from '../codes.ts'
import type { FailureCause } from '../outcome.ts'

/** A text that looks like a refusal and is none: how it is known, what it means, and whose business it is. */
export interface NearMissRow {
  /** Found in the text without white space, in lower case. */
  phrase: string
  meaning: string
  cause: FailureCause
  /** The code such a text bears where no client names one. */
  code?: string
}

export const nearMisses: readonly NearMissRow[] = [
  {
    phrase: 'multifactorauthenticationfailed',
    meaning: 'the one-time code of the MFA device was wrong',
    cause: 'credentials',
  },
  { phrase: 'authorizationtokenhasexpired', meaning: 'the registry login has expired', cause: 'credentials' },
  {
    phrase: 'requestedaccesstotheresourceisdenied',
    meaning: 'the registry wants a login, or has no such repository',
    cause: 'credentials',
  },
  { phrase: 'nobasicauthcredentials', meaning: 'docker is not logged in to the registry', cause: 'credentials' },
  {
    phrase: "mayrequire'dockerlogin'",
    meaning: 'docker is not logged in, or the repository does not exist',
    cause: 'credentials',
  },
  {
    phrase: 'unauthorized:authenticationrequired',
    meaning: 'docker is not logged in to the registry',
    cause: 'credentials',
  },
  { phrase: 'nameunknown:', meaning: 'the repository does not exist', cause: 'request', code: 'name unknown' },
  { phrase: 'manifestunknown:', meaning: 'the image does not exist', cause: 'request', code: 'manifest unknown' },
  {
    phrase: 'taginvalid:',
    meaning: 'the tag exists already and the repository keeps tags as they are',
    cause: 'request',
    code: 'tag invalid',
  },
  {
    phrase: 'toomanyrequests:',
    meaning: 'the registry limits the rate of requests',
    cause: 'throttled',
    code: 'toomanyrequests',
  },
  { phrase: 'denied:permission', meaning: 'another registry than ECR refused', cause: 'request' },
  {
    phrase: 'missingauthenticationtoken',
    meaning: 'the request was not signed, or the path does not exist',
    cause: 'credentials',
  },
  {
    phrase: 'securitytokenincludedintherequestisexpired',
    meaning: 'the credentials have expired',
    cause: 'credentials',
  },
  {
    phrase: 'securitytokenincludedintherequestisinvalid',
    meaning: 'the credentials are not known to AWS',
    cause: 'credentials',
  },
  { phrase: 'providedtokenhasexpired', meaning: 'the credentials have expired', cause: 'credentials' },
  { phrase: 'providedtokenismalformed', meaning: 'the session token is damaged', cause: 'credentials' },
  {
    phrase: 'requestsignaturewecalculated',
    meaning: 'the request was signed with another secret key',
    cause: 'credentials',
  },
  { phrase: 'requesthasexpired', meaning: 'the pre-signed request has expired', cause: 'credentials' },
  {
    phrase: 'presentintherequestwhichwerenotsigned',
    meaning: 'the signature does not cover all headers',
    cause: 'credentials',
  },
  { phrase: 'unabletolocatecredentials', meaning: 'no credentials were found', cause: 'credentials' },
  { phrase: 'couldnotloadcredentials', meaning: 'no credentials were found', cause: 'credentials' },
  { phrase: "don'thaveaccesstothemodel", meaning: 'access to this Bedrock model was not requested', cause: 'request' },
  { phrase: 'issuewithyourawsaccount', meaning: 'the AWS account is not in good standing', cause: 'credentials' },
  { phrase: 'accountiscurrentlyblocked', meaning: 'the AWS account is not in good standing', cause: 'credentials' },
  { phrase: 'accountissuspended', meaning: 'the AWS account is suspended', cause: 'credentials' },
  { phrase: 'accountispendingverification', meaning: 'the AWS account is not verified yet', cause: 'credentials' },
  {
    phrase: 'accountisnotsubscribed',
    meaning: 'the AWS account is not subscribed to this service',
    cause: 'credentials',
  },
  {
    phrase: 'needsasubscriptionfortheservice',
    meaning: 'the AWS account is not subscribed to this service',
    cause: 'credentials',
  },
  {
    phrase: 'errorfromserver(forbidden)',
    meaning: "Kubernetes refused by its own roles, not by AWS's policies",
    cause: 'request',
  },
  {
    phrase: 'isforbidden:user',
    meaning: "Kubernetes refused by its own roles, not by AWS's policies",
    cause: 'request',
  },
  { phrase: 'doesnothaveauthorizationtoperformaction', meaning: 'Azure refused, not AWS', cause: 'request' },
  { phrase: 'authorizationfailed:theclient', meaning: 'Azure refused, not AWS', cause: 'request' },
  { phrase: 'iam_permission_denied', meaning: 'Google Cloud refused, not AWS', cause: 'request' },
  { phrase: 'permission_denied:', meaning: 'Google Cloud refused, not AWS', cause: 'request' },
  { phrase: 'notauthorizedtodothisaction', meaning: 'Alibaba Cloud refused, not AWS', cause: 'request' },
  { phrase: 'rateexceeded', meaning: 'AWS limits the rate of requests', cause: 'throttled' },
  { phrase: 'toomanyrequests,please', meaning: 'AWS limits the rate of requests', cause: 'throttled' },
  {
    phrase: 'unexpectedstatusfromputrequest',
    meaning: 'a bare 403 on a push, which the quota of images per repository gives as well',
    cause: 'request',
  },
  { phrase: 'accessdeniedforuser', meaning: 'a database refused its user', cause: 'credentials' },
  { phrase: 'permissiondenied(publickey', meaning: 'SSH refused the key', cause: 'credentials' },
]

/** ECR's authorization answers without a sentence: nothing but the status is left of the refusal. */
const statusOnly = [
  /errorparsinghttp403responsebody/,
  /unexpectedstatusfrom(?:head|get)requestto[^\s]{1,600}?:403forbidden/,
  /accessdenied/,
  /notauthorizedtoperformthisoperation/,
  /rolesmaynotbeassumedbyrootaccounts/,
  /encodedauthorizationfailuremessage:/,
]

/** The near miss that a squeezed lower-case text is by its words, or null. */
export const nearMissIn = (lower: string): NearMissRow | null =>
  nearMisses.find(({ phrase }) => lower.includes(phrase)) ?? null

/** Whether the words say that AWS refused, without AWS's sentence. */
export const saysDenied = (lower: string): boolean => statusOnly.some(pattern => pattern.test(lower))

const meanings: Record<FailureCause, string> = {
  request: 'AWS refused the request for what it asks, not for want of permission',
  throttled: 'AWS limits the rate of requests',
  credentials: 'the credentials were not accepted',
  unavailable: 'AWS failed or is unavailable',
  network: 'no answer came from AWS',
  local: 'a local program or file failed',
}

/** What a code that is no denial means. */
export const meaningOfCode = (code: string): string => meanings[causeOfCode(code) ?? 'request']
