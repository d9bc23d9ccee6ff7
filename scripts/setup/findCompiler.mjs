import { runProcess } from './runProcess.mjs'
import { SetupProblem } from './setupProblem.mjs'

/**
 * The C++ compiler that CXX names, else the machine's own.
 * @throws {SetupProblem} naming how to install one
 */
export const findCompiler = async () => {
  for (const compiler of [process.env['CXX'], 'c++', 'g++', 'clang++']) {
    if (compiler && (await runProcess(compiler, ['--version'])).code === 0) return compiler
  }
  throw new SetupProblem(
    'A C++ compiler is missing.',
    'Install one (Debian, Ubuntu: apt-get install g++; Fedora: dnf install gcc-c++; macOS: xcode-select --install).',
  )
}
