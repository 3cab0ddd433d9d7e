import { describeRandomIncludes } from '../helpers/random-includes.ts'

describeRandomIncludes(6000)
