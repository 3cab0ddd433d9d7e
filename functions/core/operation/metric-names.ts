export type Signal =
  | 'LiveEdges'
  | 'SlowestLiveSeconds'
  | 'MissingLiveEdges'
  | 'VerifyFailures'
  | 'Rotations'
  | 'ZonesDue'
  | 'Blind'
  | 'ConfigurationRejected'
