import type { Tag } from '../iam/entities.ts'
import { table } from '../state/store.ts'

export interface ExclusionFilter {
  filterType: 'WILDCARD'
  filter: string
}

export interface EncryptionConfiguration {
  encryptionType: 'AES256' | 'KMS' | 'KMS_DSSE'
  kmsKey?: string
}

/** Dates are epoch milliseconds. */
export interface Repository {
  repositoryName: string
  repositoryArn: string
  registryId: string
  repositoryUri: string
  createdAt: number
  imageTagMutability: 'MUTABLE' | 'IMMUTABLE' | 'IMMUTABLE_WITH_EXCLUSION' | 'MUTABLE_WITH_EXCLUSION'
  imageTagMutabilityExclusionFilters?: ExclusionFilter[]
  encryptionConfiguration?: EncryptionConfiguration
  scanOnPush: boolean
  Tags: Tag[]
  /** As given, but for principals resolved to unique ids; printed as ECR prints it. */
  policyText?: string
  lifecyclePolicyText?: string
}

export interface Image {
  imageDigest: string
  imageManifest: string
  imageManifestMediaType: string
  artifactMediaType?: string
  /** Sorted. */
  imageTags: string[]
  imageSizeInBytes: number
  imagePushedAt: number
  /** Digests of an index's images. */
  children?: string[]
}

export interface Upload {
  uploadId: string
  registryId: string
  repositoryName: string
  createdAt: number
  /** One past the last byte received. */
  size: number
  /** Where the first part under 5 MiB ended: only the last part may be so small. */
  smallPartEnd?: number
}

export interface ScanningConfiguration {
  scanType: 'BASIC' | 'ENHANCED'
  rules: { scanFrequency: string; repositoryFilters: { filter: string; filterType: string }[] }[]
}

/** Key [account id, region, name]. */
export const repositories = table<Repository>('ecr.repository')
/** Key [account id, region, repository name, digest]. */
export const images = table<Image>('ecr.image')
/** Key [account id, region, repository name, tag]: the digest. */
export const imageTags = table<string>('ecr.image-tag')
/** Key [account id, region, repository name, digest]: a layer is there. */
export const layers = table<{ size: number; mediaType: string }>('ecr.layer')
/** Key [upload id]. */
export const uploads = table<Upload>('ecr.upload')
/** Key [account id, region]: text of the registry policy. */
export const registryPolicies = table<string>('ecr.registry-policy')
/** Key [account id, region]. */
export const scanningConfigurations = table<ScanningConfiguration>('ecr.scanning-configuration')
