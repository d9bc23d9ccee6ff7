import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { workbenchContract } from '../../../src/shared/contract/workbench.ts'
import { connect } from '../../../src/shared/rpc/client.ts'
import { webSocketChannel } from '../../../src/shared/rpc/webSocketChannel.ts'
import { builtPage } from './page/builtPage.ts'
import { temporaryFolder } from './temporaryFolder.ts'

const entry = fileURLToPath(new URL('../../../src/main/serve.ts', import.meta.url))

/** The real program, in a process of its own. */
async function start(...args: string[]) {
  const child = spawn(process.execPath, [entry, '--page', await builtPage(), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_NO_WARNINGS: '1' },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let printed = ''
  child.stdout.setEncoding('utf8').on('data', (piece: string) => (printed += piece))
  const exit = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>
  const errors = text(child.stderr)
  const address = new Promise<URL>((resolve, reject) => {
    child.stdout.on('data', () => {
      const line = /^(http:.*)\n/m.exec(printed)?.[1]
      if (line) resolve(new URL(line))
    })
    child.on('exit', () => void errors.then((text) => reject(new Error(`The program ended before it printed an address. ${text}`))))
  })
  address.catch(() => {})
  return { child, exit, errors, address, printed: () => printed }
}

async function signIn(address: URL): Promise<string> {
  const answer = await fetch(`${address.origin}/session`, {
    method: 'POST',
    headers: { Origin: address.origin },
    body: JSON.stringify({ token: address.hash.replace('#token=', '') }),
  })
  return answer.headers.getSetCookie()[0]!.split(';')[0]!
}

it('prints one line with its address, serves the core there, and closes on a signal', async () => {
  const workspace = temporaryFolder()
  const server = await start('--workspace', workspace)
  const address = await server.address
  expect(server.printed().match(/http:/g)).toHaveLength(1)
  expect(address.href).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}$/)
  const socket = new WebSocket(`ws://${address.host}/channel`, { headers: { Origin: address.origin, Cookie: await signIn(address) } })
  const { calls } = connect(workbenchContract, webSocketChannel(socket))
  expect(await calls.workspace.info({})).toMatchObject({ folder: workspace, readOnly: false })
  expect(await calls.datasets.list({})).toEqual([])
  server.child.kill('SIGINT')
  expect(await server.exit).toEqual([0, null])
  await expect(calls.workspace.info({})).rejects.toMatchObject({ code: 'unavailable' })
  expect(await server.errors).toBe('')
})

it('lets go of the workspace on SIGTERM, and says so to whoever comes before', async () => {
  const workspace = temporaryFolder()
  const first = await start('--workspace', workspace)
  await first.address
  const second = await start('--workspace', workspace)
  expect(await second.exit).toEqual([1, null])
  expect(await second.errors).toMatch(/^The workspace .* is open in another workbench .*\. Close that one, or open another workspace\.\n$/)
  expect(second.printed()).toBe('')
  first.child.kill('SIGTERM')
  expect(await first.exit).toEqual([0, null])
  const third = await start('--workspace', workspace)
  await third.address
})

it('says so where the page was not built, or the workspace cannot be made', async () => {
  const pageless = await start('--workspace', temporaryFolder(), '--page', temporaryFolder())
  expect(await pageless.exit).toEqual([1, null])
  expect(await pageless.errors).toMatch(/^The page of the workbench is missing: .*npm start.*\n$/)
  const homeless = await start('--workspace', '/dev/null/nowhere')
  expect(await homeless.exit).toEqual([1, null])
  expect(await homeless.errors).toBe(
    'The workspace /dev/null/nowhere cannot be made or written to: a part of its path is a file, not a folder. Choose another folder, or make this one writable.\n',
  )
})

it('says that a port is taken, and lets go of the workspace', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void other.close())
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  const server = await start('--workspace', temporaryFolder(), '--port', String(port))
  expect(await server.exit).toEqual([1, null])
  expect(await server.errors).toBe(
    `Port ${port} is taken by another program. Choose another with --port, or leave --port out and a free one is found.\n`,
  )
})

it('takes the port that it is told to', async () => {
  for (;;) {
    const port = await freePort()
    const server = await start('--workspace', temporaryFolder(), '--port', String(port))
    const address = await server.address.catch(() => null)
    // Another program may have taken it in between.
    if (address === null && (await server.errors).includes('is taken by another program')) continue
    expect(address?.port).toBe(String(port))
    return
  }
})

async function freePort(): Promise<number> {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  await new Promise((resolve) => other.close(resolve))
  return port
}

it('ends with 2 on wrong use, saying what is wrong', async () => {
  for (const wrong of [['--port', 'high'], ['--port', '70000'], ['--upload-limit', '0'], ['--colour'], ['somewhere']]) {
    const server = await start(...wrong)
    expect((await server.exit)[0], wrong.join(' ')).toBe(2)
    expect(await server.errors).toMatch(/^error: /)
  }
})
