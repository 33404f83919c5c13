import type { AwsPlace } from './step-kind.ts'

/** `111122223333.dkr.ecr.us-west-2.amazonaws.com`. */
export const registryHost = ({ account, region, partition }: AwsPlace): string =>
  `${account}.dkr.ecr.${region}.amazonaws.com${partition === 'aws-cn' ? '.cn' : ''}`

/** The password goes from one program to the other, past the screen: that takes a shell. */
export const dockerLogin = (place: AwsPlace): string[] => [
  'bash',
  '-c',
  `aws ecr get-login-password | docker login --username AWS --password-stdin ${registryHost(place)}`,
]

/** Docker pushes only what it has: an image of one empty layer, made on the spot. */
export const dockerImage = (reference: string): string[] => [
  'bash',
  '-c',
  `tar --create --files-from=/dev/null | docker import - ${reference}`,
]
