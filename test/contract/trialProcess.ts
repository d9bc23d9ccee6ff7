import { forkedEnd, processChannel } from '../../src/shared/rpc/processChannel.ts'
import { serveTrial } from './trialContract.ts'

serveTrial(processChannel(forkedEnd(process)))
