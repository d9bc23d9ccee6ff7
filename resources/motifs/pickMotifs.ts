import { readFileSync } from 'node:fs'

// Picks the matrices that the simulated dataset plants out of the JASPAR text that is named on the command line.
const wanted = [
  'Hnf4a', 'HNF1A', 'CEBPA', 'Foxa2', 'Gata1', 'GATA1::TAL1', 'Klf1', 'NFE2', 'Pou5f1::Sox2', 'Sox2', 'TEAD1', 'SP1', 'NRF1', 'Gabpa',
  'FOS::JUN', 'YY1', 'REST', 'CTCF',
]

interface Motif {
  id: string
  name: string
  counts: number[][]
}

const motifs: Motif[] = readFileSync(process.argv[2]!, 'utf8')
  .split('>')
  .slice(1)
  .map((block) => {
    const [head = '', ...rows] = block.trim().split('\n')
    const [id = '', name = ''] = head.split(/\s+/)
    const byBase = rows.map((row) => row.match(/[\d.]+/g)!.map(Number))
    return { id, name, counts: byBase[0]!.map((_, position) => byBase.map((counts) => counts[position]!)) }
  })
const picked = wanted.map((name) => motifs.find((motif) => motif.name === name) ?? fail(`${name} is not in the file`))
const lines = picked.map(({ id, name, counts }) => `    { "id": "${id}", "name": "${name}", "counts": ${JSON.stringify(counts)} }`)
process.stdout.write(
  `{\n  "source": "JASPAR 2018 CORE vertebrates (Khan et al. 2018, doi 10.1093/nar/gkx1126)",\n  "licence": "CC BY 4.0",\n  "motifs": [\n${lines.join(',\n')}\n  ]\n}\n`,
)

function fail(message: string): never {
  throw new Error(message)
}
