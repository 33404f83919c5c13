// Where the sandbox is not AWS, on purpose. For docs/sandbox-coverage.md: one line each, what and why.
export const differences = {
  'One door': [
    'All three services answer at one loopback endpoint; `X-Amz-Target`, the API version and the scope of the signature tell which is meant. The name in the Host header counts only as loopback or not: 127.0.0.1, localhost, [::1] or a name under .localhost, with a port.',
    'Every region that looks like one is served. Repositories belong to the region of the signature; IAM and STS take any, as clients with an endpoint of their own sign with theirs.',
    'What is not served answers 501 `NotImplemented` and its own name. A service other than the three does so too.',
    'An error of the sandbox itself is 500 `InternalFailure` and says that the sandbox failed.',
  ],
  Credentials: [
    'Secret keys and session tokens are derived from one master key and the key id.',
    'The root user of each account begins with an access key, which AWS advises against: what only root may do, and may not, can be tried.',
    'Virtual MFA devices are real: their six digits are checked (RFC 6238, 30 seconds, one period of drift) and count once. `CreateVirtualMFADevice` gives the seed as text and draws no QR code. Hardware devices, passkeys and devices of the root user do not exist.',
    '`aws:SecureTransport` is true although the wire is plain HTTP: a policy that denies plain HTTP means the open network.',
    '`AssumeRoleWithWebIdentity` takes tokens (RS256) of an OpenID Connect provider on this machine, 127.0.0.1 or localhost, by http or https with a port, whose keys it fetches as AWS does; a provider elsewhere, another signature, and the claims that set session tags and the source identity are refused by name. The thumbprints of a provider are kept and not compared. `AssumeRoleWithSAML` is refused by name.',
    'IAM, STS and ECR put no encoded message into their denials, so `DecodeAuthorizationMessage` finds every message invalid.',
    'AWS does not publish how it packs session policies: `PackedPolicySize` is an estimate, and so is the point at which it is too large.',
  ],
  Policies: [
    'An AWS managed policy is here with the statements that concern the three services, not with its thousands of others; those not named in `sandbox/iam/managed/` do not exist.',
    'A policy with an operator or element that `policy/` cannot evaluate makes the call fail by name (501). It never counts as silent.',
    'The `permissions boundary` sentence and the ARN after an explicit deny follow the wording of 2026.',
  ],
  Accounts: [
    'An account that the sandbox does not have counts as one that does not exist, in trust and repository policies.',
    'The organization over accounts with control policies has a management account that is not in the sandbox, so that every account can be bound.',
  ],
  Time: [
    'Changes count at once. `--propagation` makes them lag as on AWS, `--flap` makes answers waver, `--late-reads` hides from the reads of IAM what was just made.',
    'Nothing throttles and nothing fails by itself; `--faults` makes it.',
    'When a key or role was last used is written in the background, a second or so later, and at most once a minute.',
  ],
  ECR: [
    'Lifecycle policies are checked, kept and read back, and never carried out.',
    'Nothing is scanned: `DescribeImageScanFindings` finds no scan, whatever the scanning configuration says.',
    'Registry policies are kept and enforced for the calls that are served; nothing is replicated or pulled through.',
    "`proxyEndpoint` and `repositoryUri` name AWS's hosts, as on AWS. The registry itself is at the sandbox's own address, `/v2/`.",
    'Download URLs of layers lead back to the sandbox, not to S3; each opens one layer for an hour.',
    'The registry face refuses `_catalog` and deletions of layers by name. A request to mount a layer from another repository begins an ordinary upload, as on AWS where the account has not switched mounts on.',
    'Layers are stored once for all repositories of the sandbox; encryption settings are kept and have no effect.',
  ],
}
