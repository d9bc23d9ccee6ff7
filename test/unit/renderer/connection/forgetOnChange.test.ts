import { describe, expect, it } from 'vitest'
import { ref, shallowRef } from 'vue'
import { forgetOnChange } from '../../../../src/renderer/connection/forgetOnChange.ts'
import { useTask } from '../../../../src/renderer/connection/useTask.ts'
import { WorkbenchError } from '../../../../src/shared/domain/errors.ts'

describe('forgetOnChange', () => {
  it('keeps an error until what it was about is changed, and not longer', async () => {
    const files = shallowRef<readonly string[]>(['a.tsv'])
    const name = ref('set')
    const importing = useTask((_: undefined) => Promise.reject(new WorkbenchError('invalid-input', 'No name matches.')))
    forgetOnChange([files, name], [importing])
    for (const change of [() => (files.value = ['b.tsv']), () => (name.value = 'other')]) {
      await importing.start()
      expect(importing.error.value?.message).toBe('No name matches.')
      change()
      expect(importing.error.value).toBeNull()
    }
  })
})
