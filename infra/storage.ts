import { AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb'
import type { IKey } from 'aws-cdk-lib/aws-kms'
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3'
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib/core'
import { Construct } from 'constructs'

/** Names of a table and a bucket that an earlier stack left behind; generated ones where undefined. */
export interface StorageProps {
  readonly tableName: string | undefined
  readonly bucketName: string | undefined
  /** A key for both; undefined: the platform's own. */
  readonly key?: IKey | undefined
}

/**
 * Both stay when the stack goes, and when a property replaces them; where the very deploy that made them fails they hold
 * nothing, and go with it.
 */
const removalPolicy = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE

/** What outlives the stack: the table with state and history, the bucket with everything published. */
export class Storage extends Construct {
  readonly table: Table
  readonly bucket: Bucket
  readonly key: IKey | undefined

  constructor(scope: Construct, id: string, props: StorageProps) {
    super(scope, id)
    const { key } = props
    this.key = key
    this.table = new Table(this, 'Table', {
      ...(props.tableName === undefined ? {} : { tableName: props.tableName }),
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      timeToLiveAttribute: 'ttl',
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      ...(key === undefined ? {} : { encryption: TableEncryption.CUSTOMER_MANAGED, encryptionKey: key }),
      removalPolicy,
    })
    this.bucket = new Bucket(this, 'Bucket', {
      ...(props.bucketName === undefined ? {} : { bucketName: props.bucketName }),
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      ...(key === undefined
        ? { encryption: BucketEncryption.S3_MANAGED }
        : { encryption: BucketEncryption.KMS, encryptionKey: key, bucketKeyEnabled: true }),
      enforceSSL: true,
      versioned: true,
      lifecycleRules: [
        {
          id: 'earlier-versions',
          noncurrentVersionExpiration: Duration.days(30),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
      removalPolicy,
    })
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Holds only what the DNS publishes; every write is a version and a log line. Access logs would cost more.',
    })
  }
}
