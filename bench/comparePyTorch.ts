import type { EngineClient } from '../src/shared/contract/engine.ts'
import type { Variant } from '../src/shared/domain/variants.ts'
import { measurePeer, type PeerDevice } from './peer.ts'
import { alternate, median, medianRatio } from './rounds.ts'
import { scoringRate, trainingRate } from './trainingRates.ts'

/** Rows (sequence × cell type) a second; medians over the rounds. Ratios are medians of the rounds' own ratios. */
export interface Comparison {
  readonly what: 'train' | 'predict'
  /** Both sides compute on the processor, or on the same GPU. */
  readonly device: PeerDevice
  readonly variant: Variant
  /** Sequences a batch. */
  readonly batch: number
  readonly ours: number
  /** PyTorch, each row through the whole network, as the published scripts do. Null without PyTorch. */
  readonly rows: Peer | null
  /** PyTorch, one pass of the trunk a sequence, as the workbench does. */
  readonly shared: Peer | null
  /** What each round gave, in turn. */
  readonly rounds: Readonly<Record<'ours' | 'rows' | 'shared', readonly number[]>>
}

export interface Peer {
  readonly rowsPerSecond: number
  readonly ratio: number
}

export interface Effort {
  readonly rounds: number
  /** Sequences of an epoch of ours, and scored. */
  readonly sequences: number
  /** That the peer trains, and predicts, in a round. */
  readonly seconds: number
}

const CELL_TYPES = 3

/** Trains and scores a variant with the engine and with PyTorch (a Python that has it, or null) by turns. */
export async function comparePyTorch(
  engine: EngineClient,
  python: string | null,
  variant: Variant,
  batch: number,
  { rounds, sequences, seconds }: Effort,
  device: PeerDevice = 'cpu',
): Promise<readonly [train: Comparison, predict: Comparison]> {
  interface Rates {
    readonly train: number
    readonly predict: number
  }
  const ours = async (): Promise<Rates> => {
    const { rowsPerSecond, model } = await trainingRate(engine, variant, batch, sequences)
    return { train: rowsPerSecond, predict: (await scoringRate(engine, model, sequences)) * CELL_TYPES }
  }
  const peer = (trunk: 'rows' | 'shared') => async (): Promise<Rates> => {
    if (python === null) return { train: Number.NaN, predict: Number.NaN }
    const { train, predict } = await measurePeer(python, variant, batch, trunk, seconds, device)
    return { train: train.rowsPerSecond, predict: predict.rowsPerSecond }
  }
  const results = await alternate(rounds, { ours, rows: peer('rows'), shared: peer('shared') })

  const compare = (what: 'train' | 'predict'): Comparison => {
    const [own, rows, shared] = [results.ours, results.rows, results.shared].map((rates) => rates.map((rate) => rate[what])) as [
      number[],
      number[],
      number[],
    ]
    const beside = (theirs: number[]): Peer | null =>
      python === null ? null : { rowsPerSecond: median(theirs), ratio: medianRatio(own, theirs) }
    return {
      what,
      device,
      variant,
      batch,
      ours: median(own),
      rows: beside(rows),
      shared: beside(shared),
      rounds: { ours: own, rows, shared },
    }
  }
  return [compare('train'), compare('predict')]
}
