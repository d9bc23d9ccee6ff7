import type { EngineName } from '../../shared/domain/engine.ts'
import type { BackendLoader } from './backend.ts'
import { cpu } from './cpu.ts'
import { tensorflow } from './tensorflow.ts'
import { wasm } from './wasm.ts'
import { webgpu } from './webgpu.ts'

export const loaders: Readonly<Record<EngineName, BackendLoader>> = { tensorflow, webgpu, wasm, cpu }
