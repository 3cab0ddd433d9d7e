/** Keys of the original that have no place here, and what took theirs (contract, "Settings"). */
export const retiredKeys: Readonly<Record<string, string>> = {
  healthdata_store: 'samples are kept in the table',
  statefile: 'the state is kept in the table',
  lockfile: 'a lease in the table keeps two runs apart',
  logpath: 'reports go to standard output, or to the log of the function',
  named_dir: 'zones are written into the bucket, under zones/<network>/',
  edgelist_dir: 'edge lists are read from edges/ in the configuration folder',
  extra_edgelist_dir: 'edge lists are read from edges/ in the configuration folder: add the extra edges there',
  zonetemplate_dir: 'zone includes are read from zones/<network>/ in the configuration folder',
  canary_files: 'canaries are read from canaries/<network> in the configuration folder',
  live_list: 'the live list is written into the bucket, as live/<network>.live',
  prometheus_logs: 'metrics are sent to CloudWatch by the function',
  testing: 'manage --dry-run shows what would change and writes nothing',
  commands: 'let the name server follow the bucket, and reload by itself',
}
