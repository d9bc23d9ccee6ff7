import { z } from 'zod'

// The policy forbids eval, and zod decides when a schema is made. So this is said before any module with a schema is
// loaded, and the page itself is loaded by a second step.
z.config({ jitless: true })
const { startPage } = await import('./startPage.ts')
startPage()
