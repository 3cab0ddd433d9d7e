import { describeRandomIncludes } from '../helpers/random-includes.ts'

// More of them: named-checkzone-random.long.test.ts.
describeRandomIncludes(2000)
