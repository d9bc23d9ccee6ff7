import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project's folder. Everything that the set-up makes lies inside it, so that the folder can be moved or deleted as one. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')

/**
 * Absolute path of something in the project.
 * @param {string[]} parts
 */
export const inProject = (...parts) => path.join(root, ...parts)
