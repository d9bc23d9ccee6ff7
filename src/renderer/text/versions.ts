const names: Readonly<Record<string, string>> = {
  workbench: 'Enhancer Workbench',
  node: 'Node.js',
  electron: 'Electron',
  chrome: 'Chromium',
  sqlite: 'SQLite',
  tensorflow: 'TensorFlow',
  tfjs: 'TensorFlow.js',
}

/** Versions under the names that their makers use. */
export function versionFacts(versions: Readonly<Record<string, string>>): { readonly label: string; readonly value: string }[] {
  return Object.entries(versions).map(([name, value]) => ({ label: names[name] ?? name, value }))
}
