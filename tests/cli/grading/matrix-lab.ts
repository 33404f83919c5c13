const trust =
  '{ Version: 2012-10-17, Statement: [{ Effect: Allow, Principal: { AWS: "{{account}}" }, Action: sts:AssumeRole }] }'
const allows = (action: string) =>
  `{ Version: 2012-10-17, Statement: [{ Effect: Allow, Action: ${action}, Resource: "arn:aws:ecr:{{region}}:{{account}}:repository/{{names.a}}" }] }`

/** A lab whose points all hang on a table of access: by a session, a user whose keys are nowhere, and the lab's own caller. */
export const matrixLab = `names: { a: matrix/a, role: matrix_role, user: matrix-user, policy: matrix_policy }
steps:
  - id: a
    create-repository: { repository-name: "{{names.a}}" }
  - id: role
    create-role: { role-name: "{{names.role}}", assume-role-policy-document: ${trust} }
  - id: own
    put-role-policy: { role-name: "{{names.role}}", policy-name: own, policy-document: ${allows('ecr:ListImages')} }
  - id: policy
    create-policy: { policy-name: "{{names.policy}}", policy-document: ${allows('ecr:DescribeImages')} }
  - id: attached
    attach-role-policy: { role-name: "{{names.role}}", policy-arn: "{{steps.policy.Policy.Arn}}" }
  - id: user
    create-user: { user-name: "{{names.user}}" }
  - id: inline
    put-user-policy: { user-name: "{{names.user}}", policy-name: own, policy-document: ${allows('ecr:BatchGetImage')} }
  - id: key
    create-access-key: { user-name: "{{names.user}}" }
    identity: other
  - id: session
    assume-role: { role-arn: "{{steps.role.Role.Arn}}", role-session-name: tester }
    identity: tester
  - id: matrix
    access-matrix:
      rows:
        - identity: tester
          action: [ecr:ListImages, ecr:DescribeImages]
          resource: "arn:aws:ecr:{{region}}:{{account}}:repository/{{names.a}}"
          expect: allowed
        - identity: tester
          action: [ecr:PutImage, ecr:DeleteRepository]
          resource: ["arn:aws:ecr:{{region}}:{{account}}:repository/{{names.a}}", "arn:aws:ecr:{{region}}:{{account}}:repository/nobody-made"]
          expect: implicitDeny
        - identity: other
          action: [ecr:ListImages, ecr:PutImage]
          resource: "arn:aws:ecr:{{region}}:{{account}}:repository/{{names.a}}"
          expect: implicitDeny
        - { identity: admin, action: ecr:DescribeImages, resource: "arn:aws:ecr:{{region}}:{{account}}:repository/{{names.a}}", expect: allowed }
        - { identity: admin, action: ecr:DeleteRepository, resource: "arn:aws:ecr:{{region}}:{{account}}:repository/{{names.a}}", expect: allowed }
        - { identity: admin, action: sts:AssumeRole, resource: "arn:aws:iam::{{account}}:role/{{names.role}}", expect: allowed }
    points: 4
`
