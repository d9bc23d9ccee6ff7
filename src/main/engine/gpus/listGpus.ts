import type { Gpu } from '../../../shared/domain/engine.ts'
import { linuxGpus } from './linuxGpus.ts'
import { readSystemProfiler } from './readSystemProfiler.ts'
import { readVideoControllers } from './readVideoControllers.ts'
import { runCommand, type RunCommand } from './runCommand.ts'

/** The GPUs that the system reports, whether an engine can use them or not. None where it cannot be asked. */
export async function listGpus(platform: NodeJS.Platform = process.platform, run: RunCommand = runCommand): Promise<Gpu[]> {
  if (platform === 'linux') return linuxGpus(run)
  if (platform === 'darwin') return readSystemProfiler(await run('system_profiler', ['SPDisplaysDataType', '-json']))
  if (platform === 'win32') {
    const ask = 'Get-CimInstance Win32_VideoController | Select-Object Name,AdapterRAM,DriverVersion | ConvertTo-Json -Compress'
    return readVideoControllers(await run('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', ask]))
  }
  return []
}
