import { defineStore } from 'pinia'
import { computed, reactive, watch } from 'vue'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import { recipes, type RecipeName, type Recipe } from '../../shared/domain/recipe.ts'
import type { Run } from '../../shared/domain/run.ts'
import type { Setting } from '../../shared/domain/settingRules.ts'
import { forgetOnChange } from '../connection/forgetOnChange.ts'
import { useTask } from '../connection/useTask.ts'
import { useWorkbench } from '../connection/workbench.ts'
import { numberProblem, readTyped, type NumberField } from '../text/recipeFields.ts'
import { useDatasets } from './datasets.ts'
import {
  draftOfRun,
  freshDraft,
  freshRecipe,
  launchPlan,
  launchWarning,
  nextRecipe,
  recipeProblems,
  type RecipeDraft,
} from './launchPlan.ts'

/** An experiment being put together. It outlives the page that shows it, so that nothing chosen or typed is lost on the way. */
export const useLaunchDraft = defineStore('launchDraft', () => {
  const { calls } = useWorkbench()
  const datasets = useDatasets()
  const draft = reactive(freshDraft(null))
  watch(
    () => datasets.all,
    (all) => (draft.dataset ??= all[0]?.id ?? null),
    { immediate: true },
  )

  const dataset = computed(() => (draft.dataset === null ? undefined : datasets.byId.get(draft.dataset)))
  const plan = computed(() => launchPlan(draft, dataset.value))
  const warning = computed(() => launchWarning(draft))
  const problems = computed(() => draft.recipes.map((one) => recipeProblems(one)))
  const touched = computed(() => JSON.stringify(draft) !== JSON.stringify(freshDraft(draft.dataset)))

  const change = (at: number, to: (one: RecipeDraft) => Partial<RecipeDraft>) => {
    draft.recipes = draft.recipes.map((one, i) => (i === at ? { ...one, ...to(one) } : one))
  }
  const chooseRecipe = (at: number, name: RecipeName) => change(at, ({ key }) => freshRecipe(name, key))
  const typeNumber = (at: number, field: NumberField, text: string) =>
    change(at, ({ recipe, typed }) => ({
      typed: { ...typed, [field.key]: text },
      recipe: numberProblem(field, text) === null ? { ...recipe, [field.key]: readTyped(field, text) } : recipe,
    }))
  const set = (at: number, key: Setting, value: Recipe[Setting]) => change(at, ({ recipe }) => ({ recipe: { ...recipe, [key]: value } }))
  const restore = (at: number, key: Setting) =>
    change(at, ({ recipe, typed }) => ({
      recipe: { ...recipe, [key]: recipes[recipe.name][key] },
      typed: Object.fromEntries(Object.entries(typed).filter(([other]) => other !== key)),
    }))
  const clear = () => {
    Object.assign(draft, freshDraft(draft.dataset))
    filling.forget()
    launching.forget()
  }

  const filling = useTask(async (id: number, { signal }) => {
    const run = await calls.experiments.run({ id }, { signal })
    const [splits, bin] = await Promise.all([
      calls.splits.list({ dataset: run.dataset }, { signal }),
      calls.datasets.list({ binned: true }, { signal }),
    ])
    signal?.throwIfAborted()
    if (bin.some(({ id }) => id === run.dataset)) {
      throw new WorkbenchError('conflict', `The dataset of run ${id}, ${run.datasetName}, is in the bin.`, {
        hint: 'Take it out of the bin first, on the page Datasets.',
      })
    }
    Object.assign(draft, draftOfRun(run, splits))
  })
  const launching = useTask(calls.experiments.launch)
  forgetOnChange([() => ({ ...draft })], [launching])

  /** Starts what was put together, once however often it is asked before the answer is there. */
  const submit = async (): Promise<readonly Run[] | undefined> => {
    if (launching.running.value || !('launch' in plan.value)) return undefined
    const launched = await launching.start(plan.value.launch)
    if (launched) clear()
    return launched
  }

  return {
    draft,
    plan,
    warning,
    problems,
    touched,
    chooseRecipe,
    typeNumber,
    set,
    restore,
    restoreAll: (at: number) => change(at, ({ key, recipe }) => freshRecipe(recipe.name, key)),
    addRecipe: () => (draft.recipes = [...draft.recipes, nextRecipe(draft.recipes)]),
    removeRecipe: (at: number) => (draft.recipes = draft.recipes.filter((_, i) => i !== at)),
    clear,
    /** Takes everything from a run. */
    fill: filling.start,
    filling: filling.running,
    fillError: filling.error,
    submit,
    launching: launching.running,
    launchError: launching.error,
  }
})
